package dev.newel.operator.model;

import dev.newel.crds.GuardrailPolicy;
import dev.newel.crds.ModelDeployment;
import dev.newel.crds.PolicyReading;
import dev.newel.policy.EffectivePolicy;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Optional;

/** Resources and what they mean, for tests of pure functions. */
final class Models {
  private Models() {}

  static ModelDeployment model() {
    return Serialization.unmarshal(
        """
        apiVersion: newel.dev/v1alpha1
        kind: ModelDeployment
        metadata: {name: llm, namespace: ns, generation: 3, uid: u}
        spec:
          model: {provider: vllm, name: m}
          serving: {container: {replicas: 2, template: {spec: {containers: [{name: model, image: i}]}}}}
        """,
        ModelDeployment.class);
  }

  /** A policy in namespace ns whose one rule has these YAML fields. */
  static GuardrailPolicy policy(String name, String rule) {
    return Serialization.unmarshal(
        """
        apiVersion: newel.dev/v1alpha1
        kind: GuardrailPolicy
        metadata: {name: %s, namespace: ns, generation: 1}
        spec: {rules: [{name: r, input: Block, %s}]}
        """
            .formatted(name, rule),
        GuardrailPolicy.class);
  }

  static PolicyReading reading(GuardrailPolicy policy) {
    return PolicyReading.of(policy, _ -> Optional.empty());
  }

  /** An effective policy that blocks this word. */
  static EffectivePolicy blocks(String word) {
    return reading(policy("p-" + word, "words: {values: [" + word + "]}")).policy().orElseThrow();
  }
}
