package dev.newel.operator.kube;

import dev.newel.audit.Changes;
import dev.newel.audit.Changes.Change;
import dev.newel.audit.Changes.Intent;
import dev.newel.audit.Changes.Outcome;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The one place that writes children: intent first, then server-side apply under the field manager
 * {@value #FIELD_MANAGER}, then the outcome. A write to an object that is there carries its
 * resource version, so that an operator which has lost its leadership cannot overwrite its
 * successor.
 */
public final class Applier {
  public static final String FIELD_MANAGER = "newel";

  private final KubernetesClient client;
  private final Changes changes;

  public Applier(KubernetesClient client, Changes changes) {
    this.client = client;
    this.changes = changes;
  }

  /** A desired child and what is there under its name. */
  public record Step(Child child, Optional<GenericKubernetesResource> actual) {}

  /** An object of somebody else stands under our name. */
  public static final class NameCollisionException extends RuntimeException {
    private static final long serialVersionUID = 1;

    NameCollisionException(Child child) {
      super(
          "%s %s exists and is not Newel's; rename it or the model"
              .formatted(child.kind(), child.name()));
    }
  }

  /**
   * Asks the server whether it would accept the object; changes nothing.
   *
   * @throws KubernetesClientException with the server's words when it would not
   */
  public void dryRun(HasMetadata owner, Step step, Map<String, String> labels) {
    client
        .resource(step.child().object(owner, labels, "", null))
        .dryRun()
        .fieldManager(FIELD_MANAGER)
        .forceConflicts()
        .serverSideApply();
  }

  /**
   * Writes these children in this order.
   *
   * @throws NameCollisionException before anything is written
   * @throws KubernetesClientException at the first write that fails; the later ones are not tried
   * @throws dev.newel.audit.AuditUnavailableException before anything is written
   */
  public void apply(HasMetadata owner, List<Step> steps, Map<String, String> labels, String why) {
    if (steps.isEmpty()) {
      return;
    }
    List<Step> known = steps.stream().map(s -> lookUp(owner, s)).toList();
    List<Intent> intents =
        changes.intend(
            known.stream()
                .map(s ->
                    new Change(
                        s.actual().isPresent() ? "update" : "create",
                        s.child().target(),
                        why,
                        reference(owner)))
                .toList());
    var outcomes = new ArrayList<Outcome>();
    Optional<KubernetesClientException> failure = Optional.empty();
    for (int i = 0; i < known.size(); i++) {
      Optional<String> failed = failure.map(_ -> "not tried: an earlier write failed");
      if (failure.isEmpty()) {
        try {
          write(owner, known.get(i), labels, intents.get(i).id());
        } catch (KubernetesClientException e) {
          failure = Optional.of(e);
          failed = Optional.of("HTTP " + e.getCode());
        }
      }
      outcomes.add(new Outcome(intents.get(i), failed));
    }
    changes.settle(outcomes);
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  /** Informers see our labels only: before a create, look whether something else has the name. */
  private Step lookUp(HasMetadata owner, Step step) {
    if (step.actual().isPresent()) {
      return step;
    }
    Child child = step.child();
    GenericKubernetesResource there =
        client
            .genericKubernetesResources(child.apiVersion(), child.kind())
            .inNamespace(child.namespace())
            .withName(child.name())
            .get();
    if (there != null && !Child.isOwned(there, owner)) {
      throw new NameCollisionException(child);
    }
    return new Step(child, Optional.ofNullable(there));
  }

  private void write(HasMetadata owner, Step step, Map<String, String> labels, String intent) {
    String version = step.actual().map(a -> a.getMetadata().getResourceVersion()).orElse(null);
    GenericKubernetesResource written =
        client
            .resource(step.child().object(owner, labels, intent, version))
            .fieldManager(FIELD_MANAGER)
            .forceConflicts()
            .serverSideApply();
    if (step.child().exact() && !step.child().matches(written, labels)) {
      // Apply cannot take away what others added; here that would open something.
      client
          .resource(
              step.child()
                  .object(owner, labels, intent, written.getMetadata().getResourceVersion()))
          .update();
    }
  }

  /** Deletes an object that is no longer wanted. */
  public void delete(HasMetadata owner, GenericKubernetesResource object, String why) {
    var target =
        new Changes.Target(
            object.getApiVersion(),
            object.getKind(),
            object.getMetadata().getNamespace(),
            object.getMetadata().getName());
    Intent intent =
        changes.intend(List.of(new Change("delete", target, why, reference(owner)))).getFirst();
    try {
      client
          .resource(object)
          .lockResourceVersion(object.getMetadata().getResourceVersion())
          .delete();
      changes.settle(List.of(new Outcome(intent, Optional.empty())));
    } catch (KubernetesClientException e) {
      changes.settle(List.of(new Outcome(intent, Optional.of("HTTP " + e.getCode()))));
      throw e;
    }
  }

  private static String reference(HasMetadata owner) {
    return owner.getKind()
        + "/"
        + owner.getMetadata().getNamespace()
        + "/"
        + owner.getMetadata().getName();
  }
}
