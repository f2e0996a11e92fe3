package dev.newel.operator.policy;

import dev.newel.crds.ClusterGuardrailPolicy;
import dev.newel.operator.kube.StatusWriter;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Clock;
import java.util.List;

/** Says whether a policy can be enforced, and on how many models it is. */
@ControllerConfiguration(name = "clusterpolicy")
public class ClusterGuardrailPolicyReconciler implements Reconciler<ClusterGuardrailPolicy> {
  private final GuardrailReconciliation<ClusterGuardrailPolicy> reconciliation;

  public ClusterGuardrailPolicyReconciler(
      StatusWriter statuses, WordSources words, PolicyReadings readings, Clock clock) {
    this.reconciliation =
        new GuardrailReconciliation<>(
            ClusterGuardrailPolicy.class,
            ClusterGuardrailPolicy::new,
            statuses,
            words,
            readings,
            clock);
  }

  @Override
  public List<EventSource<?, ClusterGuardrailPolicy>> prepareEventSources(
      EventSourceContext<ClusterGuardrailPolicy> context) {
    return reconciliation.sources(context);
  }

  @Override
  public UpdateControl<ClusterGuardrailPolicy> reconcile(
      ClusterGuardrailPolicy policy, Context<ClusterGuardrailPolicy> context) {
    reconciliation.reconcile(policy);
    return UpdateControl.noUpdate();
  }
}
