package dev.newel.audit;

import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Every type of event that Newel records, and nothing else does: the one list from which the
 * reference page and the JSON Schema are made.
 */
public enum EventType {
  CHANGE_INTENDED(
      "control.change.intended",
      "The operator is about to create, change or delete an object. Durable before the write.",
      "action",
      "target",
      "reason",
      "on"),
  CHANGE_APPLIED(
      "control.change.applied", "The write of an intent was accepted by the API server."),
  CHANGE_FAILED(
      "control.change.failed", "The write of an intent did not happen, and why.", "reason"),
  GRANT_REQUESTED("grant.requested", "Somebody asked for access for a time.", "target"),
  GRANT_APPROVED("grant.approved", "Somebody who may do so approved a request.", "target"),
  GRANT_DENIED("grant.denied", "Somebody who may do so refused a request.", "target"),
  GRANT_INTENDED(
      "grant.intended",
      "The operator is about to make or remove the binding of a grant. Durable before the write.",
      "target"),
  GRANT_ACTIVATED("grant.activated", "The binding of a grant is in force.", "target"),
  GRANT_REFUSED("grant.refused", "A grant did not come into force, and why.", "target", "reason"),
  GRANT_REVOKED("grant.revoked", "A grant was ended before its deadline.", "target"),
  GRANT_EXPIRED("grant.expired", "A grant ended at its deadline.", "target"),
  GRANT_VOIDED(
      "grant.voided", "Approvals no longer count, because what they approved changed.", "target"),
  GRANT_WITHDRAWN(
      "grant.withdrawn", "The requester withdrew a request that was not active.", "target"),
  GRANT_TIMED_OUT(
      "grant.timedout", "A request was not approved, or not started, in time.", "target"),
  GRANT_REVIEWED("grant.reviewed", "Somebody looked at what a grant was used for.", "target"),
  REQUEST_DECIDED(
      "guardrails.request.decided",
      "The filter decided on a request, before its first byte went to the model.",
      "decision"),
  REQUEST_COMPLETED(
      "guardrails.request.completed",
      "The answer to a request ended; carries what was decided on it.",
      "decision"),
  REQUEST_FAILED(
      "guardrails.request.failed", "A request ended without a whole answer, and why.", "reason"),
  POLICY_ACCEPTED(
      "policy.accepted",
      "The operator saw a generation of a resource and took it into account.",
      "target"),
  POLICY_PROGRAMMED("policy.programmed", "Every filter of a model enforces a revision.", "target"),
  POLICY_LOADED("policy.loaded", "A filter put a bundle in force."),
  POLICY_REFUSED("policy.refused", "A filter refused a bundle, and why."),
  LOG_OPENED("log.opened", "A producer began a new epoch."),
  LOG_CLOSED("log.closed", "A producer ended in order; nothing follows in its epoch."),
  LOG_HEARTBEAT("log.heartbeat", "Nothing else happened for a while; the log is alive."),
  LOG_RECOVERED(
      "log.recovered",
      "After a crash, bytes that had never been acknowledged were cut from the end."),
  LOG_KEYROTATED("log.keyrotated", "Checkpoints are signed with another key from here on.", "key"),
  LOG_GAP(
      "log.gap",
      "Events of a producer are missing, and how many; they were never in the log.",
      "producer",
      "missing"),
  LOG_PRODUCERLOST(
      "log.producerlost",
      "A producer vanished without log.closed; tells the last of its events that is in the log.",
      "producer"),
  LOG_PRUNED(
      "log.pruned", "Events older than the retention were removed; their hashes stay.", "before"),
  LOG_HELD("log.held", "A legal hold was set or lifted: while it is set nothing is pruned."),
  LOG_READ("log.read", "Somebody read the log, and what.", "actor");

  private static final Map<String, EventType> BY_WIRE =
      Stream.of(values())
          .collect(Collectors.toUnmodifiableMap(EventType::wire, Function.identity()));

  private final String base;
  private final String wire;
  private final String description;

  @SuppressWarnings("ImmutableEnumChecker") // made by List.of
  private final List<String> needs;

  EventType(String base, String description, String... needs) {
    this.base = base;
    this.wire = base + ".v1";
    this.description = description;
    this.needs = List.of(needs);
  }

  /** CloudEvents {@code type}, with the version of its shape: {@code policy.loaded.v1}. */
  public String wire() {
    return wire;
  }

  public String description() {
    return description;
  }

  /** The members that {@code data} must have. */
  public List<String> needs() {
    return needs;
  }

  /**
   * Whether only Newel's operator may record it: what it did to the cluster, and what it granted.
   * The log refuses it from anybody else.
   */
  public boolean isControl() {
    return base.startsWith("control.")
        || base.startsWith("grant.")
        || this == POLICY_ACCEPTED
        || this == POLICY_PROGRAMMED;
  }

  /**
   * The type with this wire name.
   *
   * @throws IllegalArgumentException when there is none
   */
  public static EventType of(String wire) {
    EventType type = BY_WIRE.get(wire);
    if (type == null) {
      throw new IllegalArgumentException("unknown event type " + wire);
    }
    return type;
  }
}
