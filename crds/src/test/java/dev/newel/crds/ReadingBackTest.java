package dev.newel.crds;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a client reads is what a file says, whether it knows the kind beforehand or not. */
class ReadingBackTest {
  private final KubernetesSerialization yaml = new KubernetesSerialization();

  @ParameterizedTest
  @ValueSource(classes = {GuardrailPolicy.class, ClusterGuardrailPolicy.class})
  void aPolicyReadsBackAsItsOwnKind(Class<? extends GuardrailResource> kind) {
    // Given
    String text =
        """
        apiVersion: newel.dev/v1alpha1
        kind: %s
        metadata: {name: base}
        spec: {rules: [{name: mail, sensitive: {entities: [EMAIL]}, input: Mask}]}
        status: {observedGeneration: -1}
        """
            .formatted(kind.getSimpleName());
    // When
    HasMetadata unknown = yaml.unmarshal(text);
    GuardrailResource known = yaml.unmarshal(text, kind);
    // Then
    assertThat(unknown).isInstanceOf(kind);
    assertThat(known.getSpec()).isEqualTo(((GuardrailResource) unknown).getSpec());
    assertThat(known.getStatus().observedGeneration()).isEqualTo(-1);
    assertThat(known.getSpec().rules().getFirst().sensitive().entities()).containsExactly("EMAIL");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{container: {template: {spec: {containers: [{future: 1}]}}}}"})
  void aModelReadsBackWithFieldsThatNobodyKnows(String serving) {
    // Given
    String text =
        """
        apiVersion: newel.dev/v1alpha1
        kind: ModelDeployment
        metadata: {name: llm}
        spec: {model: {provider: p, name: n}, serving: %s}
        """
            .formatted(serving);
    // When
    HasMetadata read = yaml.unmarshal(text);
    // Then
    assertThat(yaml.asYaml(read)).contains("future: 1");
  }
}
