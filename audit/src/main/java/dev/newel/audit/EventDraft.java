package dev.newel.audit;

import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/**
 * What somebody wants recorded. The recorder adds who says so, when, and the place in the chain.
 *
 * @param type what happened
 * @param subject to what, as a short path: {@code req/01JD8Z}, {@code apps/Deployment/team-a/llm}
 * @param phase intent, outcome or fact
 * @param cause id of the intent that this is the outcome of
 * @param data maps, lists, strings, booleans and whole numbers; no text of a prompt
 */
public record EventDraft(
    EventType type, String subject, Phase phase, Optional<String> cause, Map<String, Object> data) {
  public EventDraft {
    Objects.requireNonNull(type, "type");
    Objects.requireNonNull(subject, "subject");
    data = Map.copyOf(data);
    if ((phase == Phase.OUTCOME) != cause.isPresent()) {
      throw new IllegalArgumentException("an outcome names its intent, and nothing else does");
    }
  }

  /** An event that stands alone. */
  public static EventDraft fact(EventType type, String subject, Map<String, Object> data) {
    return new EventDraft(type, subject, Phase.FACT, Optional.empty(), data);
  }
}
