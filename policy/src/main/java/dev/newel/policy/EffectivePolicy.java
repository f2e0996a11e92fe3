package dev.newel.policy;

import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.Objects;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * What a model's filter enforces: the union of the rules of all policies that select the model, and
 * the join of their settings.
 *
 * <p>The join is commutative, associative, idempotent and monotone by construction: rules are a
 * set, settings a semilattice, and a rule is complete in itself. So there is no precedence, and
 * adding a policy can only tighten.
 *
 * @param rules sorted by id, then by canonical form
 * @param settings joined settings
 */
public record EffectivePolicy(SortedSet<Rule> rules, Settings settings) {
  private static final Comparator<Rule> ORDER =
      Comparator.comparing(Rule::id).thenComparing(CanonicalPolicy::rule);

  public EffectivePolicy {
    Objects.requireNonNull(settings, "settings");
    var sorted = new TreeSet<>(ORDER);
    sorted.addAll(rules);
    if (sorted.isEmpty()) {
      throw new IllegalArgumentException("an effective policy needs at least one rule");
    }
    rules = Collections.unmodifiableSortedSet(sorted);
  }

  public static EffectivePolicy of(Collection<Rule> rules, Settings settings) {
    var sorted = new TreeSet<>(ORDER);
    sorted.addAll(rules);
    return new EffectivePolicy(sorted, settings);
  }

  /** The policy that enforces both. */
  public EffectivePolicy join(EffectivePolicy other) {
    var all = new TreeSet<>(ORDER);
    all.addAll(rules);
    all.addAll(other.rules);
    return new EffectivePolicy(all, settings.join(other.settings));
  }

  /** Joins any number in any order; empty when there is none, and then nothing may pass. */
  public static Optional<EffectivePolicy> joinAll(Collection<EffectivePolicy> policies) {
    return policies.stream().reduce(EffectivePolicy::join);
  }

  /** How many different policies take part. */
  public int sources() {
    return (int) rules.stream().map(r -> r.id().kind() + "/" + r.id().policy()).distinct().count();
  }

  /**
   * Content hash: the first 16 hex digits of the SHA-256 of {@link CanonicalPolicy#bytes}. Equal
   * content has an equal revision wherever and in whatever order it was joined.
   */
  public String revision() {
    return CanonicalPolicy.revision(this);
  }
}
