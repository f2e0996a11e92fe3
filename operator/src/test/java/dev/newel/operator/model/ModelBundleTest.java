package dev.newel.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.crds.ModelDeployment;
import dev.newel.crds.ModelDeploymentStatus;
import dev.newel.policy.EffectivePolicy;
import dev.newel.policy.bundle.Bundle;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What number the next bundle gets, whatever was set back, lost or forged. */
class ModelBundleTest {
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      nullValues = "-",
      value = {
        // case, wanted, ConfigMaps hold, status says, a filter reports, next number
        "the first bundle, a, -, -, 0, 1",
        "nothing changed, a, a@4, a@4, 4, 4",
        "the policy changed, b, a@4, a@4, 4, 5",
        "the ConfigMap is gone, a, -, a@4, 4, 4",
        "the ConfigMap is gone and the policy changed, b, -, a@4, 4, 5",
        "the ConfigMap was set back, a, a@2, a@4, 4, 5",
        "the status was lost, a, a@4, -, 4, 4",
        "the cluster was restored from an old copy, a, a@2, a@2, 4, 5",
        "the policy comes back, a, none@5, none@5, 5, 6",
        "no policy is left, none, a@4, a@4, 4, 5",
        "no policy is left and filters know, none, none@5, none@5, 5, 5",
        "no policy and never one, none, -, -, 0, -",
      })
  void theNumberOnlyGrows(
      String name, String wanted, String written, String said, long reported, Long next) {
    // Given
    ModelDeployment model = Models.model();
    if (said != null) {
      model.setStatus(status(said));
    }
    // When
    Optional<Bundle> bundle =
        ModelBundle.next(
            model,
            policy(wanted),
            Optional.ofNullable(written)
                .map(w -> new Bundle("ns/llm", number(w), policy(w.split("@", -1)[0]))),
            List.of(new PodReport("pod", true, Optional.empty(), reported)));
    // Then
    assertThat(bundle.map(Bundle::sequence).orElse(null)).isEqualTo(next);
    bundle.ifPresent(b -> assertThat(b.policy()).isEqualTo(policy(wanted)));
  }

  private static Optional<EffectivePolicy> policy(String name) {
    return name.equals("none") ? Optional.empty() : Optional.of(Models.blocks(name));
  }

  private static long number(String at) {
    return Long.parseLong(at.split("@", -1)[1]);
  }

  private static ModelDeploymentStatus status(String said) {
    String revision =
        policy(said.split("@", -1)[0]).map(EffectivePolicy::revision).orElse(Bundle.NO_POLICY);
    return new ModelDeploymentStatus(
        1L,
        null,
        new ModelDeploymentStatus.Policy(revision, number(said), 1),
        null,
        null,
        List.of());
  }
}
