package dev.newel.e2e.harness;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What stands in a namespace, without what differs between two equal runs: uids, versions, times,
 * the namespace's name, signatures. Two runs that did the same have equal end states (oracle O1).
 */
public final class EndState {
  /** What the operator reads and writes. */
  static final List<Kind> KINDS =
      List.of(
          new Kind("newel.dev/v1alpha1", "ModelDeployment"),
          new Kind("newel.dev/v1alpha1", "GuardrailPolicy"),
          new Kind("networking.k8s.io/v1", "NetworkPolicy"),
          new Kind("v1", "ServiceAccount"),
          new Kind("v1", "ConfigMap"),
          new Kind("v1", "Service"),
          new Kind("policy/v1", "PodDisruptionBudget"),
          new Kind("apps/v1", "Deployment"));

  private static final Set<String> SET_BY_OTHERS = Set.of("default", "kube-root-ca.crt");
  private static final Set<String> DIFFERING =
      Set.of(
          "clusterIP",
          "clusterIPs",
          "lastTransitionTime",
          "binaryData",
          "sequence",
          "revision",
          "oldestRevision");

  record Kind(String apiVersion, String kind) {}

  private EndState() {}

  /** By kind and name, each as JSON with sorted keys. */
  public static SortedMap<String, String> of(KubernetesClient client, String namespace) {
    var out = new TreeMap<String, String>();
    for (Kind kind : KINDS) {
      for (GenericKubernetesResource object :
          client
              .genericKubernetesResources(kind.apiVersion(), kind.kind())
              .inNamespace(namespace)
              .list()
              .getItems()) {
        if (!SET_BY_OTHERS.contains(object.getMetadata().getName())) {
          out.put(
              kind.kind() + "/" + object.getMetadata().getName(),
              comparable(object).replace(namespace, "NAMESPACE"));
        }
      }
    }
    return out;
  }

  /** What one has and the other has not, or has otherwise; empty when they are equal. */
  public static List<String> differences(
      SortedMap<String, String> wanted, SortedMap<String, String> actual) {
    var keys = new TreeSet<>(wanted.keySet());
    keys.addAll(actual.keySet());
    return keys.stream()
        .filter(k -> !Objects.equals(wanted.get(k), actual.get(k)))
        .map(k -> k + " should be " + wanted.get(k) + " and is " + actual.get(k))
        .toList();
  }

  private static String comparable(GenericKubernetesResource object) {
    ObjectMeta meta = object.getMetadata();
    var tree = new TreeMap<String, Object>();
    tree.put("labels", meta.getLabels() == null ? Map.of() : new TreeMap<>(meta.getLabels()));
    tree.put(
        "owners",
        meta.getOwnerReferences() == null
            ? List.of()
            : meta.getOwnerReferences().stream()
                .map(o -> o.getKind() + "/" + o.getName())
                .toList());
    object
        .getAdditionalProperties()
        .forEach((k, v) -> {
          boolean ours = object.getApiVersion().startsWith("newel.dev/");
          if (!DIFFERING.contains(k) && (!k.equals("status") || ours)) {
            tree.put(k, comparable(v));
          }
        });
    return Serialization.asJson(tree);
  }

  private static Object comparable(Object value) {
    return switch (value) {
      case Map<?, ?> map -> {
        var out = new TreeMap<String, Object>();
        map.forEach((k, v) -> {
          if (!DIFFERING.contains((String) k)) {
            out.put((String) k, comparable(v));
          }
        });
        yield out;
      }
      case List<?> list -> list.stream().map(EndState::comparable).toList();
      // Messages quote revisions, which hash the bundle's rules and not the namespace.
      default -> value == null ? "" : value;
    };
  }
}
