package dev.newel.audit;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Changes to objects, each recorded twice: the intent before, the outcome after. An intent has
 * exactly one outcome; a second one is a defect of the caller and refused.
 */
public final class Changes {
  private final AuditRecorder recorder;
  private final Set<String> open = ConcurrentHashMap.newKeySet();
  private final Set<String> resolved = ConcurrentHashMap.newKeySet();

  public Changes(AuditRecorder recorder) {
    this.recorder = Objects.requireNonNull(recorder, "recorder");
  }

  /**
   * A change that somebody is about to make.
   *
   * @param verb create, update or delete
   * @param target which object: group, kind, namespace, name
   * @param reason why, in one line
   * @param on whose behalf: the resource that asked for it
   */
  public record Change(String verb, Target target, String reason, String on) {
    public Change {
      Objects.requireNonNull(verb, "verb");
      Objects.requireNonNull(target, "target");
    }
  }

  /** An object of the Kubernetes API; namespace is empty for cluster-scoped kinds. */
  public record Target(String apiVersion, String kind, String namespace, String name) {
    @Override
    public String toString() {
      return apiVersion + "/" + kind + "/" + (namespace.isEmpty() ? "" : namespace + "/") + name;
    }
  }

  /** A recorded intent: its id is stamped on the object that is written. */
  public record Intent(String id, Change change) {}

  /**
   * Records all of these intents with one wait.
   *
   * @throws AuditUnavailableException then nothing may be changed
   */
  public List<Intent> intend(List<Change> changes) {
    List<Receipt> receipts =
        recorder.record(
            changes.stream()
                .map(c ->
                    new EventDraft(
                        EventType.CHANGE_INTENDED,
                        c.target().toString(),
                        Phase.INTENT,
                        Optional.empty(),
                        data(c)))
                .toList());
    var intents = new ArrayList<Intent>();
    for (int i = 0; i < changes.size(); i++) {
      intents.add(new Intent(receipts.get(i).id(), changes.get(i)));
      open.add(receipts.get(i).id());
    }
    return intents;
  }

  /** How an intent ended: with an empty reason it was applied. */
  public record Outcome(Intent intent, Optional<String> failure) {}

  /**
   * Records all of these outcomes with one wait.
   *
   * @throws IllegalStateException when one of the intents has an outcome already; none is recorded
   * @throws AuditUnavailableException then the intents are still open, and this may be tried again
   */
  public void settle(List<Outcome> outcomes) {
    var closed = new ArrayList<String>();
    try {
      for (Outcome o : outcomes) {
        if (!open.remove(o.intent().id())) {
          throw new IllegalStateException("intent " + o.intent().id() + " has an outcome already");
        }
        closed.add(o.intent().id());
      }
      recorder.record(outcomes.stream().map(Changes::draft).toList());
    } catch (RuntimeException e) {
      open.addAll(closed);
      throw e;
    }
  }

  /**
   * Records the outcome of an intent that an earlier process left open.
   *
   * @throws IllegalStateException when this process made the intent, or has resolved it
   */
  public void resolve(Trail.Entry intent, Optional<String> failure) {
    String id = intent.text("id");
    if (open.contains(id)) {
      throw new IllegalStateException("intent " + id + " is of this process: settle it");
    }
    if (!resolved.add(id)) {
      throw new IllegalStateException("intent " + id + " has an outcome already");
    }
    try {
      recorder.record(
          new EventDraft(
              failure.isPresent() ? EventType.CHANGE_FAILED : EventType.CHANGE_APPLIED,
              intent.text("subject"),
              Phase.OUTCOME,
              Optional.of(id),
              Map.of("recovered", true, "reason", failure.orElse("found on the object"))));
    } catch (RuntimeException e) {
      resolved.remove(id);
      throw e;
    }
  }

  private static EventDraft draft(Outcome o) {
    return new EventDraft(
        o.failure().isPresent() ? EventType.CHANGE_FAILED : EventType.CHANGE_APPLIED,
        o.intent().change().target().toString(),
        Phase.OUTCOME,
        Optional.of(o.intent().id()),
        o.failure().isPresent() ? Map.of("reason", o.failure().get()) : Map.of());
  }

  private static Map<String, Object> data(Change c) {
    return Map.of(
        "action",
        c.verb(),
        "target",
        Map.of(
            "apiVersion", c.target().apiVersion(),
            "kind", c.target().kind(),
            "namespace", c.target().namespace(),
            "name", c.target().name()),
        "reason",
        c.reason(),
        "on",
        c.on());
  }
}
