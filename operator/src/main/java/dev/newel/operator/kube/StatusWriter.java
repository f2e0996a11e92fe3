package dev.newel.operator.kube;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.MicroTime;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.ObjectReferenceBuilder;
import io.fabric8.kubernetes.api.model.events.v1.EventBuilder;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jboss.logging.Logger;

/**
 * Writes status by server-side apply from a fresh object, and events for what changed. Not through
 * the framework's {@code UpdateControl}: that loses changes made meanwhile (java-operator-sdk issue
 * 3398).
 */
public final class StatusWriter {
  private static final Logger LOG = Logger.getLogger(StatusWriter.class);

  private static final PatchContext SSA =
      new PatchContext.Builder()
          .withPatchType(PatchType.SERVER_SIDE_APPLY)
          .withFieldManager(Applier.FIELD_MANAGER)
          .withForce(true)
          .build();

  private final KubernetesClient client;
  private final Clock clock;

  public StatusWriter(KubernetesClient client, Clock clock) {
    this.client = client;
    this.clock = clock;
  }

  /**
   * Writes the status when it differs from the one that was read.
   *
   * @param read the object as it was gathered
   * @param fresh a new object of the same type, without anything in it
   */
  public <T, R extends CustomResource<?, T>> void write(
      R read, R fresh, T status, List<Condition> transitions) {
    if (status.equals(read.getStatus())) {
      return;
    }
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withName(read.getMetadata().getName())
            .withNamespace(read.getMetadata().getNamespace())
            .withUid(read.getMetadata().getUid())
            .build());
    fresh.setStatus(status);
    client.resource(fresh).subresource("status").patch(SSA);
    transitions.forEach(c -> event(read, c));
  }

  /**
   * As {@link #write}, but only when the object is still the one that was read: for a status that
   * is itself what decisions are made from.
   *
   * @throws KubernetesClientException with code 409 when it is not
   */
  public <T, R extends CustomResource<?, T>> void writeIfUnchanged(
      R read, R fresh, T status, List<Condition> transitions) {
    if (status.equals(read.getStatus())) {
      return;
    }
    fresh.setMetadata(
        new ObjectMetaBuilder()
            .withName(read.getMetadata().getName())
            .withNamespace(read.getMetadata().getNamespace())
            .withUid(read.getMetadata().getUid())
            .withResourceVersion(read.getMetadata().getResourceVersion())
            .build());
    fresh.setStatus(status);
    client.resource(fresh).subresource("status").patch(SSA);
    transitions.forEach(c -> event(read, c));
  }

  /** An event on the object a person looks at; a lost event loses nothing but convenience. */
  private void event(HasMetadata object, Condition condition) {
    String namespace =
        object.getMetadata().getNamespace() == null
            ? "default"
            : object.getMetadata().getNamespace();
    boolean good = condition.getStatus().equals("True");
    try {
      client
          .resource(
              new EventBuilder()
                  .withNewMetadata()
                  .withGenerateName("newel-")
                  .withNamespace(namespace)
                  .endMetadata()
                  .withEventTime(
                      new MicroTime(clock.instant().truncatedTo(ChronoUnit.MICROS).toString()))
                  .withReportingController("newel.dev/operator")
                  .withReportingInstance("newel-operator")
                  .withAction("Reconcile")
                  .withType(good ? "Normal" : "Warning")
                  .withReason(condition.getReason())
                  .withNote(note(condition))
                  .withRegarding(
                      new ObjectReferenceBuilder()
                          .withApiVersion(object.getApiVersion())
                          .withKind(object.getKind())
                          .withName(object.getMetadata().getName())
                          .withNamespace(object.getMetadata().getNamespace())
                          .withUid(object.getMetadata().getUid())
                          .build())
                  .build())
          .create();
    } catch (KubernetesClientException e) {
      LOG.warnf("event=event.lost kind=%s code=%d", object.getKind(), e.getCode());
    }
  }

  /** The API allows 1024 characters. */
  private static String note(Condition condition) {
    String note = condition.getType() + ": " + condition.getMessage();
    return note.length() <= 1000 ? note : note.substring(0, 999) + "…";
  }
}
