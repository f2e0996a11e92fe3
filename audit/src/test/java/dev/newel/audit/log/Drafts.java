package dev.newel.audit.log;

import dev.newel.audit.EventDraft;
import dev.newel.audit.EventType;
import dev.newel.audit.Phase;
import dev.newel.audit.StoredEvent;
import java.util.Map;
import java.util.Optional;

/** Drafts that tests need often. */
public final class Drafts {
  private Drafts() {}

  public static EventDraft intent(String name) {
    return new EventDraft(
        EventType.CHANGE_INTENDED,
        "apps/v1/Deployment/team-a/" + name,
        Phase.INTENT,
        Optional.empty(),
        Map.of(
            "action",
            "create",
            "target",
            Map.of(
                "apiVersion", "apps/v1", "kind", "Deployment", "namespace", "team-a", "name", name),
            "reason",
            "wanted",
            "on",
            "ModelDeployment/team-a/" + name));
  }

  public static EventDraft outcome(StoredEvent intent) {
    return new EventDraft(
        EventType.CHANGE_APPLIED,
        intent.subject(),
        Phase.OUTCOME,
        Optional.of(intent.id()),
        Map.of());
  }

  public static EventDraft decided(String request, String action) {
    return EventDraft.fact(
        EventType.REQUEST_DECIDED,
        "req/" + request,
        Map.of(
            "decision",
            Map.of(
                "action",
                action,
                "rules",
                java.util.List.of("ClusterGuardrailPolicy/base/credentials"))));
  }

  public static EventDraft completed(String request) {
    return EventDraft.fact(
        EventType.REQUEST_COMPLETED,
        "req/" + request,
        Map.of("decision", Map.of("action", "allow"), "status", 200));
  }

  /** A generation of a resource, as the operator says it saw it. */
  public static EventDraft accepted(String name, long generation) {
    return EventDraft.fact(
        EventType.POLICY_ACCEPTED,
        "GuardrailPolicy/team-a/" + name,
        Map.of(
            "target",
            Map.of(
                "kind",
                "GuardrailPolicy",
                "namespace",
                "team-a",
                "name",
                name,
                "uid",
                "u-" + name,
                "generation",
                generation)));
  }
}
