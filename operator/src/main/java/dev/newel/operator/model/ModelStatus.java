package dev.newel.operator.model;

import dev.newel.crds.EgressRule;
import dev.newel.crds.ModelDeployment;
import dev.newel.crds.ModelDeploymentStatus;
import dev.newel.operator.kube.ConditionSet;
import dev.newel.operator.kube.Reason;
import dev.newel.policy.EffectivePolicy;
import dev.newel.policy.bundle.Bundle;
import dev.newel.policy.wire.FilterContract;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** What a model's status should say. Pure. */
final class ModelStatus {
  private static final int MAX_LISTED = 16;

  private ModelStatus() {}

  /**
   * Why children could not be written.
   *
   * @param condition which condition says so
   */
  record Failure(String condition, Reason reason, String message) {}

  record Desired(ModelDeploymentStatus status, ConditionSet conditions) {}

  static Desired of(
      ModelInput input, ModelDesired desired, Optional<Failure> failure, Clock clock) {
    ModelDeployment model = input.model();
    var before = model.getStatus();
    var conditions =
        new ConditionSet(
            before == null ? null : before.conditions(),
            model.getMetadata().getGeneration(),
            clock);
    List<PodReport> running = input.pods().stream().filter(PodReport::running).toList();
    String revision =
        desired
            .policy()
            .effective()
            .flatMap(_ -> desired.bundle())
            .map(Bundle::revision)
            .orElse(null);
    int programmed =
        (int)
            running.stream()
                .filter(p -> revision != null && p.revision().filter(revision::equals).isPresent())
                .count();

    policy(conditions, input, desired);
    workload(conditions, input, failure);
    programmed(conditions, revision, running.size(), programmed, failure);
    failure
        .filter(f -> f.condition().equals("TrafficRestricted"))
        .ifPresentOrElse(
            f -> conditions.add("TrafficRestricted", false, f.reason(), f.message()),
            () ->
                conditions.add(
                    "TrafficRestricted",
                    true,
                    Reason.CONFIGURED,
                    "a NetworkPolicy denies what is not listed; whether the cluster enforces it was"
                        + " not probed"));
    summary(conditions);
    return new Desired(status(model, desired, running, programmed, conditions), conditions);
  }

  private static void policy(ConditionSet conditions, ModelInput input, ModelDesired desired) {
    if (desired.policy().effective().isEmpty()) {
      conditions.add(
          "PolicyResolved",
          false,
          Reason.NO_POLICY,
          input.policies().isEmpty()
              ? "no policy selects the model, so its filter refuses all traffic; create a"
                  + " GuardrailPolicy or ClusterGuardrailPolicy that does"
              : "no policy that selects the model can be enforced: "
                  + String.join(", ", desired.policy().stale()));
    } else if (!desired.policy().stale().isEmpty()) {
      conditions.add(
          "PolicyResolved",
          false,
          Reason.STALE,
          desired.policy().stale().stream().limit(MAX_LISTED).collect(Collectors.joining(", "))
              + " cannot be enforced as written; the last good version stays in force");
    } else {
      conditions.add(
          "PolicyResolved",
          true,
          Reason.RESOLVED,
          "revision %s joins %d policies"
              .formatted(
                  desired.bundle().get().revision(), desired.policy().effective().get().sources()));
    }
  }

  private static void workload(
      ConditionSet conditions, ModelInput input, Optional<Failure> failure) {
    if (failure.filter(f -> f.condition().equals("WorkloadAvailable")).isPresent()) {
      conditions.add("WorkloadAvailable", false, failure.get().reason(), failure.get().message());
      return;
    }
    GenericKubernetesResource deployment =
        input.children().values().stream()
            .filter(c -> c.getKind().equals("Deployment"))
            .findFirst()
            .orElse(null);
    int wanted = ModelWorkload.replicas(input.model().getSpec());
    Optional<String> refused = condition(deployment, "ReplicaFailure", "True");
    boolean available =
        condition(deployment, "Available", "True").isPresent()
            && number(deployment, "availableReplicas") >= Math.min(wanted, 1);
    if (refused.isPresent()) {
      conditions.add("WorkloadAvailable", false, Reason.TEMPLATE_REJECTED, refused.get());
    } else if (available) {
      conditions.add(
          "WorkloadAvailable",
          true,
          Reason.AVAILABLE,
          "%d of %d pods are available".formatted(number(deployment, "availableReplicas"), wanted));
    } else {
      conditions.add(
          "WorkloadAvailable",
          false,
          Reason.UNAVAILABLE,
          "%d of %d pods are available".formatted(number(deployment, "availableReplicas"), wanted));
    }
  }

  private static void programmed(
      ConditionSet conditions,
      String revision,
      int running,
      int programmed,
      Optional<Failure> failure) {
    String message = "%d of %d pods enforce revision %s".formatted(programmed, running, revision);
    if (failure.filter(f -> f.condition().equals("Programmed")).isPresent()) {
      conditions.add("Programmed", false, failure.get().reason(), failure.get().message());
    } else if (revision == null) {
      conditions.add("Programmed", false, Reason.NO_POLICY, "there is no policy to enforce");
    } else if (programmed == running && running > 0) {
      conditions.add("Programmed", true, Reason.PROGRAMMED, message);
    } else {
      conditions.add(
          "Programmed",
          false,
          programmed == 0 ? Reason.PROGRAMMING : Reason.PARTIALLY_PROGRAMMED,
          message);
    }
  }

  /** Ready says what is wrong first; Reconciling and Stalled exist only while they are true. */
  private static void summary(ConditionSet conditions) {
    var wrong = conditions.list().stream().filter(c -> !c.getStatus().equals("True")).findFirst();
    if (wrong.isEmpty()) {
      conditions.add("Ready", true, Reason.PROGRAMMED, "the model answers through its filter");
      return;
    }
    Reason reason = Reason.FAILED;
    for (Reason r : Reason.values()) {
      if (r.wire().equals(wrong.get().getReason())) {
        reason = r;
      }
    }
    conditions.add("Ready", false, reason, wrong.get().getMessage());
    switch (reason) {
      case NO_POLICY, STALE, TEMPLATE_REJECTED, NAME_COLLISION ->
          conditions.add("Stalled", true, reason, wrong.get().getMessage());
      default -> conditions.add("Reconciling", true, reason, wrong.get().getMessage());
    }
  }

  private static ModelDeploymentStatus status(
      ModelDeployment model,
      ModelDesired desired,
      List<PodReport> running,
      int programmed,
      ConditionSet conditions) {
    boolean allReport = running.stream().allMatch(p -> p.revision().isPresent());
    String oldest =
        allReport
            ? running.stream()
                .min(java.util.Comparator.comparingLong(PodReport::sequence))
                .flatMap(PodReport::revision)
                .orElse(null)
            : null;
    var policy =
        desired
            .bundle()
            .map(b ->
                new ModelDeploymentStatus.Policy(
                    b.revision(), b.sequence(), b.policy().map(EffectivePolicy::sources).orElse(0)))
            .orElse(null);
    return new ModelDeploymentStatus(
        model.getMetadata().getGeneration(),
        "http://%s.%s.svc:%d"
            .formatted(
                ModelChildren.name(model),
                model.getMetadata().getNamespace(),
                FilterContract.PROXY_PORT),
        policy,
        new ModelDeploymentStatus.Pods(
            running.size(), programmed, programmed + "/" + running.size(), oldest),
        egress(model.getSpec().egress()),
        conditions.list());
  }

  private static List<String> egress(List<EgressRule> rules) {
    if (rules == null || rules.isEmpty()) {
      return null;
    }
    List<String> words =
        rules.stream()
            .limit(MAX_LISTED)
            .map(r ->
                (r.to() == null
                        ? "everywhere"
                        : r.to().stream()
                            .map(d -> d.ipBlock() != null ? d.ipBlock().cidr() : "selected pods")
                            .collect(Collectors.joining(", ")))
                    + (r.ports() == null
                        ? " all ports"
                        : r.ports().stream()
                            .map(p ->
                                " "
                                    + (p.protocol() == null ? "TCP" : p.protocol())
                                    + (p.port() == null ? "" : " " + p.port().getValue()))
                            .collect(Collectors.joining(","))))
            .toList();
    return words;
  }

  private static Optional<String> condition(
      GenericKubernetesResource object, String type, String status) {
    return object != null
            && object.getAdditionalProperties().get("status") instanceof Map<?, ?> s
            && s.get("conditions") instanceof List<?> list
        ? list.stream()
            .map(c -> (Map<?, ?>) c)
            .filter(c -> type.equals(c.get("type")) && status.equals(c.get("status")))
            .map(c -> String.valueOf(c.get("message")))
            .findFirst()
        : Optional.empty();
  }

  private static int number(GenericKubernetesResource object, String field) {
    return object != null
            && object.getAdditionalProperties().get("status") instanceof Map<?, ?> s
            && s.get(field) instanceof Number n
        ? n.intValue()
        : 0;
  }
}
