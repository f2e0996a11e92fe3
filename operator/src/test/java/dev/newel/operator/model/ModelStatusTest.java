package dev.newel.operator.model;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.crds.GuardrailPolicy;
import dev.newel.crds.GuardrailResource;
import dev.newel.crds.ModelDeployment;
import dev.newel.crds.PolicyReading;
import dev.newel.operator.kube.Reason;
import dev.newel.operator.model.ModelStatus.Failure;
import dev.newel.policy.bundle.Bundle;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelStatusTest {
  private static final Clock CLOCK =
      Clock.fixed(Instant.parse("2026-11-26T08:00:00Z"), ZoneOffset.UTC);
  private static final GuardrailPolicy POLICY = Models.policy("p", "words: {values: [aurora]}");
  private static final String REVISION = Models.reading(POLICY).policy().orElseThrow().revision();

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      nullValues = "-",
      value = {
        // case, policy, available pods, filters (N now, O other revision, - silent), failure,
        // Ready, summary, also true
        "all is well, good, 2, NN, -, True Programmed, 2/2, ''",
        "one filter is behind, good, 2, NO, -, False PartiallyProgrammed, 1/2, Reconciling",
        "one filter is silent, good, 2, N-, -, False PartiallyProgrammed, 1/2, Reconciling",
        "no filter has it yet, good, 2, OO, -, False Programming, 0/2, Reconciling",
        "there is no pod, good, 0, '', -, False Unavailable, 0/0, Reconciling",
        "no policy selects it, none, 2, '--', -, False NoPolicy, 0/2, Stalled",
        "a policy is broken, stale, 2, NN, -, False Stale, 2/2, Stalled",
        "the template is refused, good, 0, '', TEMPLATE_REJECTED, False TemplateRejected, 0/0, Stalled",
        "a name is taken, good, 2, NN, NAME_COLLISION, False NameCollision, 2/2, Stalled",
        "a right is missing, good, 2, NN, FORBIDDEN, False Forbidden, 2/2, Reconciling",
        "nothing can be recorded, good, 2, NN, AUDIT_UNAVAILABLE, False AuditUnavailable, 2/2, Reconciling",
      })
  void readySaysWhatIsWrongFirst(
      String name,
      String policy,
      int available,
      String filters,
      String failure,
      String ready,
      String summary,
      String also) {
    // When
    ModelStatus.Desired desired = status(policy, available, filters, failure);
    // Then
    Map<String, Condition> conditions =
        desired.status().conditions().stream()
            .collect(Collectors.toMap(Condition::getType, c -> c));
    Condition is = conditions.get("Ready");
    assertThat(is.getStatus() + " " + is.getReason()).isEqualTo(ready);
    assertThat(desired.status().pods().summary()).isEqualTo(summary);
    assertThat(conditions.keySet())
        .as("Reconciling and Stalled exist only while they are true")
        .isEqualTo(
            also.isEmpty()
                ? java.util.Set.of(
                    "Ready",
                    "PolicyResolved",
                    "WorkloadAvailable",
                    "Programmed",
                    "TrafficRestricted")
                : java.util.Set.of(
                    "Ready",
                    "PolicyResolved",
                    "WorkloadAvailable",
                    "Programmed",
                    "TrafficRestricted",
                    also));
    assertThat(desired.status().observedGeneration()).isEqualTo(3);
    assertThat(conditions.values())
        .allSatisfy(c -> assertThat(c.getObservedGeneration()).isEqualTo(3));
  }

  @Test
  void theSameInputGivesTheSameStatusLater() {
    // Given
    ModelStatus.Desired first = status("good", 2, "NN", null);
    ModelDeployment model = Models.model();
    model.setStatus(first.status());
    // When
    var later = Clock.offset(CLOCK, java.time.Duration.ofHours(1));
    ModelStatus.Desired second =
        ModelStatus.of(input(model, "good", 2, "NN"), desired("good"), Optional.empty(), later);
    // Then
    assertThat(second.status()).isEqualTo(first.status());
    assertThat(second.conditions().transitions()).isEmpty();
  }

  private static ModelStatus.Desired status(
      String policy, int available, String filters, String failure) {
    return ModelStatus.of(
        input(Models.model(), policy, available, filters),
        desired(policy),
        Optional.ofNullable(failure)
            .map(f -> new Failure("WorkloadAvailable", Reason.valueOf(f), "said by the server")),
        CLOCK);
  }

  private static ModelDesired desired(String policy) {
    var effective =
        policy.equals("none")
            ? Optional.<dev.newel.policy.EffectivePolicy>empty()
            : Models.reading(POLICY).policy();
    return new ModelDesired(
        new ModelPolicy(
            effective, policy.equals("stale") ? List.of("GuardrailPolicy/x") : List.of()),
        Optional.of(new Bundle("ns/llm", 1, effective)),
        List.of());
  }

  private static ModelInput input(
      ModelDeployment model, String policy, int available, String filters) {
    Map<GuardrailResource, PolicyReading> policies = new LinkedHashMap<>();
    if (!policy.equals("none")) {
      policies.put(POLICY, Models.reading(POLICY));
    }
    var pods = new ArrayList<PodReport>();
    for (int i = 0; i < filters.length(); i++) {
      Optional<String> revision =
          switch (filters.charAt(i)) {
            case 'N' -> Optional.of(REVISION);
            case 'O' -> Optional.of("0123456789abcdef");
            default -> Optional.empty();
          };
      pods.add(new PodReport("llm-" + i, true, revision, revision.isPresent() ? 1 : 0));
    }
    return new ModelInput(
        model, policies, Map.of("d", deployment(available)), Optional.empty(), pods);
  }

  private static GenericKubernetesResource deployment(int available) {
    return Serialization.unmarshal(
        """
        apiVersion: apps/v1
        kind: Deployment
        metadata: {name: llm}
        status: {availableReplicas: %d, conditions: [{type: Available, status: "%s", message: m}]}
        """
            .formatted(available, available > 0 ? "True" : "False"),
        GenericKubernetesResource.class);
  }
}
