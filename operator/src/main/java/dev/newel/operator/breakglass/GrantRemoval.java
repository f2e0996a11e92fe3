package dev.newel.operator.breakglass;

import dev.newel.audit.AuditUnavailableException;
import dev.newel.operator.kube.Applier;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Map;
import org.jboss.logging.Logger;

/**
 * Takes access away: the RoleBinding first, then the Job. Taking away never waits for the audit
 * log; what could not be recorded is recorded later.
 */
final class GrantRemoval {
  private static final Logger LOG = Logger.getLogger(GrantRemoval.class);

  private final KubernetesClient client;
  private final Applier applier;

  GrantRemoval(KubernetesClient client, Applier applier) {
    this.client = client;
    this.applier = applier;
  }

  /** Deletes exactly this object, whatever has been changed about it. */
  void remove(HasMetadata owner, HasMetadata object, String why) {
    try {
      applier.delete(
          owner,
          Serialization.unmarshal(Serialization.asJson(object), GenericKubernetesResource.class),
          why);
    } catch (AuditUnavailableException e) {
      LOG.warnf("event=grant.removed_unrecorded kind=%s", object.getKind());
      byUid(object);
    } catch (KubernetesClientException e) {
      if (e.getCode() == 409) { // changed meanwhile: it goes all the same
        byUid(object);
      } else if (e.getCode() != 404) {
        throw e;
      }
    }
  }

  private void byUid(HasMetadata object) {
    boolean job = object.getKind().equals("Job");
    String path =
        "/apis/%s/namespaces/%s/%s/%s"
            .formatted(
                object.getApiVersion(),
                object.getMetadata().getNamespace(),
                job ? "jobs" : "rolebindings",
                object.getMetadata().getName());
    try {
      client.raw(
          path,
          "DELETE",
          Map.of(
              "kind", "DeleteOptions",
              "apiVersion", "v1",
              "propagationPolicy", "Background",
              "preconditions", Map.of("uid", object.getMetadata().getUid())));
    } catch (KubernetesClientException e) {
      if (e.getCode() != 404 && e.getCode() != 409) { // gone, or another object by now
        throw e;
      }
    }
  }
}
