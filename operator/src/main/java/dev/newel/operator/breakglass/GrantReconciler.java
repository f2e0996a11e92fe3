package dev.newel.operator.breakglass;

import dev.newel.audit.AuditUnavailableException;
import dev.newel.audit.EventType;
import dev.newel.crds.BreakGlassRequest;
import dev.newel.crds.BreakGlassRequestStatus.Phase;
import dev.newel.operator.breakglass.RequestDecision.Transition;
import dev.newel.operator.kube.Reason;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.api.config.informer.Informer;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * Looks at each grant from its own side: one that no live request stands behind goes, whoever
 * brought it, a restored backup for example.
 */
@ControllerConfiguration(
    name = "breakglassgrant",
    informer = @Informer(labelSelector = GrantObjects.LABEL))
public class GrantReconciler implements Reconciler<RoleBinding> {
  private static final Duration RETRY = Duration.ofSeconds(2);

  private final KubernetesClient client;
  private final GrantLedger ledger;
  private final GrantRemoval removal;
  private final ServerTime time;

  public GrantReconciler(
      KubernetesClient client, dev.newel.operator.kube.Applier applier, GrantLedger ledger) {
    this.client = client;
    this.ledger = ledger;
    this.removal = new GrantRemoval(client, applier);
    this.time = new ServerTime(client);
  }

  @Override
  public UpdateControl<RoleBinding> reconcile(RoleBinding seen, Context<RoleBinding> context) {
    try {
      RoleBinding binding = client.resource(seen).get();
      if (binding == null || binding.getMetadata().getLabels() == null) {
        return UpdateControl.noUpdate();
      }
      String uid = binding.getMetadata().getLabels().get(GrantObjects.LABEL);
      if (uid == null) {
        return UpdateControl.noUpdate();
      }
      Optional<BreakGlassRequest> request =
          client
              .resources(BreakGlassRequest.class)
              .inNamespace(binding.getMetadata().getNamespace())
              .list()
              .getItems()
              .stream()
              .filter(r -> r.getMetadata().getUid().equals(uid))
              .findFirst();
      Instant now = time.now();
      Optional<String> problem = problem(binding, request, now);
      if (problem.isEmpty()) {
        Instant end = GrantState.time(request.orElseThrow().getStatus().expiresAt());
        return UpdateControl.<RoleBinding>noUpdate()
            .rescheduleAfter(Duration.between(now, end).plus(RETRY));
      }
      removal.remove(binding, binding, problem.get());
      ledger.record(
          binding,
          new Transition(
              EventType.GRANT_REVOKED,
              uid
                  + "|"
                  + EventType.GRANT_REVOKED.wire()
                  + "|stray|"
                  + binding.getMetadata().getUid(),
              Map.of("reason", Reason.RESURRECTED.wire(), "message", problem.get())));
      return UpdateControl.noUpdate();
    } catch (KubernetesClientException | AuditUnavailableException e) {
      return UpdateControl.<RoleBinding>noUpdate().rescheduleAfter(RETRY);
    }
  }

  /** Why no live request stands behind it; those that are live judge their own. */
  private Optional<String> problem(
      RoleBinding binding, Optional<BreakGlassRequest> request, Instant now) {
    if (request.isEmpty()) {
      return Optional.of("no request stands behind the grant");
    }
    if (!GrantObjects.name(request.get()).equals(binding.getMetadata().getName())) {
      return Optional.of("the grant does not have the name that the request gives it");
    }
    var status = request.get().getStatus();
    boolean live =
        status != null && (status.phase() == Phase.APPROVED || status.phase() == Phase.ACTIVE);
    if (!live) {
      return Optional.of("the request behind the grant has ended");
    }
    return now.isAfter(GrantState.time(status.expiresAt()).plus(RETRY))
        ? Optional.of("the time of the grant is up")
        : Optional.empty();
  }
}
