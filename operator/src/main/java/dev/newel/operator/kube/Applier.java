package dev.newel.operator.kube;

import dev.newel.audit.Changes;
import dev.newel.audit.Changes.Change;
import dev.newel.audit.Changes.Intent;
import dev.newel.audit.Changes.Outcome;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * The one place that writes children: intent first, then server-side apply under the field manager
 * {@value #FIELD_MANAGER}, then the outcome. A write to an object that is there carries its
 * resource version, so that an operator which has lost its leadership cannot overwrite its
 * successor.
 */
public final class Applier {
  public static final String FIELD_MANAGER = "newel";

  private static final PatchContext MERGE =
      new PatchContext.Builder()
          .withPatchType(PatchType.JSON_MERGE)
          .withFieldManager("newel-pods")
          .build();

  private final KubernetesClient client;
  private final Changes changes;

  /** Writes whose fate is unknown: the server did not answer, and could not be asked either. */
  private final Queue<Intent> unsettled = new ConcurrentLinkedQueue<>();

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

  /** What was decided on has changed meanwhile: decide again. Nothing is wrong. */
  public static final class OutdatedException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public OutdatedException(KubernetesClientException conflict) {
      super(conflict);
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
    run(
        known.stream()
            .map(s ->
                new Write(
                    new Change(
                        s.actual().isPresent() ? "update" : "create",
                        s.child().target(),
                        why,
                        reference(owner)),
                    intent -> write(owner, s, labels, intent)))
            .toList());
  }

  /**
   * Adds annotations to these pods of a model; the first failure ends it.
   *
   * @throws KubernetesClientException at the first write that fails
   * @throws dev.newel.audit.AuditUnavailableException before anything is written
   */
  public void annotate(
      HasMetadata owner, List<Pod> pods, Map<String, String> annotations, String why) {
    run(
        pods.stream()
            .map(p ->
                new Write(
                    new Change("update", Child.target(p), why, reference(owner)),
                    intent -> {
                      var all = new HashMap<>(annotations);
                      all.put(Labels.INTENT, intent);
                      client
                          .resource(p)
                          .patch(
                              MERGE,
                              Serialization.asJson(Map.of("metadata", Map.of("annotations", all))));
                    }))
            .toList());
  }

  /** A change, and what makes it, given the id of the intent that it stamps. */
  private record Write(Change change, Consumer<String> request) {}

  private void run(List<Write> writes) {
    settleUnsettled();
    if (writes.isEmpty()) {
      return;
    }
    List<Intent> intents = changes.intend(writes.stream().map(Write::change).toList());
    var outcomes = new ArrayList<Outcome>();
    Optional<KubernetesClientException> failure = Optional.empty();
    for (int i = 0; i < writes.size(); i++) {
      Intent intent = intents.get(i);
      if (failure.isPresent()) {
        outcomes.add(new Outcome(intent, Optional.of("not tried: an earlier write failed")));
        continue;
      }
      try {
        writes.get(i).request().accept(intent.id());
        outcomes.add(new Outcome(intent, Optional.empty()));
      } catch (KubernetesClientException e) {
        failure = Optional.of(e);
        outcome(intent, e).ifPresentOrElse(outcomes::add, () -> unsettled.add(intent));
      }
    }
    changes.settle(outcomes);
    if (failure.isPresent()) {
      throw failure.get();
    }
  }

  /** A refusal is a fact; silence and a server's fault leave open whether the write was made. */
  private Optional<Outcome> outcome(Intent intent, KubernetesClientException failure) {
    if (failure.getCode() >= 400 && failure.getCode() < 500) {
      return Optional.of(new Outcome(intent, Optional.of("HTTP " + failure.getCode())));
    }
    try {
      return Optional.of(new Outcome(intent, ChangeRecovery.failure(client, intent)));
    } catch (KubernetesClientException e) {
      return Optional.empty();
    }
  }

  private void settleUnsettled() {
    for (Intent intent = unsettled.poll(); intent != null; intent = unsettled.poll()) {
      try {
        changes.settle(List.of(new Outcome(intent, ChangeRecovery.failure(client, intent))));
      } catch (KubernetesClientException e) {
        unsettled.add(intent);
        return;
      }
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
    run(
        List.of(
            new Write(
                new Change("delete", Child.target(object), why, reference(owner)),
                _ ->
                    client
                        .resource(object)
                        .lockResourceVersion(object.getMetadata().getResourceVersion())
                        .delete())));
  }

  private static String reference(HasMetadata owner) {
    return owner.getKind()
        + "/"
        + owner.getMetadata().getNamespace()
        + "/"
        + owner.getMetadata().getName();
  }
}
