package dev.newel.operator.breakglass;

import dev.newel.audit.EventType;
import dev.newel.crds.BreakGlassRequestStatus;
import dev.newel.crds.BreakGlassRequestStatus.Basis;
import dev.newel.crds.BreakGlassRequestStatus.Decision;
import dev.newel.crds.BreakGlassRequestStatus.Ended;
import dev.newel.crds.BreakGlassRequestStatus.Grant;
import dev.newel.crds.BreakGlassRequestStatus.Phase;
import dev.newel.operator.breakglass.GrantState.Active;
import dev.newel.operator.breakglass.GrantState.Approved;
import dev.newel.operator.breakglass.GrantState.Fresh;
import dev.newel.operator.breakglass.GrantState.Over;
import dev.newel.operator.breakglass.GrantState.Pending;
import dev.newel.operator.breakglass.GrantState.UnderReview;
import dev.newel.operator.breakglass.Inbox.Attempt;
import dev.newel.operator.breakglass.Inbox.Kind;
import dev.newel.operator.breakglass.RequestChecks.Refusal;
import dev.newel.operator.kube.Names;
import dev.newel.operator.kube.Reason;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What follows from what is known about a request. Pure: all judgement is here.
 *
 * <p>The end comes before everything else; then whether the API server vouches for decisions; then
 * whether the request could be granted at all; then whether approvals are still for the same thing;
 * and only then who decided what.
 */
final class RequestDecision {
  /** What the Job may be early by: its controller counts from a start without fractions. */
  private static final Duration EARLY = Duration.ofSeconds(2);

  private static final Duration DEFAULT_REVIEW = Duration.ofHours(24);

  private final RequestInput in;
  private final BreakGlassRequestStatus before;
  private final List<Transition> transitions = new ArrayList<>();
  private final List<String> clear = new ArrayList<>();
  private Optional<Refusal> note = Optional.empty();

  private RequestDecision(RequestInput in) {
    this.in = in;
    this.before = in.request().getStatus();
  }

  /** What is to be done to the cluster. */
  enum Effect {
    NONE,
    /** Make the Job and the RoleBinding, unless they are there. */
    GRANT,
    /** Take both away. */
    REMOVE
  }

  /**
   * Something that the audit log must say, once.
   *
   * @param key equal for the same occurrence, also when it is found again after a crash
   */
  record Transition(EventType type, String key, Map<String, Object> data) {}

  /**
   * The outcome.
   *
   * @param state where the request goes
   * @param basis what the digest is made of from now on
   * @param clear annotations that have been dealt with
   * @param note what people must know besides the state
   */
  record Outcome(
      GrantState state,
      Optional<Basis> basis,
      Optional<String> digest,
      List<Transition> transitions,
      List<String> clear,
      Optional<Refusal> note,
      Effect effect) {}

  static Outcome of(RequestInput in) {
    return new RequestDecision(in).decide();
  }

  private Outcome decide() {
    GrantState state = GrantState.of(before);
    return switch (state) {
      case Fresh s -> in.endedBefore().isPresent() ? endedBefore(state) : fresh(s);
      case Pending s -> in.endedBefore().isPresent() ? endedBefore(state) : pending(s);
      case Approved s -> in.endedBefore().isPresent() ? endedBefore(state) : approved(s);
      case Active s -> in.endedBefore().isPresent() ? endedBefore(state) : active(s);
      case UnderReview s -> underReview(s);
      case Over s -> over(s);
    };
  }

  private Outcome fresh(Fresh fresh) {
    if (!in.admission().enforced()) {
      return notEnforced(fresh);
    }
    Optional<Refusal> refusal = RequestChecks.first(in);
    if (refusal.isPresent()) {
      Ended ended = ended(refusal.get().reason(), null, refusal.get().message());
      record(EventType.GRANT_REFUSED, "request", ended);
      return next(fresh.refused(ended), Effect.NONE);
    }
    record(
        EventType.GRANT_REQUESTED,
        "request",
        Map.of(
            "requester", in.request().getSpec().requester(),
            "role", in.request().getSpec().role(),
            "policy", in.request().getSpec().policy(),
            "duration", in.request().getSpec().duration(),
            "emergency", in.request().getSpec().inEmergency(),
            "digest", in.digest().orElseThrow()));
    return settled(fresh.takenUp());
  }

  private Outcome pending(Pending pending) {
    if (in.approveBy().filter(t -> !in.now().isBefore(t)).isPresent()) {
      return timedOut(
          pending.ended(
              Phase.TIMED_OUT,
              ended(Reason.TIMED_OUT, null, "nobody had approved it by " + in.approveBy().get())));
    }
    if (!in.admission().enforced()) {
      return notEnforced(pending);
    }
    Optional<Refusal> refusal = RequestChecks.first(in);
    if (refusal.isPresent()) {
      Ended ended = ended(refusal.get().reason(), null, refusal.get().message());
      record(EventType.GRANT_REFUSED, "request", ended);
      return next(pending.ended(Phase.REFUSED, ended), Effect.REMOVE);
    }
    Pending current = pending;
    if (changed()) {
      if (!pending.approvals().isEmpty()) {
        voided();
      }
      current = pending.voided();
    }
    for (Attempt attempt : Inbox.of(in.request())) {
      clear.add(attempt.kind().key());
      Optional<String> problem = problem(attempt, in.digest().orElseThrow());
      if (problem.isPresent()) {
        refuse(attempt, problem.get());
        continue;
      }
      switch (attempt.kind()) {
        case DENY -> {
          Ended ended = ended(Reason.DENIED, attempt.user(), "denied by " + name(attempt));
          record(EventType.GRANT_DENIED, "end", ended);
          return next(current.ended(Phase.DENIED, ended), Effect.REMOVE);
        }
        case WITHDRAW -> {
          Ended ended = ended(Reason.WITHDRAWN, attempt.user(), "withdrawn by its requester");
          record(EventType.GRANT_WITHDRAWN, "end", ended);
          return next(current.ended(Phase.WITHDRAWN, ended), Effect.REMOVE);
        }
        case APPROVE -> current = approve(current, attempt);
        case REVOKE, REVIEW -> refuse(attempt, "the request is Pending");
      }
    }
    return settled(current);
  }

  private Pending approve(Pending current, Attempt attempt) {
    Person person = Person.of(attempt.user());
    if (current.approvals().stream().anyMatch(d -> Person.of(d.user()).equals(person))) {
      refuse(attempt, "this person has approved already and counts once");
      return current;
    }
    record(
        EventType.GRANT_APPROVED,
        attempt.digest() + "|" + person.name(),
        Map.of("by", attempt.user(), "digest", attempt.digest()));
    return current.approvedBy(new Decision(attempt.user(), in.now().toString(), attempt.digest()));
  }

  /** Enough people, or an emergency: from here on the deadline stands. */
  private Outcome settled(Pending pending) {
    boolean enough =
        in.request().getSpec().inEmergency()
            || pending.people() >= in.policy().orElseThrow().getSpec().approvals().required();
    if (!enough) {
      return next(pending, Effect.NONE);
    }
    Instant start = notBefore().filter(in.now()::isBefore).orElse(in.now());
    return next(
        pending.agreed(start.plus(TimeSpan.of(in.request().getSpec().duration()))), Effect.NONE);
  }

  private Outcome approved(Approved approved) {
    Optional<RoleBinding> made = ours();
    if (!in.now().isBefore(approved.expiresAt())) {
      return made.isPresent()
          ? expired(approved.granted(grant(made.get())))
          : timedOut(
              approved.ended(
                  Phase.TIMED_OUT,
                  ended(
                      Reason.TIMED_OUT,
                      null,
                      "its time, until " + approved.expiresAt() + ", passed before it was given")));
    }
    if (!in.admission().enforced()) {
      return notEnforced(approved);
    }
    Optional<Refusal> refusal = RequestChecks.first(in);
    if (refusal.isPresent()) {
      Ended ended = ended(refusal.get().reason(), null, refusal.get().message());
      return made.isPresent()
          ? revoked(approved.granted(grant(made.get())), ended)
          : refused(approved, ended);
    }
    if (changed()) {
      if (made.isPresent()) {
        return revoked(
            approved.granted(grant(made.get())),
            ended(Reason.SUSPENDED, null, "what was approved changed while it was given"));
      }
      voided();
      return settledLater(approved.voided());
    }
    for (Attempt attempt : Inbox.of(in.request())) {
      clear.add(attempt.kind().key());
      Optional<String> problem = problem(attempt, in.digest().orElseThrow());
      if (problem.isPresent() || attempt.kind() == Kind.REVIEW || attempt.kind() == Kind.APPROVE) {
        refuse(attempt, problem.orElse("the request is Approved"));
        continue;
      }
      Phase phase =
          switch (attempt.kind()) {
            case DENY -> Phase.DENIED;
            case WITHDRAW -> Phase.WITHDRAWN;
            default -> Phase.REVOKED;
          };
      Ended ended = ended(attempt);
      if (made.isPresent()) {
        return revoked(approved.granted(grant(made.get())), ended);
      }
      record(
          switch (phase) {
            case DENIED -> EventType.GRANT_DENIED;
            case WITHDRAWN -> EventType.GRANT_WITHDRAWN;
            default -> EventType.GRANT_REVOKED;
          },
          "end",
          ended);
      return next(approved.ended(phase, ended), Effect.REMOVE);
    }
    if (notBefore().filter(in.now()::isBefore).isPresent()) {
      return next(approved, Effect.NONE);
    }
    if (made.isPresent()) {
      Optional<String> tampered =
          GrantObjects.tampered(in.request(), made.get(), in.job(), approved.expiresAt());
      if (tampered.isPresent()) {
        return revoked(
            approved.granted(grant(made.get())), ended(Reason.SUSPENDED, null, tampered.get()));
      }
      record(
          EventType.GRANT_ACTIVATED,
          "active",
          Map.of(
              "requester", in.request().getSpec().requester(),
              "role", in.request().getSpec().role(),
              "emergency", in.request().getSpec().inEmergency(),
              "expiresAt", approved.expiresAt().toString()));
      return next(approved.granted(grant(made.get())), Effect.NONE);
    }
    record(
        EventType.GRANT_INTENDED,
        "intent",
        Map.of(
            "requester", in.request().getSpec().requester(),
            "role", in.request().getSpec().role(),
            "digest", in.digest().orElseThrow(),
            "expiresAt", approved.expiresAt().toString()));
    return next(approved, Effect.GRANT);
  }

  private Outcome refused(Approved approved, Ended ended) {
    record(EventType.GRANT_REFUSED, "request", ended);
    return next(approved.ended(Phase.REFUSED, ended), Effect.REMOVE);
  }

  /** The new digest is published first; whoever approves must be able to read it. */
  private Outcome settledLater(Pending pending) {
    Inbox.of(in.request())
        .forEach(a -> {
          clear.add(a.kind().key());
          refuse(a, "what it decides on has changed");
        });
    return next(pending, Effect.REMOVE);
  }

  private Outcome active(Active active) {
    if (!in.now().isBefore(active.expiresAt())) {
      return expired(active);
    }
    Optional<RoleBinding> binding = ours();
    boolean nearEnd = !in.now().plus(EARLY).isBefore(active.expiresAt());
    if (nearEnd && (binding.isEmpty() || in.job().isEmpty())) {
      return expired(active); // the Job was a moment earlier than the operator
    }
    if (binding.isEmpty()) {
      return revoked(
          active,
          ended(Reason.GRANT_GONE, null, "somebody deleted the RoleBinding; it is not made again"));
    }
    Optional<Ended> stop = stop(active, binding.get());
    if (stop.isPresent()) {
      return revoked(active, stop.get());
    }
    if (!in.admission().enforced()) {
      return notEnforced(active);
    }
    for (Attempt attempt : Inbox.of(in.request())) {
      clear.add(attempt.kind().key());
      Optional<String> problem = problem(attempt, before.digest());
      boolean ends = attempt.kind() == Kind.REVOKE || attempt.kind() == Kind.WITHDRAW;
      if (problem.isPresent() || !ends) {
        refuse(attempt, problem.orElse("the request is Active"));
        continue;
      }
      return revoked(active, ended(attempt));
    }
    return next(active, Effect.NONE);
  }

  /** What ends an active grant at once, without anybody's decision. */
  private Optional<Ended> stop(Active active, RoleBinding binding) {
    String policyUid = before.basis().policy().split("/", -1)[0];
    if (in.policy().filter(p -> p.getMetadata().getUid().equals(policyUid)).isEmpty()) {
      return Optional.of(
          ended(Reason.POLICY_DELETED, null, "the policy was deleted, which ends access under it"));
    }
    if (!binding.getMetadata().getUid().equals(active.grant().uid())) {
      return Optional.of(
          ended(Reason.SUSPENDED, null, "the RoleBinding is another one than was made"));
    }
    Optional<String> tampered =
        GrantObjects.tampered(in.request(), binding, in.job(), active.expiresAt());
    if (tampered.isPresent()) {
      return Optional.of(ended(Reason.SUSPENDED, null, tampered.get()));
    }
    boolean same =
        in.rules().map(GrantDigest::role).filter(h -> h.equals(before.basis().role())).isPresent();
    return same
        ? Optional.empty()
        : Optional.of(
            ended(
                Reason.SUSPENDED,
                null,
                "ClusterRole %s is not what was approved any more"
                    .formatted(in.request().getSpec().role())));
  }

  private Outcome underReview(UnderReview state) {
    Effect effect = ours().isPresent() || ourJob() ? Effect.REMOVE : Effect.NONE;
    stray();
    if (!in.admission().enforced()) {
      note = Optional.of(notEnforced());
      return next(state, effect);
    }
    for (Attempt attempt : Inbox.of(in.request())) {
      clear.add(attempt.kind().key());
      Optional<String> problem = problem(attempt, before.digest());
      if (problem.isPresent() || attempt.kind() != Kind.REVIEW) {
        refuse(attempt, problem.orElse("the access has ended"));
        continue;
      }
      record(EventType.GRANT_REVIEWED, "review", Map.of("by", attempt.user()));
      return next(
          state.reviewedBy(new Decision(attempt.user(), in.now().toString(), attempt.digest())),
          effect);
    }
    return next(state, effect);
  }

  private Outcome over(Over state) {
    stray();
    Inbox.of(in.request())
        .forEach(a -> {
          clear.add(a.kind().key());
          refuse(a, "the request is " + state.phase().text());
        });
    return next(state, ours().isPresent() || ourJob() ? Effect.REMOVE : Effect.NONE);
  }

  /** A grant of a request that has ended: somebody brought it back. */
  private void stray() {
    ours()
        .ifPresent(b ->
            record(
                EventType.GRANT_REVOKED,
                "stray|" + b.getMetadata().getUid(),
                Map.of("reason", Reason.RESURRECTED.wire())));
  }

  /** The audit log remembers an end that the cluster has forgotten. */
  private Outcome endedBefore(GrantState state) {
    String how = in.endedBefore().orElseThrow();
    if (ours().isPresent()) {
      Ended ended =
          ended(
              Reason.RESURRECTED,
              null,
              "the audit log says that this ended (%s), and it was there again".formatted(how));
      record(
          EventType.GRANT_REVOKED,
          "resurrected|" + in.request().getMetadata().getResourceVersion(),
          ended);
      return next(new UnderReview(Phase.REVOKED, ended, reviewBy()), Effect.REMOVE);
    }
    Phase phase =
        switch (how) {
          case "grant.denied" -> Phase.DENIED;
          case "grant.withdrawn" -> Phase.WITHDRAWN;
          case "grant.timedout" -> Phase.TIMED_OUT;
          case "grant.refused" -> Phase.REFUSED;
          case "grant.expired" -> Phase.REVIEW_PENDING;
          default -> Phase.REVOKED;
        };
    Reason reason =
        switch (phase) {
          case DENIED -> Reason.DENIED;
          case WITHDRAWN -> Reason.WITHDRAWN;
          case TIMED_OUT -> Reason.TIMED_OUT;
          case REVIEW_PENDING -> Reason.EXPIRED;
          default -> Reason.REVOKED;
        };
    Ended ended = ended(reason, null, "ended before, as the audit log says (" + how + ")");
    boolean used = state instanceof Active || phase == Phase.REVIEW_PENDING;
    return next(
        used
            ? new UnderReview(
                phase == Phase.REVIEW_PENDING ? phase : Phase.REVOKED, ended, reviewBy())
            : new Over(phase, ended, Optional.empty()),
        Effect.REMOVE);
  }

  private Outcome expired(Active active) {
    Ended ended = ended(Reason.EXPIRED, null, "the time was up at " + active.expiresAt());
    record(EventType.GRANT_EXPIRED, "end", ended);
    return next(active.expired(ended, reviewBy()), Effect.REMOVE);
  }

  private Outcome revoked(Active active, Ended ended) {
    record(EventType.GRANT_REVOKED, "end", ended);
    return next(active.revoked(ended, reviewBy()), Effect.REMOVE);
  }

  private Outcome timedOut(Over over) {
    record(EventType.GRANT_TIMED_OUT, "end", over.ended());
    return next(over, Effect.REMOVE);
  }

  private Outcome notEnforced(GrantState state) {
    note = Optional.of(notEnforced());
    return next(state, Effect.NONE);
  }

  private Refusal notEnforced() {
    return new Refusal(
        Reason.ADMISSION_NOT_ENFORCED,
        "no decision counts: "
            + in.admission().problem().orElse("")
            + "; bring the chart's objects back, for example with helm upgrade");
  }

  /** Why a decision does not count, although the API server let it through. */
  private Optional<String> problem(Attempt attempt, String digest) {
    Person requester = Person.of(in.request().getSpec().requester());
    if (!attempt.digest().equals(digest)) {
      return Optional.of("it is for digest " + Shown.text(attempt.digest()) + ", not " + digest);
    }
    if (attempt.user().isEmpty() || Person.of(attempt.user()).isProgram()) {
      return Optional.of("it is of no person");
    }
    boolean self = Person.of(attempt.user()).equals(requester);
    if (attempt.kind() == Kind.WITHDRAW) {
      return attempt.user().equals(in.request().getSpec().requester())
          ? Optional.empty()
          : Optional.of("only the requester withdraws");
    }
    return self ? Optional.of("nobody decides on a request of their own") : Optional.empty();
  }

  /** Whether approvals are for something else than what would be granted now. */
  private boolean changed() {
    return !in.digest().orElseThrow().equals(before.digest());
  }

  private void voided() {
    Basis now = in.basis().orElseThrow();
    Basis was = before.basis();
    String why =
        was == null || !now.policy().equals(was.policy())
            ? "the policy"
            : !now.role().equals(was.role())
                ? "the role's rules"
                : !now.admission().equals(was.admission())
                    ? "the admission policies that vouch for decisions"
                    : "the time to approve";
    note =
        Optional.of(
            new Refusal(
                Reason.APPROVALS_VOIDED,
                why + " changed, so earlier approvals do not count; the digest is a new one"));
    record(
        EventType.GRANT_VOIDED, before.digest() + "|" + in.digest().get(), Map.of("changed", why));
  }

  private Optional<Instant> notBefore() {
    return Optional.ofNullable(in.request().getSpec().notBefore()).map(Instant::parse);
  }

  private Instant reviewBy() {
    return in.now()
        .plus(
            in.policy()
                .map(p -> TimeSpan.of(p.getSpec().review().within()))
                .orElse(DEFAULT_REVIEW));
  }

  /** The RoleBinding, when it is this request's. */
  private Optional<RoleBinding> ours() {
    return in.binding()
        .filter(b ->
            b.getMetadata().getLabels() != null
                && in.uid().equals(b.getMetadata().getLabels().get(GrantObjects.LABEL)));
  }

  private boolean ourJob() {
    return in.job()
        .filter(j ->
            j.getMetadata().getLabels() != null
                && in.uid().equals(j.getMetadata().getLabels().get(GrantObjects.LABEL)))
        .isPresent();
  }

  private Grant grant(RoleBinding binding) {
    return new Grant(
        binding.getMetadata().getName(),
        binding.getMetadata().getUid(),
        in.job().map(j -> j.getMetadata().getUid()).orElse(null),
        binding.getMetadata().getCreationTimestamp());
  }

  private Ended ended(Attempt attempt) {
    return switch (attempt.kind()) {
      case DENY -> ended(Reason.DENIED, attempt.user(), "denied by " + name(attempt));
      case WITHDRAW -> ended(Reason.WITHDRAWN, attempt.user(), "withdrawn by its requester");
      default -> ended(Reason.REVOKED, attempt.user(), "revoked by " + name(attempt));
    };
  }

  private static String name(Attempt attempt) {
    return Shown.text(attempt.user());
  }

  private Ended ended(Reason reason, String by, String message) {
    return new Ended(reason.wire(), by, in.now().toString(), message);
  }

  private void refuse(Attempt attempt, String why) {
    record(
        EventType.GRANT_REFUSED,
        "attempt|" + Names.hash(attempt + why).substring(0, 16),
        Map.of("decision", attempt.kind().word(), "by", Shown.text(attempt.user()), "reason", why));
  }

  private void record(EventType type, String what, Ended ended) {
    var data = new LinkedHashMap<String, Object>();
    data.put("reason", ended.reason());
    data.put("message", ended.message());
    if (ended.by() != null) {
      data.put("by", ended.by());
    }
    record(type, what, data);
  }

  private void record(EventType type, String what, Map<String, Object> data) {
    transitions.add(new Transition(type, in.uid() + "|" + type.wire() + "|" + what, data));
  }

  private Outcome next(GrantState state, Effect effect) {
    boolean open = state instanceof Pending || state instanceof Approved || state instanceof Fresh;
    Basis was = before == null ? null : before.basis();
    String old = before == null ? null : before.digest();
    boolean renew = open && in.admission().enforced() && in.digest().isPresent();
    return new Outcome(
        state,
        renew ? in.basis() : Optional.ofNullable(was),
        renew ? in.digest() : Optional.ofNullable(old),
        List.copyOf(transitions),
        List.copyOf(clear),
        note,
        effect);
  }
}
