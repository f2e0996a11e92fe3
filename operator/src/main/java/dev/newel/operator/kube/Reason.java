package dev.newel.operator.kube;

/** Every reason that a condition can have. The reference page is made of this list. */
public enum Reason {
  ACCEPTED("Accepted", "The rules can be enforced."),
  INVALID_PATTERN("InvalidPattern", "An expression is not in RE2 syntax; the message names it."),
  UNKNOWN_ENTITY("UnknownEntity", "No detector knows an entity; the message lists those known."),
  SOURCE_NOT_FOUND("SourceNotFound", "A ConfigMap with words, or its key, does not exist."),
  TOO_COMPLEX("TooComplex", "A rule needs more than a filter may hold or hold back."),
  PROGRAMMED("Programmed", "Every pod that should enforce this does, as its filter reports."),
  PROGRAMMING("Programming", "Filters are taking over the change."),
  PARTIALLY_PROGRAMMED("PartiallyProgrammed", "Some filters enforce it, some do not yet."),
  NO_TARGETS("NoTargets", "The policy selects no model; that is allowed."),
  RESOLVED("Resolved", "The effective policy is the join of all policies that select the model."),
  NO_POLICY("NoPolicy", "No policy selects the model, so its filter refuses all traffic."),
  STALE(
      "Stale",
      "A policy cannot be enforced as written; its last good version, as far as there is one, stays"
          + " in force."),
  AVAILABLE("Available", "The model's pods are available."),
  UNAVAILABLE("Unavailable", "Too few of the model's pods are available."),
  TEMPLATE_REJECTED(
      "TemplateRejected", "The API server refuses the Deployment or its pods, in its own words."),
  NAME_COLLISION("NameCollision", "An object of somebody else has the name of a child."),
  CONFIGURED("Configured", "The network policies exist; nothing was probed."),
  NOT_CONFIGURED("NotConfigured", "The network policies could not be written."),
  AUDIT_UNAVAILABLE("AuditUnavailable", "Changes cannot be recorded, so none are made."),
  FORBIDDEN("Forbidden", "The operator lacks a permission; the message names verb and resource."),
  FAILED("Failed", "A write failed; it is tried again.");

  private final String wire;
  private final String description;

  Reason(String wire, String description) {
    this.wire = wire;
    this.description = description;
  }

  /** As it stands in a condition. */
  public String wire() {
    return wire;
  }

  public String description() {
    return description;
  }
}
