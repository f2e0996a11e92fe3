package dev.newel.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.crds.GuardrailPolicy;
import dev.newel.crds.GuardrailResource;
import dev.newel.crds.PolicyReading;
import dev.newel.policy.EffectivePolicy;
import dev.newel.policy.bundle.Bundle;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class ModelPolicyTest {
  private static final GuardrailPolicy GOOD = Models.policy("good", "words: {values: [aurora]}");
  private static final GuardrailPolicy BROKEN =
      Models.policy("broken", "pattern: {expressions: ['(']}");
  private static final GuardrailPolicy BEFORE_IT_BROKE =
      Models.policy("broken", "words: {values: [zephyr]}");

  @Test
  void withoutPoliciesNothingIsEnforceable() {
    assertThat(ModelPolicy.of(Map.of(), Optional.empty()).effective()).isEmpty();
  }

  @Test
  void aBrokenPolicyTakesPartWithItsRulesInForceAndIsNamed() {
    // Given
    EffectivePolicy inForce = effective(GOOD).join(effective(BEFORE_IT_BROKE));
    // When
    var policy =
        ModelPolicy.of(
            readings(GOOD, BROKEN), Optional.of(new Bundle("ns/llm", 1, Optional.of(inForce))));
    // Then
    assertThat(policy.effective()).contains(inForce);
    assertThat(policy.stale()).containsExactly("GuardrailPolicy/broken");
  }

  @Test
  void aPolicyThatWasNeverGoodAddsNothingAndStopsNoOther() {
    var policy = ModelPolicy.of(readings(GOOD, BROKEN), Optional.empty());
    assertThat(policy.effective()).contains(effective(GOOD));
    assertThat(policy.stale()).containsExactly("GuardrailPolicy/broken");
  }

  @Test
  void onlyBrokenPoliciesThatNeverWereInForceLeaveNothingToEnforce() {
    assertThat(ModelPolicy.of(readings(BROKEN), Optional.empty()).effective()).isEmpty();
  }

  @Test
  void rulesInForceOfAPolicyThatNoLongerSelectsAreNotKept() {
    // Given
    EffectivePolicy inForce = effective(GOOD).join(effective(BEFORE_IT_BROKE));
    // When
    var policy =
        ModelPolicy.of(readings(GOOD), Optional.of(new Bundle("ns/llm", 1, Optional.of(inForce))));
    // Then
    assertThat(policy.effective()).contains(effective(GOOD));
  }

  private static EffectivePolicy effective(GuardrailPolicy policy) {
    return Models.reading(policy).policy().orElseThrow();
  }

  private static Map<GuardrailResource, PolicyReading> readings(GuardrailPolicy... policies) {
    var out = new LinkedHashMap<GuardrailResource, PolicyReading>();
    for (GuardrailPolicy policy : policies) {
      out.put(policy, Models.reading(policy));
    }
    return out;
  }
}
