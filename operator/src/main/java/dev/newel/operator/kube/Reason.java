package dev.newel.operator.kube;

/**
 * Every reason that a condition can have: what it means, and what to do. {@code
 * docs/reference/conditions.md} is made of this list.
 */
public enum Reason {
  ACCEPTED("Accepted", "The rules can be enforced.", ""),
  INVALID_PATTERN(
      "InvalidPattern",
      "An expression is not in RE2 syntax; the message names it.",
      "Correct the expression; RE2 has no look-around and no back references."),
  UNKNOWN_ENTITY(
      "UnknownEntity",
      "No detector knows an entity; the message lists those known.",
      "Use one of the entities that the message lists."),
  SOURCE_NOT_FOUND(
      "SourceNotFound",
      "A ConfigMap with words, or its key, does not exist.",
      "Create the ConfigMap, or the key in it, that the message names."),
  TOO_COMPLEX(
      "TooComplex",
      "A rule needs more than a filter may hold or hold back.",
      "Shorten the rule or split it, as the message says; or raise `streaming.maxHoldBack`."),
  PROGRAMMED("Programmed", "Every pod that should enforce this does, as its filter reports.", ""),
  PROGRAMMING(
      "Programming",
      "Filters are taking over the change.",
      "Wait. When it lasts, the log of container `newel-filter` says which bundle is "
          + "refused, and why."),
  PARTIALLY_PROGRAMMED(
      "PartiallyProgrammed",
      "Some filters enforce it, some do not yet.",
      "As for `Programming`; `status.pods` says how many are left."),
  NO_TARGETS(
      "NoTargets",
      "The policy selects no model; that is allowed.",
      "Nothing when the models come later; otherwise compare `targets` and "
          + "`namespaceSelector` with the labels of models and namespaces."),
  RESOLVED(
      "Resolved", "The effective policy is the join of all policies that select the model.", ""),
  NO_POLICY(
      "NoPolicy",
      "No policy selects the model, so its filter refuses all traffic.",
      "Create a policy that selects the model, or correct those that the message names."),
  STALE(
      "Stale",
      "A policy cannot be enforced as written; its last good version, as far as there "
          + "is one, stays in force.",
      "Correct the policies that the message names; `Accepted` of each says what is "
          + "wrong with it."),
  AVAILABLE("Available", "The model's pods are available.", ""),
  UNAVAILABLE(
      "Unavailable",
      "Too few of the model's pods are available.",
      "Look at the pods: `kubectl describe pod -l newel.dev/model=NAME`."),
  TEMPLATE_REJECTED(
      "TemplateRejected",
      "The API server refuses the Deployment or its pods, in its own words.",
      "Correct `spec.serving.container.template`, or change what refuses it: quota, "
          + "pod security, an admission policy."),
  NAME_COLLISION(
      "NameCollision",
      "An object of somebody else has the name of a child.",
      "Rename the model, or the object that the message names."),
  CONFIGURED(
      "Configured",
      "The network policies exist; nothing was probed.",
      "Make sure that the cluster's network plugin enforces NetworkPolicy; Newel does "
          + "not probe it yet."),
  NOT_CONFIGURED(
      "NotConfigured",
      "The network policies could not be written.",
      "Read the message; the write is tried again."),
  AUDIT_UNAVAILABLE(
      "AuditUnavailable",
      "Changes cannot be recorded, so none are made.",
      "Make room on the operator's audit volume; it goes on by itself."),
  FORBIDDEN(
      "Forbidden",
      "The operator lacks a permission; the message names verb and resource.",
      "Bring the operator's roles up to date, for example with `helm upgrade`."),
  FAILED(
      "Failed",
      "A write failed; it is tried again.",
      "Nothing at first; when it stays, read the message.");

  private final String wire;
  private final String description;
  private final String remedy;

  Reason(String wire, String description, String remedy) {
    this.wire = wire;
    this.description = description;
    this.remedy = remedy;
  }

  /** As it stands in a condition. */
  public String wire() {
    return wire;
  }

  public String description() {
    return description;
  }

  /** What a person can do; empty when nothing is wrong. */
  public String remedy() {
    return remedy;
  }
}
