package dev.newel.crds;

import dev.newel.policy.BlockedMessages;
import dev.newel.policy.Check;
import dev.newel.policy.EffectivePolicy;
import dev.newel.policy.MaskStyle;
import dev.newel.policy.Mode;
import dev.newel.policy.Rule;
import dev.newel.policy.RuleId;
import dev.newel.policy.Severity;
import dev.newel.policy.compile.PolicyCompiler;
import dev.newel.policy.compile.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * What a policy resource means: its rules in the terms of the filter, or why it means nothing. A
 * policy is taken whole or not at all, so that a mistake in one rule never opens another.
 *
 * @param policy present exactly when there is no problem
 * @param problems all that is wrong, in rule order
 */
public record PolicyReading(Optional<EffectivePolicy> policy, List<Problem> problems) {
  public PolicyReading {
    problems = List.copyOf(problems);
    if (policy.isPresent() != problems.isEmpty()) {
      throw new IllegalArgumentException("a reading is either a policy or problems");
    }
  }

  /** Content of a key of a ConfigMap; empty when either does not exist. */
  public interface Sources extends Function<RuleSpec.Source, Optional<String>> {}

  /**
   * Reads a policy.
   *
   * @param resource as the API server stores it
   * @param sources gives the word lists it names
   */
  public static PolicyReading of(GuardrailResource resource, Sources sources) {
    var problems = new ArrayList<Problem>();
    var rules = new ArrayList<Rule>();
    for (RuleSpec spec : resource.getSpec().rules()) {
      CheckReading.of(spec, sources, problems)
          .map(c -> rule(resource, spec, c))
          .ifPresent(rules::add);
    }
    problems.addAll(PolicyCompiler.check(rules, resource.settings()));
    return problems.isEmpty()
        ? new PolicyReading(Optional.of(EffectivePolicy.of(rules, resource.settings())), List.of())
        : new PolicyReading(Optional.empty(), problems);
  }

  private static Rule rule(GuardrailResource resource, RuleSpec spec, Check check) {
    var policy = resource.getSpec();
    var said = policy.blockedMessage();
    var d = BlockedMessages.DEFAULT;
    return new Rule(
        new RuleId(resource.policyKind(), resource.getMetadata().getName(), spec.name()),
        Optional.ofNullable(spec.severity()).orElse(Severity.MEDIUM),
        check,
        Optional.ofNullable(spec.input()),
        Optional.ofNullable(spec.output()),
        Optional.ofNullable(policy.mode()).orElse(Mode.ENFORCE),
        policy.mask() == null || policy.mask().style() == null
            ? MaskStyle.LABEL
            : policy.mask().style(),
        new BlockedMessages(
            said == null || said.input() == null ? d.input() : said.input(),
            said == null || said.output() == null ? d.output() : said.output()),
        Boolean.TRUE.equals(policy.explain()));
  }
}
