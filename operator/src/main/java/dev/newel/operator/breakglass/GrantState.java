package dev.newel.operator.breakglass;

import dev.newel.crds.BreakGlassRequestStatus;
import dev.newel.crds.BreakGlassRequestStatus.Decision;
import dev.newel.crds.BreakGlassRequestStatus.Ended;
import dev.newel.crds.BreakGlassRequestStatus.Grant;
import dev.newel.crds.BreakGlassRequestStatus.Phase;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** How far a request is. The methods of each state are the transitions that it may make. */
sealed interface GrantState {

  Phase phase();

  /** Nobody has looked at it. */
  record Fresh() implements GrantState {
    @Override
    public Phase phase() {
      return Phase.PENDING;
    }

    Pending takenUp() {
      return new Pending(List.of());
    }

    Over refused(Ended why) {
      return new Over(Phase.REFUSED, why, Optional.empty());
    }
  }

  /** Waits for people to approve. */
  record Pending(List<Decision> approvals) implements GrantState {
    public Pending {
      approvals = List.copyOf(approvals);
    }

    @Override
    public Phase phase() {
      return Phase.PENDING;
    }

    Pending approvedBy(Decision decision) {
      var more = new ArrayList<>(approvals);
      more.add(decision);
      return new Pending(more);
    }

    /** How many different people have approved. */
    long people() {
      return approvals.stream().map(d -> Person.of(d.user())).distinct().count();
    }

    Approved agreed(Instant expiresAt) {
      return new Approved(approvals, expiresAt);
    }

    Pending voided() {
      return new Pending(List.of());
    }

    Over ended(Phase phase, Ended why) {
      return new Over(phase, why, Optional.empty());
    }
  }

  /** May be granted; the deadline is fixed, and nothing moves it. */
  record Approved(List<Decision> approvals, Instant expiresAt) implements GrantState {
    public Approved {
      approvals = List.copyOf(approvals);
    }

    @Override
    public Phase phase() {
      return Phase.APPROVED;
    }

    Active granted(Grant grant) {
      return new Active(expiresAt, grant);
    }

    Pending voided() {
      return new Pending(List.of());
    }

    Over ended(Phase phase, Ended why) {
      return new Over(phase, why, Optional.empty());
    }
  }

  /** The requester has the access. */
  record Active(Instant expiresAt, Grant grant) implements GrantState {
    @Override
    public Phase phase() {
      return Phase.ACTIVE;
    }

    UnderReview expired(Ended why, Instant reviewBy) {
      return new UnderReview(Phase.REVIEW_PENDING, why, reviewBy);
    }

    UnderReview revoked(Ended why, Instant reviewBy) {
      return new UnderReview(Phase.REVOKED, why, reviewBy);
    }
  }

  /** The access has ended; somebody else must look at it. */
  record UnderReview(Phase phase, Ended ended, Instant reviewBy) implements GrantState {
    Over reviewedBy(Decision reviewer) {
      return new Over(Phase.CLOSED, ended, Optional.of(reviewer));
    }
  }

  /** Nothing will happen any more. */
  record Over(Phase phase, Ended ended, Optional<Decision> review) implements GrantState {}

  /**
   * As it stands in the status. One that only somebody else can have written counts for nothing: it
   * has no approvals, and its time is over.
   */
  static GrantState of(BreakGlassRequestStatus status) {
    if (status == null || status.phase() == null) {
      return new Fresh();
    }
    List<Decision> approvals =
        status.approvals() == null
            ? List.of()
            : status.approvals().stream().filter(d -> d != null && d.user() != null).toList();
    return switch (status.phase()) {
      case PENDING -> new Pending(approvals);
      case APPROVED -> new Approved(approvals, time(status.expiresAt()));
      case ACTIVE ->
          status.basis() == null
                  || status.basis().policy() == null
                  || status.grant() == null
                  || status.grant().uid() == null
              ? new Active(Instant.EPOCH, new Grant(null, null, null, null))
              : new Active(time(status.expiresAt()), status.grant());
      case REVIEW_PENDING, REVOKED ->
          status.reviewBy() == null
              ? new Over(status.phase(), end(status), Optional.empty())
              : new UnderReview(status.phase(), end(status), time(status.reviewBy()));
      case CLOSED, DENIED, WITHDRAWN, TIMED_OUT, REFUSED ->
          new Over(status.phase(), end(status), Optional.ofNullable(status.review()));
    };
  }

  private static Ended end(BreakGlassRequestStatus status) {
    Ended ended = status.ended();
    return ended == null || ended.reason() == null || ended.message() == null
        ? new Ended("Failed", null, Instant.EPOCH.toString(), "nobody recorded how it ended")
        : ended;
  }

  /** A time of the status; one that cannot be read is long over. */
  static Instant time(String text) {
    try {
      return text == null ? Instant.EPOCH : Instant.parse(text);
    } catch (DateTimeParseException e) {
      return Instant.EPOCH;
    }
  }
}
