package dev.newel.operator.breakglass;

import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * What was made in a namespace while somebody had access, and may outlive it. The API does not say
 * who made an object (only of certificate requests): the list is of everything that came in that
 * time and has no controller, whoever made it. Secrets are not among it, because the operator may
 * not read them; nor tokens that were asked for, which leave no object behind.
 */
final class Residue {
  private static final int MOST = 16;
  private static final String NOT_SEEN =
      "not looked at: Secrets, tokens that were issued, and streams that are still open";

  private final KubernetesClient client;

  Residue(KubernetesClient client) {
    this.client = client;
  }

  List<String> of(String namespace, String requester, Instant since) {
    var found = new ArrayList<String>();
    try {
      Stream.of(
              client.rbac().roleBindings().inNamespace(namespace).list().getItems().stream(),
              client.batch().v1().jobs().inNamespace(namespace).list().getItems().stream(),
              client.batch().v1().cronjobs().inNamespace(namespace).list().getItems().stream(),
              client.apps().deployments().inNamespace(namespace).list().getItems().stream(),
              client.pods().inNamespace(namespace).list().getItems().stream())
          .flatMap(s -> s.map(HasMetadata.class::cast))
          .filter(o -> !isOurs(o) && !hasController(o))
          .filter(o -> !Instant.parse(o.getMetadata().getCreationTimestamp()).isBefore(since))
          .map(o -> o.getKind() + "/" + o.getMetadata().getName())
          .forEach(found::add);
      client.pods().inNamespace(namespace).list().getItems().stream()
          .filter(p -> hasNewEphemeralContainer(p, since))
          .map(p -> "ephemeral container in Pod/" + p.getMetadata().getName())
          .forEach(found::add);
      client.certificates().v1().certificateSigningRequests().list().getItems().stream()
          .filter(c -> requester.equals(c.getSpec().getUsername()))
          .filter(c -> !Instant.parse(c.getMetadata().getCreationTimestamp()).isBefore(since))
          .map(c -> "CertificateSigningRequest/" + c.getMetadata().getName() + " by the requester")
          .forEach(found::add);
    } catch (KubernetesClientException e) {
      found.add("the rest could not be read: HTTP " + e.getCode());
    }
    var shown = new ArrayList<>(found.stream().sorted().limit(MOST - 2).toList());
    if (found.size() > shown.size()) {
      shown.add("and " + (found.size() - shown.size()) + " more");
    }
    shown.add(NOT_SEEN);
    return shown;
  }

  private static boolean isOurs(HasMetadata object) {
    return object.getMetadata().getLabels() != null
        && object.getMetadata().getLabels().containsKey(GrantObjects.LABEL);
  }

  private static boolean hasController(HasMetadata object) {
    return object.getMetadata().getOwnerReferences() != null
        && object.getMetadata().getOwnerReferences().stream()
            .anyMatch(r -> Boolean.TRUE.equals(r.getController()));
  }

  private static boolean hasNewEphemeralContainer(Pod pod, Instant since) {
    return pod.getStatus() != null
        && pod.getStatus().getEphemeralContainerStatuses() != null
        && pod.getStatus().getEphemeralContainerStatuses().stream()
            .anyMatch(c ->
                c.getState() != null
                    && c.getState().getRunning() != null
                    && !Instant.parse(c.getState().getRunning().getStartedAt()).isBefore(since));
  }
}
