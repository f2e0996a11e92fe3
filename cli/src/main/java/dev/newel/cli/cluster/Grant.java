package dev.newel.cli.cluster;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Optional;

/**
 * Somebody who has more rights in a namespace for a while, and so may be able to get past what is
 * enforced there. Read from a BreakGlassRequest.
 *
 * @param until RFC 3339; empty when the request does not say
 */
record Grant(String request, String namespace, String requester, String phase, String until) {
  private static final List<String> KINDS = List.of("BreakGlassRequest");
  private static final List<String> LIVE = List.of("Active");

  static boolean is(GenericKubernetesResource object) {
    return KINDS.contains(object.getKind());
  }

  static Grant of(GenericKubernetesResource object) {
    return new Grant(
        object.getMetadata().getName(),
        object.getMetadata().getNamespace(),
        text(object, "spec", "requester"),
        text(object, "status", "phase"),
        text(object, "status", "expiresAt"));
  }

  boolean live() {
    return LIVE.contains(phase);
  }

  static List<Grant> of(Snapshot snapshot) {
    return snapshot.others().stream().filter(Grant::is).map(Grant::of).toList();
  }

  private static String text(GenericKubernetesResource object, Object... path) {
    Object value = object.get(path);
    return Optional.ofNullable(value).map(String::valueOf).orElse("");
  }
}
