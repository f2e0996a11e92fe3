package dev.newel.operator.model;

import dev.newel.crds.ClusterGuardrailPolicy;
import dev.newel.crds.GuardrailPolicy;
import dev.newel.crds.GuardrailResource;
import dev.newel.crds.ModelDeployment;
import dev.newel.operator.kube.Labels;
import dev.newel.operator.policy.WordSources;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.processing.GroupVersionKind;
import io.javaoperatorsdk.operator.processing.event.Event;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.AbstractEventSource;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.Mappers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What a model depends on, watched, and which models a change concerns. A policy concerns the
 * models it selects now and those whose effective policy it took part in before, and no others.
 */
final class ModelEvents {
  private static final List<GroupVersionKind> CHILDREN =
      List.of(
          new GroupVersionKind("networking.k8s.io", "v1", "NetworkPolicy"),
          new GroupVersionKind("", "v1", "ServiceAccount"),
          new GroupVersionKind("", "v1", "ConfigMap"),
          new GroupVersionKind("", "v1", "Service"),
          new GroupVersionKind("policy", "v1", "PodDisruptionBudget"),
          new GroupVersionKind("apps", "v1", "Deployment"));

  private final List<InformerEventSource<GenericKubernetesResource, ModelDeployment>> children =
      new ArrayList<>();
  private final InformerEventSource<Pod, ModelDeployment> pods;
  private final InformerEventSource<GuardrailPolicy, ModelDeployment> policies;
  private final InformerEventSource<ClusterGuardrailPolicy, ModelDeployment> clusterPolicies;
  private final InformerEventSource<Namespace, ModelDeployment> namespaces;
  private final Trigger words = new Trigger();
  private final EventSourceContext<ModelDeployment> context;

  /** Which policies took part in a model's last decision: a cache, rebuilt by the first one. */
  private final Map<ResourceID, Set<String>> lastSources = new ConcurrentHashMap<>();

  /** Lets a model be looked at again for a reason that no informer sees. */
  private static final class Trigger extends AbstractEventSource<Void, ModelDeployment> {
    Trigger() {
      super(Void.class, "words");
    }

    void fire(ResourceID model) {
      getEventHandler().handleEvent(new Event(model));
    }

    @Override
    public Set<Void> getSecondaryResources(ModelDeployment primary) {
      return Set.of();
    }
  }

  ModelEvents(EventSourceContext<ModelDeployment> context, WordSources sources) {
    this.context = context;
    for (GroupVersionKind kind : CHILDREN) {
      children.add(
          new InformerEventSource<>(
              InformerEventSourceConfiguration.from(kind, ModelDeployment.class)
                  .withName(kind.getKind().toLowerCase(java.util.Locale.ROOT))
                  .withLabelSelector(Labels.SELECTOR)
                  .withSecondaryToPrimaryMapper(Mappers.fromOwnerReferences(ModelDeployment.class))
                  .build(),
              context));
    }
    pods =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(Pod.class, ModelDeployment.class)
                .withName("pods")
                .withLabelSelector(Labels.SELECTOR)
                .withSecondaryToPrimaryMapper(this::modelOf)
                .build(),
            context);
    policies =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(GuardrailPolicy.class, ModelDeployment.class)
                .withName("policies")
                .withSecondaryToPrimaryMapper(this::concerned)
                .build(),
            context);
    clusterPolicies =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(
                    ClusterGuardrailPolicy.class, ModelDeployment.class)
                .withName("cluster-policies")
                .withSecondaryToPrimaryMapper(this::concerned)
                .build(),
            context);
    namespaces =
        new InformerEventSource<>(
            InformerEventSourceConfiguration.from(Namespace.class, ModelDeployment.class)
                .withName("namespaces")
                .withSecondaryToPrimaryMapper(n ->
                    ids(
                        models()
                            .filter(m ->
                                m.getMetadata().getNamespace().equals(n.getMetadata().getName()))))
                .build(),
            context);
    sources.listen((namespace, name) ->
        policies()
            .filter(p -> sources.uses(p, namespace, name))
            .flatMap(p -> concerned(p).stream())
            .distinct()
            .forEach(words::fire));
  }

  List<EventSource<?, ModelDeployment>> sources() {
    var all = new ArrayList<EventSource<?, ModelDeployment>>(children);
    all.addAll(List.of(pods, policies, clusterPolicies, namespaces, words));
    return all;
  }

  private Stream<ModelDeployment> models() {
    return context.getPrimaryCache().list();
  }

  private Stream<GuardrailResource> policies() {
    return Stream.concat(
        policies.list().map(GuardrailResource.class::cast), clusterPolicies.list());
  }

  private Set<ResourceID> modelOf(Pod pod) {
    String label = pod.getMetadata().getLabels().get(Labels.MODEL);
    return ids(
        models()
            .filter(m -> m.getMetadata().getNamespace().equals(pod.getMetadata().getNamespace()))
            .filter(
                m -> dev.newel.operator.kube.Names.label(m.getMetadata().getName()).equals(label)));
  }

  private Set<ResourceID> concerned(GuardrailResource policy) {
    return ids(
        models()
            .filter(m ->
                selects(policy, m)
                    || lastSources
                        .getOrDefault(ResourceID.fromResource(m), Set.of())
                        .contains(reference(policy))));
  }

  private boolean selects(GuardrailResource policy, ModelDeployment model) {
    return policy.getMetadata().getDeletionTimestamp() == null
        && policy.selects(model, labels(model.getMetadata().getNamespace()).orElse(null));
  }

  private Optional<Map<String, String>> labels(String namespace) {
    return namespaces.get(new ResourceID(namespace)).map(n -> n.getMetadata().getLabels());
  }

  /** In such a namespace nothing can be created any more. */
  boolean namespaceEnds(ModelDeployment model) {
    return namespaces
        .get(new ResourceID(model.getMetadata().getNamespace()))
        .filter(n -> n.getMetadata().getDeletionTimestamp() != null)
        .isPresent();
  }

  private static String reference(GuardrailResource policy) {
    return policy.getMetadata().getNamespace() + "/" + policy.reference();
  }

  private static Set<ResourceID> ids(Stream<? extends HasMetadata> objects) {
    return objects.map(ResourceID::fromResource).collect(Collectors.toSet());
  }

  /** Every policy that selects the model now. */
  List<GuardrailResource> selecting(ModelDeployment model) {
    List<GuardrailResource> selecting = policies().filter(p -> selects(p, model)).toList();
    lastSources.put(
        ResourceID.fromResource(model),
        selecting.stream().map(ModelEvents::reference).collect(Collectors.toSet()));
    return selecting;
  }

  /** Drops what was remembered of models that are gone. */
  void forgetGone() {
    lastSources.keySet().retainAll(ids(models()));
  }

  /** The uids of all pods of all models. */
  Stream<String> podUids() {
    return pods.list().map(p -> p.getMetadata().getUid());
  }

  /** The model's children, by key. */
  Map<String, GenericKubernetesResource> children(ModelDeployment model) {
    var out = new HashMap<String, GenericKubernetesResource>();
    for (var source : children) {
      for (GenericKubernetesResource child : source.getSecondaryResources(model)) {
        out.put(dev.newel.operator.kube.Child.key(child), child);
      }
    }
    return out;
  }

  /** The model's pods, by name. */
  Map<String, Pod> pods(ModelDeployment model) {
    var out = new LinkedHashMap<String, Pod>();
    pods.getSecondaryResources(model).stream()
        .sorted(java.util.Comparator.comparing(p -> p.getMetadata().getName()))
        .forEach(p -> out.put(p.getMetadata().getName(), p));
    return out;
  }
}
