package dev.newel.cli.audit;

import dev.newel.audit.StoredEvent;
import dev.newel.audit.Trail;
import java.time.Instant;
import java.util.Map;
import picocli.CommandLine.Option;

/** Which events a reader wants; all conditions that are given must hold. */
final class EventFilter {
  @Option(
      names = "--type",
      paramLabel = "TYPE",
      description = "Of this type; its beginning is enough: control.change, guardrails.request.")
  private String type;

  @Option(
      names = "--object",
      paramLabel = "TEXT",
      description = "Whose subject or target contains this: Deployment/team-a/support-llm.")
  private String object;

  @Option(
      names = "--actor",
      paramLabel = "TEXT",
      description = "Whose producer or actor contains this.")
  private String actor;

  @Option(names = "--rule", paramLabel = "TEXT", description = "That name a rule containing this.")
  private String rule;

  @Option(names = "--since", paramLabel = "TIME", description = "Of this time or later.")
  private Instant since;

  @Option(names = "--until", paramLabel = "TIME", description = "Before this time.")
  private Instant until;

  boolean wants(StoredEvent event) {
    if (type != null && !event.type().wire().startsWith(type)) {
      return false;
    }
    if (since != null && event.time().isBefore(since)) {
      return false;
    }
    if (until != null && !event.time().isBefore(until)) {
      return false;
    }
    if (object == null && actor == null && rule == null) {
      return true;
    }
    Trail.Entry entry = event.entry();
    return holds(object, event.subject(), entry.data().get("target"), entry.data().get("on"))
        && holds(actor, event.producer(), entry.data().get("actor"))
        && holds(rule, entry.data().get("decision") instanceof Map<?, ?> d ? d.get("rules") : "");
  }

  private static boolean holds(String wanted, Object... values) {
    if (wanted == null) {
      return true;
    }
    for (Object value : values) {
      if (value != null && readable(value).contains(wanted)) {
        return true;
      }
    }
    return false;
  }

  /** An object of Kubernetes as people write it. */
  private static String readable(Object value) {
    return value instanceof Map<?, ?> m && m.containsKey("kind")
        ? m.get("kind") + "/" + m.get("namespace") + "/" + m.get("name") + " " + m
        : String.valueOf(value);
  }
}
