package dev.newel.operator.policy;

import dev.newel.crds.GuardrailPolicySpec;
import dev.newel.crds.GuardrailPolicyStatus;
import dev.newel.crds.GuardrailResource;
import dev.newel.crds.ModelDeployment;
import dev.newel.operator.kube.StatusWriter;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.client.CustomResource;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * What both kinds of policy have in common: gather the models a policy selects, decide its status,
 * write it. A policy has no children; its effect is in the bundles of the models.
 */
final class GuardrailReconciliation<
    P extends CustomResource<GuardrailPolicySpec, GuardrailPolicyStatus> & GuardrailResource> {
  private final Class<P> type;
  private final Supplier<P> fresh;
  private final StatusWriter statuses;
  private final WordSources words;
  private final PolicyReadings readings;
  private final Clock clock;
  private InformerEventSource<ModelDeployment, P> models;
  private InformerEventSource<Namespace, P> namespaces;

  GuardrailReconciliation(
      Class<P> type,
      Supplier<P> fresh,
      StatusWriter statuses,
      WordSources words,
      PolicyReadings readings,
      Clock clock) {
    this.type = type;
    this.fresh = fresh;
    this.statuses = statuses;
    this.words = words;
    this.readings = readings;
    this.clock = clock;
  }

  private static final class Trigger<P extends CustomResource<?, ?>>
      extends AbstractEventSource<Void, P> {
    Trigger() {
      super(Void.class, "words");
    }

    void fire(ResourceID policy) {
      getEventHandler().handleEvent(new Event(policy));
    }

    @Override
    public Set<Void> getSecondaryResources(P primary) {
      return Set.of();
    }
  }

  List<EventSource<?, P>> sources(EventSourceContext<P> context) {
    models =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(ModelDeployment.class, type)
                .withName("models")
                .withSecondaryToPrimaryMapper(m ->
                    // Also those that selected it before: their counts change as well.
                    context
                        .getPrimaryCache()
                        .list(p ->
                            p.getMetadata().getNamespace() == null
                                || p.getMetadata()
                                    .getNamespace()
                                    .equals(m.getMetadata().getNamespace()))
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
                .build(),
            context);
    namespaces =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(Namespace.class, type)
                .withName("namespaces")
                .withSecondaryToPrimaryMapper(_ ->
                    context
                        .getPrimaryCache()
                        .list(p -> p.getMetadata().getNamespace() == null)
                        .map(ResourceID::fromResource)
                        .collect(Collectors.toSet()))
                .build(),
            context);
    var trigger = new Trigger<P>();
    words.listen((namespace, name) ->
        context
            .getPrimaryCache()
            .list(p -> words.uses(p, namespace, name))
            .map(ResourceID::fromResource)
            .forEach(trigger::fire));
    return List.of(models, namespaces, trigger);
  }

  void reconcile(P policy) {
    if (policy.getMetadata().getDeletionTimestamp() != null) {
      readings.forget(policy);
      return;
    }
    List<ModelDeployment> selected =
        models
            .list()
            .filter(m -> policy.selects(m, labels(m.getMetadata().getNamespace())))
            .toList();
    var input = new PolicyInput(policy, readings.of(policy), selected);
    PolicyDesired.Desired desired = PolicyDesired.of(input, clock);
    statuses.write(policy, fresh.get(), desired.status(), desired.conditions().transitions());
  }

  private Map<String, String> labels(String namespace) {
    return namespaces
        .get(new ResourceID(namespace))
        .map(n -> n.getMetadata().getLabels())
        .orElse(null);
  }
}
