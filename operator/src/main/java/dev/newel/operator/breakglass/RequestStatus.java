package dev.newel.operator.breakglass;

import dev.newel.crds.BreakGlassRequest;
import dev.newel.crds.BreakGlassRequestStatus;
import dev.newel.crds.BreakGlassRequestStatus.Decision;
import dev.newel.crds.BreakGlassRequestStatus.Ended;
import dev.newel.crds.BreakGlassRequestStatus.Phase;
import dev.newel.operator.breakglass.GrantState.Active;
import dev.newel.operator.breakglass.GrantState.Approved;
import dev.newel.operator.breakglass.GrantState.Fresh;
import dev.newel.operator.breakglass.GrantState.Over;
import dev.newel.operator.breakglass.GrantState.Pending;
import dev.newel.operator.breakglass.GrantState.UnderReview;
import dev.newel.operator.breakglass.Inbox.Kind;
import dev.newel.operator.breakglass.RequestChecks.Refusal;
import dev.newel.operator.breakglass.RequestDecision.Outcome;
import dev.newel.operator.kube.ConditionSet;
import dev.newel.operator.kube.Reason;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What the status of a request should say, in words with which a person can decide. Pure. */
final class RequestStatus {
  private static final int MOST_LINES = 16;

  private RequestStatus() {}

  record Desired(BreakGlassRequestStatus status, ConditionSet conditions) {}

  /**
   * The status.
   *
   * @param newForUser what the requester cannot do already
   * @param residual what was left behind, once the access has ended
   * @param unrecorded transitions that the audit log did not take
   * @param failure why a grant or a removal did not succeed
   */
  static Desired of(
      RequestInput in,
      Outcome outcome,
      List<String> newForUser,
      List<String> residual,
      List<String> unrecorded,
      Optional<Refusal> failure) {
    BreakGlassRequest request = in.request();
    BreakGlassRequestStatus was = request.getStatus();
    GrantState state = outcome.state();
    var conditions =
        new ConditionSet(
            was == null ? null : was.conditions(),
            request.getMetadata().getGeneration(),
            Clock.fixed(in.now(), ZoneOffset.UTC));
    conditions(conditions, in, outcome, failure);
    boolean fresh = state instanceof Fresh;
    boolean open = state instanceof Pending || state instanceof Approved;
    List<Decision> approvals =
        switch (state) {
          case Pending p -> p.approvals();
          case Approved a -> a.approvals();
          default -> was == null || was.approvals() == null ? List.of() : was.approvals();
        };
    Integer required =
        request.getSpec().inEmergency()
            ? Integer.valueOf(0)
            : in.policy()
                .map(p -> p.getSpec().approvals().required())
                .orElse(was == null ? null : was.approvalsRequired());
    String digest = outcome.digest().orElse(null);
    Optional<Ended> ended =
        switch (state) {
          case UnderReview u -> Optional.of(u.ended());
          case Over o -> Optional.ofNullable(o.ended());
          default -> Optional.empty();
        };
    boolean active = state instanceof Active;
    var status =
        new BreakGlassRequestStatus(
            request.getMetadata().getGeneration(),
            fresh ? null : state.phase(),
            fresh ? null : RequestChecks.words(request) + (active ? " until " + until(state) : ""),
            rules(in, was),
            newForUser.isEmpty() ? null : newForUser,
            fresh ? null : digest,
            fresh ? null : outcome.basis().orElse(null),
            state instanceof Pending ? line(request, Kind.APPROVE, digest) : null,
            open ? line(request, Kind.DENY, digest) : null,
            active ? line(request, Kind.REVOKE, digest) : null,
            state instanceof UnderReview ? line(request, Kind.REVIEW, digest) : null,
            approvals.isEmpty() ? null : approvals,
            fresh ? null : required,
            fresh || required == null ? null : people(approvals) + "/" + required,
            state instanceof Pending ? in.approveBy().map(Object::toString).orElse(null) : null,
            until(state).isEmpty() ? (was == null ? null : was.expiresAt()) : until(state),
            state instanceof Active a ? a.grant() : was == null ? null : was.grant(),
            ended.orElse(null),
            residual.isEmpty() ? null : residual,
            state instanceof UnderReview u ? u.reviewBy().toString() : null,
            state instanceof Over o ? o.review().orElse(null) : null,
            unrecorded.isEmpty() ? null : unrecorded,
            conditions.list());
    return new Desired(status, conditions);
  }

  private static long people(List<Decision> approvals) {
    return approvals.stream().map(d -> Person.of(d.user())).distinct().count();
  }

  private static String until(GrantState state) {
    return switch (state) {
      case Approved a -> a.expiresAt().toString();
      case Active a -> a.expiresAt().toString();
      default -> "";
    };
  }

  private static List<String> rules(RequestInput in, BreakGlassRequestStatus was) {
    boolean frozen = was != null && was.grant() != null;
    if (frozen || in.rules().isEmpty()) {
      return was == null ? null : was.rules();
    }
    List<String> lines = in.rules().get().stream().map(RoleRisks::line).sorted().toList();
    if (lines.size() <= MOST_LINES) {
      return lines;
    }
    var cut = new ArrayList<>(lines.subList(0, MOST_LINES - 1));
    cut.add(
        "and %d more: kubectl get clusterrole %s -o yaml"
            .formatted(lines.size() - MOST_LINES + 1, in.request().getSpec().role()));
    return cut;
  }

  /** A line to paste: names of namespaces and requests hold nothing that a shell would expand. */
  static String line(BreakGlassRequest request, Kind kind, String digest) {
    return ("kubectl -n %s annotate bgr %s %s=\"$(kubectl auth whoami -o"
            + " jsonpath='{.status.userInfo.username}') %s\"")
        .formatted(
            request.getMetadata().getNamespace(),
            request.getMetadata().getName(),
            kind.key(),
            digest);
  }

  private static void conditions(
      ConditionSet conditions, RequestInput in, Outcome outcome, Optional<Refusal> failure) {
    String words = RequestChecks.words(in.request());
    Optional<Refusal> note = outcome.note().or(() -> failure);
    switch (outcome.state()) {
      case Fresh _ -> {
        Refusal why = note.orElse(new Refusal(Reason.FAILED, "not looked at yet"));
        conditions.add("Ready", false, why.reason(), why.message());
      }
      case Pending p -> {
        int required = in.policy().orElseThrow().getSpec().approvals().required();
        Refusal why =
            note.orElse(
                new Refusal(
                    Reason.WAITING_FOR_APPROVAL,
                    "%s; %d of %d have approved; use the line in status.approveWith by %s"
                        .formatted(words, p.people(), required, in.approveBy().orElseThrow())));
        conditions.add("Approved", false, why.reason(), why.message());
        conditions.add("Granted", false, Reason.NOT_GRANTED, "no access is given yet");
        conditions.add("Ready", false, why.reason(), why.message());
      }
      case Approved a -> {
        approved(conditions, in, a.approvals());
        Refusal why =
            note.orElse(
                new Refusal(
                    Reason.NOT_BEFORE,
                    "%s, until %s; it begins %s"
                        .formatted(
                            words,
                            a.expiresAt(),
                            in.request().getSpec().notBefore() == null
                                ? "at once"
                                : "at " + in.request().getSpec().notBefore())));
        conditions.add("Granted", false, why.reason(), why.message());
        conditions.add("Ready", false, why.reason(), why.message());
      }
      case Active a -> {
        var was = in.request().getStatus();
        approved(conditions, in, was.approvals() == null ? List.of() : was.approvals());
        String message =
            "%s, until %s by RoleBinding %s; a watch or an exec that is open then is not cut"
                .formatted(words, a.expiresAt(), a.grant().roleBinding());
        conditions.add("Granted", true, Reason.ACTIVE, message);
        conditions.add(
            "Ready",
            note.isEmpty(),
            note.map(Refusal::reason).orElse(Reason.ACTIVE),
            note.map(Refusal::message).orElse(message));
      }
      case UnderReview u -> {
        Reason reason = reason(u.ended());
        conditions.add("Granted", false, reason, u.ended().message());
        Refusal why =
            note.orElse(
                new Refusal(
                    Reason.REVIEW_PENDING,
                    "%s: %s; what may outlive it stands in status.residual; somebody else reviews it"
                            .formatted(words, u.ended().message())
                        + " by "
                        + u.reviewBy()
                        + " with the line in status.reviewWith"));
        conditions.add("Reviewed", false, why.reason(), why.message());
        conditions.add("Ready", false, why.reason(), why.message());
      }
      case Over o -> over(conditions, o, note);
    }
  }

  private static void over(ConditionSet conditions, Over o, Optional<Refusal> note) {
    Reason reason = o.phase() == Phase.CLOSED ? Reason.CLOSED : reason(o.ended());
    String message =
        o.review()
            .map(r -> o.ended().message() + "; reviewed by " + Shown.text(r.user()))
            .orElseGet(() -> o.ended() == null ? "" : o.ended().message());
    conditions.add("Granted", false, o.ended() == null ? reason : reason(o.ended()), message);
    if (o.phase() == Phase.CLOSED) {
      conditions.add("Reviewed", true, Reason.CLOSED, message);
    }
    conditions.add(
        "Ready",
        o.phase() == Phase.CLOSED && note.isEmpty(),
        note.map(Refusal::reason).orElse(reason),
        note.map(Refusal::message).orElse(message));
  }

  private static void approved(ConditionSet conditions, RequestInput in, List<Decision> approvals) {
    if (in.request().getSpec().inEmergency()) {
      conditions.add(
          "Approved",
          true,
          Reason.EMERGENCY,
          "an emergency: nobody was asked, somebody reviews it");
    } else {
      conditions.add(
          "Approved",
          true,
          Reason.APPROVED,
          "by " + String.join(", ", approvals.stream().map(d -> Shown.text(d.user())).toList()));
    }
  }

  private static Reason reason(Ended ended) {
    return Arrays.stream(Reason.values())
        .filter(r -> ended != null && r.wire().equals(ended.reason()))
        .findFirst()
        .orElse(Reason.REVOKED);
  }
}
