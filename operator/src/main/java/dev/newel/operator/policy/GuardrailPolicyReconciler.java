package dev.newel.operator.policy;

import dev.newel.crds.GuardrailPolicy;
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
@ControllerConfiguration(name = "policy")
public class GuardrailPolicyReconciler implements Reconciler<GuardrailPolicy> {
  private final GuardrailReconciliation<GuardrailPolicy> reconciliation;

  public GuardrailPolicyReconciler(
      StatusWriter statuses, WordSources words, PolicyReadings readings, Clock clock) {
    this.reconciliation =
        new GuardrailReconciliation<>(
            GuardrailPolicy.class, GuardrailPolicy::new, statuses, words, readings, clock);
  }

  @Override
  public List<EventSource<?, GuardrailPolicy>> prepareEventSources(
      EventSourceContext<GuardrailPolicy> context) {
    return reconciliation.sources(context);
  }

  @Override
  public UpdateControl<GuardrailPolicy> reconcile(
      GuardrailPolicy policy, Context<GuardrailPolicy> context) {
    reconciliation.reconcile(policy);
    return UpdateControl.noUpdate();
  }
}
