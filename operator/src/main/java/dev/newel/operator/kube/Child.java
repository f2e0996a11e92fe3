package dev.newel.operator.kube;

import dev.newel.audit.Changes;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ObjectMeta;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.OwnerReference;
import io.fabric8.kubernetes.api.model.OwnerReferenceBuilder;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A desired child as a tree, so that fields which this build does not know survive.
 *
 * @param apiVersion {@code apps/v1}
 * @param kind {@code Deployment}
 * @param namespace the owner's
 * @param name at most 63 characters
 * @param body everything but apiVersion, kind and metadata
 * @param exact whether nothing may be added by others: what they add opens something
 */
public record Child(
    String apiVersion,
    String kind,
    String namespace,
    String name,
    Map<String, Object> body,
    boolean exact) {

  /** From a typed object, whose metadata besides name and namespace is not taken over. */
  public static Child of(HasMetadata object, boolean exact) {
    Map<String, Object> tree =
        Serialization.unmarshal(Serialization.asJson(object), GenericKubernetesResource.class)
            .getAdditionalProperties();
    return new Child(
        object.getApiVersion(),
        object.getKind(),
        object.getMetadata().getNamespace(),
        object.getMetadata().getName(),
        tree,
        exact);
  }

  /** {@code apps/v1/Deployment/name}: unique among the children of one model. */
  public String key() {
    return key(apiVersion, kind, name);
  }

  public static String key(HasMetadata object) {
    return key(object.getApiVersion(), object.getKind(), object.getMetadata().getName());
  }

  private static String key(String apiVersion, String kind, String name) {
    return apiVersion + "/" + kind + "/" + name;
  }

  /** As audit events name it. */
  public Changes.Target target() {
    return new Changes.Target(apiVersion, kind, namespace, name);
  }

  /** The same of an object that is there. */
  static Changes.Target target(HasMetadata object) {
    return new Changes.Target(
        object.getApiVersion(),
        object.getKind(),
        object.getMetadata().getNamespace(),
        object.getMetadata().getName());
  }

  /** Hash of the body: what {@link Labels#DESIRED} carries. */
  public String hash() {
    return Names.hash(Serialization.asJson(new java.util.TreeMap<>(body))).substring(0, 16);
  }

  /** Whether the object that is there needs no write. */
  public boolean matches(GenericKubernetesResource actual, Map<String, String> labels) {
    ObjectMeta meta = actual.getMetadata();
    Map<String, String> annotations =
        meta.getAnnotations() == null ? Map.of() : meta.getAnnotations();
    Object there = actual.getAdditionalProperties();
    return hash().equals(annotations.get(Labels.DESIRED))
        && Trees.contains(meta.getLabels(), labels)
        && (exact ? exactly(actual) : Trees.contains(there, body));
  }

  private boolean exactly(GenericKubernetesResource actual) {
    return body.entrySet().stream()
        .allMatch(e -> Trees.same(actual.getAdditionalProperties().get(e.getKey()), e.getValue()));
  }

  /** The object to apply. */
  public GenericKubernetesResource object(
      HasMetadata owner, Map<String, String> labels, String intent, String resourceVersion) {
    var out = new GenericKubernetesResource();
    out.setApiVersion(apiVersion);
    out.setKind(kind);
    out.setMetadata(
        new ObjectMetaBuilder()
            .withName(name)
            .withNamespace(namespace)
            .withLabels(labels)
            .withAnnotations(annotations(intent))
            .withOwnerReferences(List.of(ownerReference(owner)))
            .withResourceVersion(resourceVersion)
            .build());
    out.setAdditionalProperties(new LinkedHashMap<>(body));
    return out;
  }

  private Map<String, String> annotations(String intent) {
    var annotations = new LinkedHashMap<String, String>();
    annotations.put(Labels.DESIRED, hash());
    if (!intent.isEmpty()) {
      annotations.put(Labels.INTENT, intent);
    }
    return annotations;
  }

  private static OwnerReference ownerReference(HasMetadata owner) {
    return new OwnerReferenceBuilder()
        .withApiVersion(owner.getApiVersion())
        .withKind(owner.getKind())
        .withName(owner.getMetadata().getName())
        .withUid(owner.getMetadata().getUid())
        .withController(true)
        .withBlockOwnerDeletion(false) // true needs a permission and gains nothing
        .build();
  }

  /** Whether an object belongs to this owner, and so may be written. */
  public static boolean isOwned(HasMetadata object, HasMetadata owner) {
    return object.getMetadata().getOwnerReferences() != null
        && object.getMetadata().getOwnerReferences().stream()
            .anyMatch(r -> r.getUid().equals(owner.getMetadata().getUid()));
  }
}
