package dev.newel.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.newel.crds.schema.Conditions;
import dev.newel.crds.schema.DeepMerge;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What the operator says about a request. Written by the operator alone. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(value = DeepMerge.class, input = Conditions.SCHEMA)
public record BreakGlassRequestStatus(
    @JsonPropertyDescription(
            "Generation of the spec that this status describes; -1 before the operator has seen it."
                + " Example: 1")
        Long observedGeneration,
    @JsonPropertyDescription(
            "How far it is: Pending, Approved, Active, ReviewPending, Closed; or Denied, Withdrawn,"
                + " TimedOut, Refused, Revoked. Example: Pending")
        Phase phase,
    @JsonPropertyDescription(
            "What would be granted, in words. Example: alice gets view in shop for 30m")
        String summary,
    @JsonPropertyDescription(
            "The role's rules as they would be granted, at most 16 lines. Example: [\"get,list,watch"
                + " pods\"]")
        List<String> rules,
    @JsonPropertyDescription(
            "What of it the requester cannot do already in this namespace, as far as RBAC says of the"
                + " name alone, without groups; at most 16. Example: [\"delete pods\"]")
        List<String> newForUser,
    @JsonPropertyDescription(
            "What an approval approves: the first 16 hexadecimal digits of a hash over all that is"
                + " granted. Example: 1a2b3c4d5e6f7081")
        String digest,
    @JsonPropertyDescription(
            "What the digest was made of besides the request. Example: {policy: 5d7f/3, role:"
                + " 9a8b7c6d5e4f3a2b, admission: 0f1e2d3c4b5a6978}")
        Basis basis,
    @JsonPropertyDescription(
            "The line that approves it, to be typed by somebody who may. Example: kubectl -n shop"
                + " annotate bgr fix-db ...")
        String approveWith,
    @JsonPropertyDescription(
            "The line that denies it for good. Example: kubectl -n shop annotate bgr fix-db ...")
        String denyWith,
    @JsonPropertyDescription(
            "The line that ends it early: of an approver. Example: kubectl -n shop annotate bgr fix-db"
                + " ...")
        String revokeWith,
    @JsonPropertyDescription(
            "The line that closes it after its report was read. Example: kubectl -n shop annotate bgr"
                + " fix-db ...")
        String reviewWith,
    @JsonPropertyDescription(
            "Who approved, and when. Example: [{user: bob, at: 2026-11-24T08:15:00Z}]")
        List<Decision> approvals,
    @JsonPropertyDescription("How many different people must approve. Example: 2")
        Integer approvalsRequired,
    @JsonPropertyDescription("Both numbers, for people. Example: 1/2") String quorum,
    @JsonPropertyDescription("Until when it can be approved. Example: 2026-11-24T08:45:00Z")
        String approveBy,
    @JsonPropertyDescription(
            "When the access ends, whatever happens. Example: 2026-11-24T09:15:00Z")
        String expiresAt,
    @JsonPropertyDescription(
            "The objects that give the access. Example: {roleBinding: newel-bg-fix-db-3f2a, uid:"
                + " 8c0d…}")
        Grant grant,
    @JsonPropertyDescription("How it ended. Example: {reason: Expired, at: 2026-11-24T09:15:00Z}")
        Ended ended,
    @JsonPropertyDescription(
            "What was made in the namespace while the access was active and may outlive it, as far as"
                + " the API tells; at most 16. Example: [\"CronJob/backdoor\"]")
        List<String> residual,
    @JsonPropertyDescription(
            "Until when somebody else must review it; absent when nothing is to be reviewed. Example:"
                + " 2026-11-25T09:15:00Z")
        String reviewBy,
    @JsonPropertyDescription(
            "Who reviewed it, and when. Example: {user: bob, at: 2026-11-24T10:00:00Z}")
        Decision review,
    @JsonPropertyDescription(
            "Transitions that could not be recorded in the audit log yet. Example: [grant.revoked]")
        List<String> unrecorded,
    @JsonPropertyDescription(
            "Approved, Granted, Reviewed, and Ready as their summary. Example: [{type: Ready, status:"
                + " \"True\", reason: Active}]")
        List<Condition> conditions) {

  /** How far a request is. */
  public enum Phase {
    @JsonProperty("Pending")
    PENDING("Pending"),
    @JsonProperty("Approved")
    APPROVED("Approved"),
    @JsonProperty("Active")
    ACTIVE("Active"),
    @JsonProperty("ReviewPending")
    REVIEW_PENDING("ReviewPending"),
    @JsonProperty("Closed")
    CLOSED("Closed"),
    @JsonProperty("Denied")
    DENIED("Denied"),
    @JsonProperty("Withdrawn")
    WITHDRAWN("Withdrawn"),
    @JsonProperty("TimedOut")
    TIMED_OUT("TimedOut"),
    @JsonProperty("Refused")
    REFUSED("Refused"),
    @JsonProperty("Revoked")
    REVOKED("Revoked");

    private final String text;

    Phase(String text) {
      this.text = text;
    }

    /** As it stands in a status. */
    public String text() {
      return text;
    }

    /** Waits or is active: counts against the limit of its requester. */
    public boolean isLive() {
      return this == PENDING || this == APPROVED || this == ACTIVE;
    }
  }

  /** Somebody decided. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Decision(
      @JsonPropertyDescription("User name, as the API server vouched for it. Example: bob")
          String user,
      @JsonPropertyDescription("When it was recorded. Example: 2026-11-24T08:15:00Z") String at,
      @JsonPropertyDescription("The digest it was given for. Example: 1a2b3c4d5e6f7081")
          String digest) {}

  /** What a digest was made of. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Basis(
      @JsonPropertyDescription("Uid and generation of the policy. Example: 5d7f/3") String policy,
      @JsonPropertyDescription("Hash of the role's rules. Example: 9a8b7c6d5e4f3a2b") String role,
      @JsonPropertyDescription(
              "Hash of the identities of the admission policies in force. Example:"
                  + " 0f1e2d3c4b5a6978")
          String admission) {}

  /** What gives the access. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Grant(
      @JsonPropertyDescription(
              "Name of the RoleBinding and of the Job that ends it. Example:"
                  + " newel-bg-fix-db-3f2a")
          String roleBinding,
      @JsonPropertyDescription(
              "Uid of the RoleBinding. Example: 8c0d9b1e-0000-4000-8000-000000000000")
          String uid,
      @JsonPropertyDescription("Uid of the Job. Example: 8c0d9b1e-0000-4000-8000-000000000000")
          String jobUid,
      @JsonPropertyDescription("Since when. Example: 2026-11-24T08:45:00Z") String since) {}

  /** How a request ended. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Ended(
      @JsonPropertyDescription("Why, in one word that programs can rely on. Example: Expired")
          String reason,
      @JsonPropertyDescription("Who ended it; absent when time or the operator did. Example: bob")
          String by,
      @JsonPropertyDescription("When. Example: 2026-11-24T09:15:00Z") String at,
      @JsonPropertyDescription("Why, for people. Example: the time was up") String message) {}
}
