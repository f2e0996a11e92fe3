package dev.newel.cli.cluster;

import dev.newel.crds.BreakGlassRequest;
import dev.newel.crds.GuardrailResource;
import dev.newel.crds.ModelDeployment;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Namespace;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What was seen of a cluster at one moment.
 *
 * @param namespaces labels of each namespace that was seen
 * @param others objects of kinds that are only shown: grants, audit logs
 * @param notes what could not be read, and why
 */
record Snapshot(
    List<ModelDeployment> models,
    List<GuardrailResource> policies,
    Map<String, Map<String, String>> namespaces,
    List<Pod> pods,
    List<Deployment> operators,
    List<GenericKubernetesResource> others,
    List<String> notes) {

  static final String MODEL_LABEL = "newel.dev/model";
  private static final String OPERATOR = "newel-operator";

  Snapshot {
    models = List.copyOf(models);
    policies = List.copyOf(policies);
    namespaces = Map.copyOf(namespaces);
    pods = List.copyOf(pods);
    operators = List.copyOf(operators);
    others = List.copyOf(others);
    notes = List.copyOf(notes);
  }

  /** Sorts objects by what they are; those of other kinds are passed over. */
  static Snapshot of(Collection<? extends HasMetadata> objects, List<String> notes) {
    var models = new ArrayList<ModelDeployment>();
    var policies = new ArrayList<GuardrailResource>();
    var namespaces = new HashMap<String, Map<String, String>>();
    var pods = new ArrayList<Pod>();
    var operators = new ArrayList<Deployment>();
    var others = new ArrayList<GenericKubernetesResource>();
    for (HasMetadata object : objects) {
      switch (object) {
        case ModelDeployment m -> models.add(m);
        case GuardrailResource p -> policies.add(p);
        case Namespace n ->
            namespaces.put(
                n.getMetadata().getName(),
                Optional.ofNullable(n.getMetadata().getLabels()).orElse(Map.of()));
        case Pod p -> pods.add(p);
        case Deployment d when d.getMetadata().getName().equals(OPERATOR) -> operators.add(d);
        case BreakGlassRequest r ->
            others.add(
                Serialization.unmarshal(Serialization.asJson(r), GenericKubernetesResource.class));
        case GenericKubernetesResource g -> others.add(g);
        default -> {}
      }
    }
    models.sort(Comparator.comparing(ModelDeployment::reference));
    policies.sort(Comparator.comparing(GuardrailResource::reference));
    return new Snapshot(models, policies, namespaces, pods, operators, others, notes);
  }

  Optional<ModelDeployment> model(String namespace, String name) {
    return models.stream()
        .filter(m -> namespace.equals(m.getMetadata().getNamespace()))
        .filter(m -> m.getMetadata().getName().equals(name))
        .findFirst();
  }

  Optional<Pod> pod(String namespace, String name) {
    return pods.stream()
        .filter(p -> namespace.equals(p.getMetadata().getNamespace()))
        .filter(p -> p.getMetadata().getName().equals(name))
        .findFirst();
  }

  /** Every policy that selects the model, as far as the namespace's labels are known. */
  List<GuardrailResource> selecting(ModelDeployment model) {
    Map<String, String> labels =
        namespaces.getOrDefault(model.getMetadata().getNamespace(), Map.of());
    return policies.stream().filter(p -> p.selects(model, labels)).toList();
  }

  List<Pod> podsOf(ModelDeployment model) {
    return pods.stream()
        .filter(p -> model.getMetadata().getNamespace().equals(p.getMetadata().getNamespace()))
        .filter(p -> p.getMetadata().getLabels() != null)
        .filter(
            p -> model.getMetadata().getName().equals(p.getMetadata().getLabels().get(MODEL_LABEL)))
        .toList();
  }
}
