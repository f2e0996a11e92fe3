package dev.newel.policy;

import java.util.Collection;
import java.util.Collections;
import java.util.SortedSet;
import java.util.TreeSet;

/** Immutable sorted sets: one order, so that equal content has one canonical form. */
final class Sets {
  private Sets() {}

  static <T extends Comparable<T>> SortedSet<T> sorted(Collection<T> values, String what) {
    if (values.isEmpty()) {
      throw new IllegalArgumentException(what + " needs at least one entry");
    }
    return Collections.unmodifiableSortedSet(new TreeSet<>(values));
  }
}
