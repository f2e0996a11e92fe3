package dev.newel.audit.merkle;

import java.util.ArrayList;
import java.util.List;

/** The right edge of a tree: all that is needed to append and to tell the root. Not for threads. */
public final class Frontier {
  /** Roots of complete subtrees, largest first; their sizes are the bits of {@link #size}. */
  private final List<Hash> peaks;

  private long size;

  public Frontier() {
    this.peaks = new ArrayList<>();
  }

  /** The edge of the first {@code size} leaves of a tree. */
  public Frontier(Nodes nodes, long size) {
    this();
    long begin = 0;
    for (long rest = size; rest > 0; rest -= Long.highestOneBit(rest)) {
      long part = Long.highestOneBit(rest);
      peaks.add(nodes.range(begin, begin + part));
      begin += part;
    }
    this.size = size;
  }

  public void add(Hash leaf) {
    Hash hash = leaf;
    for (long bits = size; (bits & 1) == 1; bits >>= 1) {
      hash = Hash.ofNode(peaks.removeLast(), hash);
    }
    peaks.add(hash);
    size++;
  }

  public long size() {
    return size;
  }

  public Hash root() {
    if (peaks.isEmpty()) {
      return Hash.EMPTY;
    }
    Hash hash = peaks.getLast();
    for (int i = peaks.size() - 2; i >= 0; i--) {
      hash = Hash.ofNode(peaks.get(i), hash);
    }
    return hash;
  }
}
