package dev.newel.e2e.bench;

import dev.newel.crds.ClusterGuardrailPolicy;
import dev.newel.crds.GuardrailPolicy;
import dev.newel.crds.ModelDeployment;
import io.fabric8.kubernetes.client.utils.Serialization;

/** What the benchmark creates: small, but of every kind of rule that an operator has to compile. */
final class Objects {
  private Objects() {}

  static ModelDeployment model(String namespace, String name) {
    return Serialization.unmarshal(
        """
        apiVersion: newel.dev/v1alpha1
        kind: ModelDeployment
        metadata: {name: %s, namespace: %s, labels: {app: support}}
        spec:
          model: {provider: vllm, name: llama-3.1-8b-instruct}
          serving:
            container:
              replicas: 2
              template:
                spec:
                  containers:
                  - {name: model, image: "example.com/vllm:1", resources: {requests: {cpu: "1", memory: 1Gi}}}
        """
            .formatted(name, namespace),
        ModelDeployment.class);
  }

  static GuardrailPolicy policy(String namespace) {
    return Serialization.unmarshal(
        """
        apiVersion: newel.dev/v1alpha1
        kind: GuardrailPolicy
        metadata: {name: team, namespace: %s}
        spec:
          rules:
          - {name: contact, sensitive: {entities: [EMAIL, IBAN]}, input: Mask, output: Mask}
          - {name: booking, pattern: {expressions: ['\\b[0-9]{6}-X\\b']}, output: Mask}
          - {name: embargo, words: {values: [project-aurora, project-borealis]}, input: Block}
        """
            .formatted(namespace),
        GuardrailPolicy.class);
  }

  static ClusterGuardrailPolicy baseline(String word) {
    return Serialization.unmarshal(
        """
        apiVersion: newel.dev/v1alpha1
        kind: ClusterGuardrailPolicy
        metadata: {name: baseline}
        spec:
          rules:
          - {name: payment, sensitive: {entities: [CREDIT_CARD]}, input: Mask, output: Mask}
          - {name: embargo, words: {values: [%s]}, input: Block}
        """
            .formatted(word),
        ClusterGuardrailPolicy.class);
  }
}
