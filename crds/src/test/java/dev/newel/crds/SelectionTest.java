package dev.newel.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Which policy holds for which model: the model is llm in team-a, labelled app=support, tier="".
 */
class SelectionTest {
  private final KubernetesSerialization yaml = new KubernetesSerialization();

  @ParameterizedTest(name = "targets {0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          null                                                                            | true
          {names: [llm]}                                                                  | true
          {names: [other, ll]}                                                            | false
          {selector: {}}                                                                  | true
          {selector: {matchLabels: {app: support}}}                                       | true
          {selector: {matchLabels: {app: support, tier: ""}}}                             | true
          {selector: {matchLabels: {app: support, team: a}}}                              | false
          {selector: {matchLabels: {app: Support}}}                                       | false
          {selector: {matchExpressions: [{key: app, operator: In, values: [a, support]}]}}  | true
          {selector: {matchExpressions: [{key: app, operator: In, values: [a]}]}}         | false
          {selector: {matchExpressions: [{key: none, operator: In, values: [""]}]}}       | false
          {selector: {matchExpressions: [{key: app, operator: NotIn, values: [a]}]}}      | true
          {selector: {matchExpressions: [{key: app, operator: NotIn, values: [support]}]}}  | false
          {selector: {matchExpressions: [{key: none, operator: NotIn, values: [a]}]}}     | true
          {selector: {matchExpressions: [{key: tier, operator: Exists}]}}                 | true
          {selector: {matchExpressions: [{key: none, operator: Exists}]}}                 | false
          {selector: {matchExpressions: [{key: none, operator: DoesNotExist}]}}           | true
          {selector: {matchExpressions: [{key: tier, operator: DoesNotExist}]}}           | false
          {selector: {matchLabels: {app: support}, matchExpressions: [{key: app, operator: DoesNotExist}]}} | false
          """)
  void targetsChooseByNameOrByKubernetesRulesForLabels(String targets, boolean selected) {
    assertThat(policy("GuardrailPolicy", "team-a", "targets: " + targets).selects(model(), null))
        .isEqualTo(selected);
  }

  @ParameterizedTest(name = "policy of {0}: {1}")
  @CsvSource({"team-a, true", "team-b, false", "team, false"})
  void aNamespacedPolicyHoldsInItsOwnNamespaceOnly(String namespace, boolean selected) {
    assertThat(policy("GuardrailPolicy", namespace, "mode: Enforce").selects(model(), null))
        .isEqualTo(selected);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          mode: Enforce                                                     | true
          namespaceSelector: {}                                             | true
          namespaceSelector: {matchLabels: {team: a}}                       | true
          namespaceSelector: {matchLabels: {team: b}}                       | false
          {namespaceSelector: {matchLabels: {team: a}}, targets: {names: [other]}} | false
          {namespaceSelector: {matchLabels: {team: b}}, targets: {names: [llm]}}   | false
          """)
  void aClusterPolicyHoldsWhereBothSelectorsDo(String spec, boolean selected) {
    assertThat(policy("ClusterGuardrailPolicy", "", spec).selects(model(), Map.of("team", "a")))
        .isEqualTo(selected);
  }

  private GuardrailResource policy(String kind, String namespace, String spec) {
    HasMetadata read =
        yaml.unmarshal(
            """
            apiVersion: newel.dev/v1alpha1
            kind: %s
            metadata: {name: p, namespace: "%s"}
            spec: %s
            """
                .formatted(kind, namespace, spec.startsWith("{") ? spec : "{" + spec + "}"));
    return (GuardrailResource) read;
  }

  private ModelDeployment model() {
    return yaml.unmarshal(
        """
        apiVersion: newel.dev/v1alpha1
        kind: ModelDeployment
        metadata: {name: llm, namespace: team-a, labels: {app: support, tier: ""}}
        """,
        ModelDeployment.class);
  }
}
