package dev.newel.operator.breakglass;

import dev.newel.crds.BreakGlassRequest;
import dev.newel.operator.kube.Child;
import dev.newel.operator.kube.Labels;
import dev.newel.operator.kube.Names;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What gives the access and what ends it. The RoleBinding belongs to a Job that never runs a pod:
 * its deadline passes, the TTL controller deletes it, the garbage collector deletes the
 * RoleBinding, all of that without the operator. The Job belongs to the request.
 */
final class GrantObjects {
  /** On both: uid of the request. {@code admission.yaml} guards what carries it. */
  static final String LABEL = "newel.dev/breakglass";

  private static final String RBAC = "rbac.authorization.k8s.io";

  /** How much later than the deadline a Job may end: it starts a moment after it is made. */
  private static final Duration SLACK = Duration.ofSeconds(5);

  private GrantObjects() {}

  static String name(BreakGlassRequest request) {
    String uid = request.getMetadata().getUid();
    return Names.child(
        "newel-bg-" + request.getMetadata().getName(),
        "-" + uid.substring(0, Math.min(8, uid.length())));
  }

  static Map<String, String> labels(BreakGlassRequest request) {
    return Map.of(
        Labels.NAME,
        "newel-breakglass",
        Labels.MANAGED_BY,
        "newel",
        Labels.PART_OF,
        "newel",
        LABEL,
        request.getMetadata().getUid());
  }

  /** The dead man's switch. */
  static Child job(BreakGlassRequest request, Instant now, Instant expiresAt) {
    long seconds = Math.max(1, Duration.between(now, expiresAt).toSeconds());
    return Child.of(
        new JobBuilder()
            .withNewMetadata()
            .withName(name(request))
            .withNamespace(request.getMetadata().getNamespace())
            .endMetadata()
            .withNewSpec()
            .withParallelism(0)
            .withBackoffLimit(0)
            .withActiveDeadlineSeconds(seconds)
            .withTtlSecondsAfterFinished(0)
            .withNewTemplate()
            .withNewSpec()
            .withRestartPolicy("Never")
            .withAutomountServiceAccountToken(false)
            .withNewSecurityContext()
            .withRunAsNonRoot(true)
            .withRunAsUser(65532L)
            .withNewSeccompProfile()
            .withType("RuntimeDefault")
            .endSeccompProfile()
            .endSecurityContext()
            .addNewContainer()
            .withName("never-runs")
            .withImage("newel.dev/never-runs")
            .withNewSecurityContext()
            .withAllowPrivilegeEscalation(false)
            .withReadOnlyRootFilesystem(true)
            .withNewCapabilities()
            .withDrop("ALL")
            .endCapabilities()
            .endSecurityContext()
            .endContainer()
            .endSpec()
            .endTemplate()
            .endSpec()
            .build(),
        false);
  }

  static Child binding(BreakGlassRequest request) {
    return Child.of(
        new RoleBindingBuilder()
            .withNewMetadata()
            .withName(name(request))
            .withNamespace(request.getMetadata().getNamespace())
            .endMetadata()
            .withNewRoleRef(RBAC, "ClusterRole", request.getSpec().role())
            .addNewSubject(RBAC, "User", request.getSpec().requester(), null)
            .build(),
        true);
  }

  /**
   * What is wrong with the objects of a grant that should be as they were made.
   *
   * @return in words; empty when both are exactly as they should be
   */
  static Optional<String> tampered(
      BreakGlassRequest request, RoleBinding binding, Optional<Job> job, Instant expiresAt) {
    var ref = binding.getRoleRef();
    if (!RBAC.equals(ref.getApiGroup())
        || !"ClusterRole".equals(ref.getKind())
        || !request.getSpec().role().equals(ref.getName())) {
      return Optional.of("the RoleBinding gives another role");
    }
    var subjects = binding.getSubjects() == null ? List.<Object>of() : binding.getSubjects();
    if (subjects.size() != 1
        || !"User".equals(binding.getSubjects().getFirst().getKind())
        || !request.getSpec().requester().equals(binding.getSubjects().getFirst().getName())) {
      return Optional.of("the RoleBinding has other subjects");
    }
    if (job.isEmpty()) {
      return Optional.of("the Job that ends the access is gone");
    }
    if (!Child.isOwned(binding, job.get())) {
      return Optional.of("the RoleBinding does not belong to the Job that ends it");
    }
    if (binding.getMetadata().getFinalizers() != null
        && !binding.getMetadata().getFinalizers().isEmpty()) {
      return Optional.of("the RoleBinding has finalizers");
    }
    var spec = job.get().getSpec();
    boolean ends =
        Objects.equals(spec.getTtlSecondsAfterFinished(), 0)
            && !Boolean.TRUE.equals(spec.getSuspend())
            && spec.getActiveDeadlineSeconds() != null
            && !Instant.parse(job.get().getMetadata().getCreationTimestamp())
                .plusSeconds(spec.getActiveDeadlineSeconds())
                .isAfter(expiresAt.plus(SLACK));
    return ends ? Optional.empty() : Optional.of("the Job does not end the access in time");
  }
}
