package dev.newel.operator.kube;

import dev.newel.audit.Changes;
import dev.newel.audit.Trail;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Settles intents that a process left open when it died: the object carries the id of the intent if
 * and only if the write was accepted.
 */
public final class ChangeRecovery {
  private ChangeRecovery() {}

  /**
   * Records the outcome of each open intent.
   *
   * @param open intents of earlier epochs, oldest first
   * @return how many there were
   */
  public static int settle(KubernetesClient client, Changes changes, List<Trail.Entry> open) {
    for (Trail.Entry intent : open) {
      changes.resolve(intent, failure(client, intent));
    }
    return open.size();
  }

  private static Optional<String> failure(KubernetesClient client, Trail.Entry intent) {
    var target = (Map<?, ?>) intent.data().get("target");
    return failure(
        client,
        intent.text("id"),
        "delete".equals(intent.data().get("action")),
        new Changes.Target(
            (String) target.get("apiVersion"),
            (String) target.get("kind"),
            (String) target.get("namespace"),
            (String) target.get("name")));
  }

  /** Why a change that was tried did not take effect; empty when it did. */
  static Optional<String> failure(KubernetesClient client, Changes.Intent intent) {
    return failure(
        client, intent.id(), intent.change().verb().equals("delete"), intent.change().target());
  }

  private static Optional<String> failure(
      KubernetesClient client, String id, boolean deletes, Changes.Target target) {
    GenericKubernetesResource there =
        client
            .genericKubernetesResources(target.apiVersion(), target.kind())
            .inNamespace(target.namespace())
            .withName(target.name())
            .get();
    if (deletes) {
      return there == null ? Optional.empty() : Optional.of("the object is still there");
    }
    var annotations = there == null ? null : there.getMetadata().getAnnotations();
    return annotations != null && id.equals(annotations.get(Labels.INTENT))
        ? Optional.empty()
        : Optional.of("the object does not carry the intent");
  }
}
