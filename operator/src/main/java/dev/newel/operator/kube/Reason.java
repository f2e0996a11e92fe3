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
      "Nothing at first; when it stays, read the message."),
  WAITING_FOR_APPROVAL(
      "WaitingForApproval",
      "Fewer people have approved the request than must.",
      "Give the line in `status.approveWith` to somebody who may approve."),
  APPROVALS_VOIDED(
      "ApprovalsVoided",
      "What was approved has changed, so approvals given so far do not count.",
      "Approve anew, with the line in `status.approveWith`."),
  APPROVED("Approved", "Enough people have approved the request.", ""),
  EMERGENCY("Emergency", "The access is given without approvals, as the policy allows.", ""),
  NOT_BEFORE("NotBefore", "The request is approved, and its time has not come.", "Wait."),
  ACTIVE("Active", "The requester has the access.", ""),
  NOT_GRANTED("NotGranted", "The requester has no access yet.", ""),
  EXPIRED("Expired", "The time of the access was up.", ""),
  REVIEW_PENDING(
      "ReviewPending",
      "The access has ended, and somebody else must review it.",
      "Read `status.residual`, then use the line in `status.reviewWith`."),
  REVIEW_OVERDUE(
      "ReviewOverdue",
      "An earlier access of this person was not reviewed in time.",
      "Have it reviewed; the message names it. Emergencies are not blocked."),
  CLOSED("Closed", "The access has ended and was reviewed.", ""),
  DENIED("Denied", "Somebody denied the request.", "Ask who denied it; then create another one."),
  WITHDRAWN("Withdrawn", "The requester withdrew the request.", ""),
  TIMED_OUT(
      "TimedOut",
      "The request was not approved, or could not be started, in time.",
      "Create another one."),
  REVOKED("Revoked", "The access was ended before its time.", ""),
  SUSPENDED(
      "Suspended",
      "The access was taken away, because the role or the grant itself was changed.",
      "Find out who changed it, as the message says; then create another request."),
  GRANT_GONE(
      "GrantGone",
      "The RoleBinding was deleted before its time; it is not made again.",
      "Create another request."),
  RESURRECTED(
      "Resurrected",
      "The audit log says that this has ended, but it was there again, as after a restored backup.",
      "Nothing; it was ended again."),
  POLICY_NOT_FOUND(
      "PolicyNotFound",
      "There is no such BreakGlassPolicy.",
      "`kubectl get bgp` lists those that there are."),
  POLICY_DELETED("PolicyDeleted", "The policy was deleted, which ends all access under it.", ""),
  NAMESPACE_NOT_SELECTED(
      "NamespaceNotSelected",
      "The policy does not hold for this namespace.",
      "Use a policy whose `spec.namespaces` selects it; kube-* and the operator's own never are."),
  ROLE_NOT_OFFERED(
      "RoleNotOffered",
      "The policy does not list the role.",
      "Ask for one of the roles that the message lists."),
  ROLE_NOT_FOUND(
      "RoleNotFound", "There is no such ClusterRole.", "Create it, or correct the name."),
  POWER_NOT_ACCEPTABLE(
      "PowerNotAcceptable",
      "The role has a power that no grant may give.",
      "Take the rule that the message names out of the role, or use another role."),
  RISK_NOT_ACCEPTED(
      "RiskNotAccepted",
      "The role has a power that outlives or widens a grant, and the policy does not accept it.",
      "Add the word that the message names to `acceptRisks`, or use another role."),
  BIND_NOT_PERMITTED(
      "BindNotPermitted",
      "The operator may not bind the role.",
      "Apply the rule in the message, or add the role to `breakGlass.roles` of the chart."),
  TOO_LONG("TooLong", "The policy allows less time.", "Ask for at most what the message says."),
  EMERGENCY_NOT_OFFERED(
      "EmergencyNotOffered",
      "The policy knows no emergency like this.",
      "Ask for what the message says, or without `emergency`."),
  REASON_INSUFFICIENT(
      "ReasonInsufficient",
      "The policy wants another kind of reason.",
      "Write `spec.reason` as the message says, in another request."),
  LIMIT_REACHED(
      "LimitReached",
      "The person has as many requests as the policy allows.",
      "End or withdraw those that the message names."),
  ADMISSION_NOT_ENFORCED(
      "AdmissionNotEnforced",
      "The ValidatingAdmissionPolicies that vouch for decisions are missing or different.",
      "Install the chart anew; decisions made meanwhile do not count.");

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
