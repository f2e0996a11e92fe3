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
  GRANT_REQUESTED("grant.requested", "A request for access was taken up and waits."),
  GRANT_APPROVED("grant.approved", "Somebody approved a request; says who."),
  GRANT_DENIED("grant.denied", "Somebody denied a request, for good."),
  GRANT_VOIDED("grant.voided", "Approvals no longer count, because what they approved changed."),
  GRANT_WITHDRAWN("grant.withdrawn", "The requester withdrew a request that was not active."),
  GRANT_TIMED_OUT("grant.timedout", "A request was not approved, or not started, in time."),
  GRANT_REFUSED(
      "grant.refused", "A request, or a decision on one, does not count; says which and why."),
  GRANT_INTENDED(
      "grant.intended", "Access is about to be given, until when. Durable before the grant."),
  GRANT_ACTIVATED("grant.activated", "Access was given, until when."),
  GRANT_REVOKED("grant.revoked", "Access was taken away before its time, and why."),
  GRANT_EXPIRED("grant.expired", "Access was taken away when its time was up."),
  GRANT_REVIEWED("grant.reviewed", "Somebody else reviewed access that was used."),
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
