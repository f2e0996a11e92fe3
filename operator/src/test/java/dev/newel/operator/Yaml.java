package dev.newel.operator;

import dev.newel.crds.ClusterGuardrailPolicy;
import dev.newel.crds.GuardrailPolicy;
import dev.newel.crds.ModelDeployment;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Resources of tests, as a user would write them. */
final class Yaml {
  private Yaml() {}

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
                metadata: {labels: {team: a}}
                spec:
                  containers:
                  - {name: model, image: "example.com/vllm:1", resources: {requests: {cpu: "0.50", memory: 1024Mi}}}
        """
            .formatted(name, namespace),
        ModelDeployment.class);
  }

  static GuardrailPolicy policy(String namespace, String name, String rules) {
    return Serialization.unmarshal(
        """
        apiVersion: newel.dev/v1alpha1
        kind: GuardrailPolicy
        metadata: {name: %s, namespace: %s}
        spec:
          rules: %s
        """
            .formatted(name, namespace, rules),
        GuardrailPolicy.class);
  }

  static ClusterGuardrailPolicy clusterPolicy(String name, String label, String rules) {
    return Serialization.unmarshal(
        """
        apiVersion: newel.dev/v1alpha1
        kind: ClusterGuardrailPolicy
        metadata: {name: %s}
        spec:
          namespaceSelector: {matchLabels: {test: %s}}
          rules: %s
        """
            .formatted(name, label, rules),
        ClusterGuardrailPolicy.class);
  }

  /** Any object. */
  static GenericKubernetesResource object(String yaml) {
    return Serialization.unmarshal(yaml, GenericKubernetesResource.class);
  }
}
