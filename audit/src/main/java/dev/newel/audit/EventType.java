package dev.newel.audit;

/**
 * Every type of event that Newel records, and nothing else does: the one list from which the
 * reference page is made.
 */
public enum EventType {
  CHANGE_INTENDED(
      "control.change.intended",
      "The operator is about to create, change or delete an object. Durable before the write."),
  CHANGE_APPLIED(
      "control.change.applied", "The write of an intent was accepted by the API server."),
  CHANGE_FAILED("control.change.failed", "The write of an intent did not happen, and why."),
  REQUEST_DECIDED(
      "guardrails.request.decided",
      "The filter decided on a request, before its first byte went to the model."),
  REQUEST_COMPLETED(
      "guardrails.request.completed",
      "The answer to a request ended; carries what was decided on it."),
  REQUEST_FAILED("guardrails.request.failed", "A request ended without a whole answer, and why."),
  POLICY_LOADED("policy.loaded", "A filter put a bundle in force."),
  POLICY_REFUSED("policy.refused", "A filter refused a bundle, and why."),
  LOG_OPENED("log.opened", "A producer began a new epoch."),
  LOG_CLOSED("log.closed", "A producer ended in order; nothing follows in its epoch."),
  LOG_RECOVERED(
      "log.recovered",
      "After a crash, bytes that had never been acknowledged were cut from the end.");

  private final String base;
  private final String description;

  EventType(String base, String description) {
    this.base = base;
    this.description = description;
  }

  /** CloudEvents {@code type}, with the version of its shape: {@code policy.loaded.v1}. */
  public String wire() {
    return base + ".v1";
  }

  public String description() {
    return description;
  }

  /**
   * The type with this wire name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static EventType of(String wire) {
    for (EventType t : values()) {
      if (t.wire().equals(wire)) {
        return t;
      }
    }
    throw new IllegalArgumentException("unknown event type " + wire);
  }
}
