package dev.newel.policy;

import java.util.Comparator;
import java.util.Objects;

/**
 * Names one rule for people and machines: {@code
 * ClusterGuardrailPolicy/newel-baseline/credentials}. A namespaced policy selects models of its own
 * namespace only, so within one model the id is unique without the namespace.
 *
 * @param kind which kind of policy the rule stands in
 * @param policy name of that policy
 * @param rule name of the rule within it
 */
public record RuleId(PolicyKind kind, String policy, String rule) implements Comparable<RuleId> {
  private static final Comparator<RuleId> ORDER =
      Comparator.comparing(RuleId::kind).thenComparing(RuleId::policy).thenComparing(RuleId::rule);

  public RuleId {
    Objects.requireNonNull(kind, "kind");
    Names.require(policy, "policy");
    Names.require(rule, "rule");
  }

  /**
   * @param text what {@link #toString} printed
   * @throws IllegalArgumentException when it has another form
   */
  public static RuleId parse(String text) {
    String[] parts = text.split("/", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("rule id is " + text + "; expected kind/policy/rule");
    }
    return new RuleId(PolicyKind.of(parts[0]), parts[1], parts[2]);
  }

  @Override
  public int compareTo(RuleId other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return kind.kind() + "/" + policy + "/" + rule;
  }
}
