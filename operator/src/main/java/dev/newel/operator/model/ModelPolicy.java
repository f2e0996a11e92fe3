package dev.newel.operator.model;

import dev.newel.crds.GuardrailResource;
import dev.newel.crds.PolicyReading;
import dev.newel.policy.EffectivePolicy;
import dev.newel.policy.PolicyKind;
import dev.newel.policy.Rule;
import dev.newel.policy.bundle.Bundle;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The policy that a model's filters are to enforce, decided from all that select it.
 *
 * @param effective empty when nothing can be enforced, and then nothing may pass
 * @param stale references of policies that cannot be enforced as they are written
 */
record ModelPolicy(Optional<EffectivePolicy> effective, List<String> stale) {

  /**
   * Joins what selects the model. A policy that cannot be read takes part with the rules it has in
   * the bundle in force, so a mistake in a policy never takes its last good version away.
   *
   * @param selecting every policy that selects the model, with its reading
   * @param inForce the model's bundle
   */
  static ModelPolicy of(Map<GuardrailResource, PolicyReading> selecting, Optional<Bundle> inForce) {
    var parts = new ArrayList<EffectivePolicy>();
    var stale = new ArrayList<String>();
    selecting.forEach((policy, reading) -> {
      if (reading.policy().isPresent()) {
        parts.add(reading.policy().get());
      } else {
        stale.add(policy.reference());
        inForce.flatMap(Bundle::policy).flatMap(p -> lastGood(p, policy)).ifPresent(parts::add);
      }
    });
    stale.sort(null);
    return new ModelPolicy(EffectivePolicy.joinAll(parts), List.copyOf(stale));
  }

  private static Optional<EffectivePolicy> lastGood(
      EffectivePolicy inForce, GuardrailResource policy) {
    PolicyKind kind = policy.policyKind();
    List<Rule> rules =
        inForce.rules().stream()
            .filter(r -> r.id().kind() == kind)
            .filter(r -> r.id().policy().equals(policy.getMetadata().getName()))
            .toList();
    return rules.isEmpty()
        ? Optional.empty()
        : Optional.of(EffectivePolicy.of(rules, inForce.settings()));
  }
}
