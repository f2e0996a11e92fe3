package dev.newel.operator.breakglass;

import dev.newel.audit.AuditUnavailableException;
import dev.newel.crds.BreakGlassRequest;
import dev.newel.crds.BreakGlassRequestStatus;
import dev.newel.operator.OperatorConfig;
import dev.newel.operator.breakglass.GrantState.Active;
import dev.newel.operator.breakglass.GrantState.Approved;
import dev.newel.operator.breakglass.GrantState.Fresh;
import dev.newel.operator.breakglass.GrantState.Over;
import dev.newel.operator.breakglass.GrantState.Pending;
import dev.newel.operator.breakglass.GrantState.UnderReview;
import dev.newel.operator.breakglass.RequestChecks.Refusal;
import dev.newel.operator.breakglass.RequestDecision.Effect;
import dev.newel.operator.breakglass.RequestDecision.Outcome;
import dev.newel.operator.breakglass.RequestDecision.Transition;
import dev.newel.operator.kube.Applier;
import dev.newel.operator.kube.Applier.Step;
import dev.newel.operator.kube.Child;
import dev.newel.operator.kube.Reason;
import dev.newel.operator.kube.StatusWriter;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.logging.Logger;

/**
 * Takes a request from being asked for to being reviewed. Each step reads everything anew, decides,
 * takes access away if that follows, records what happened, and writes the status; access is given
 * only after the status that announces it has been written.
 */
@ControllerConfiguration(name = "breakglassrequest", generationAwareEventProcessing = false)
public class RequestReconciler implements Reconciler<BreakGlassRequest> {
  private static final Logger LOG = Logger.getLogger(RequestReconciler.class);

  private static final Duration RETRY = Duration.ofSeconds(2);

  /** The server's time is known in whole seconds: near the end it is asked more often. */
  private static final Duration NEAR = Duration.ofMillis(200);

  /** More steps than any request makes at once. */
  private static final int MOST_STEPS = 8;

  private final KubernetesClient client;
  private final Applier applier;
  private final StatusWriter statuses;
  private final GrantLedger ledger;
  private final BreakGlassMetrics metrics;
  private final RequestGathering gathering;
  private final GrantRemoval removal;
  private final Residue residue;
  private final Powers powers;

  public RequestReconciler(
      KubernetesClient client,
      Applier applier,
      StatusWriter statuses,
      GrantLedger ledger,
      BreakGlassMetrics metrics,
      OperatorConfig config) {
    this.client = client;
    this.applier = applier;
    this.statuses = statuses;
    this.ledger = ledger;
    this.metrics = metrics;
    this.gathering = new RequestGathering(client, ledger, config.namespace(), config.user());
    this.removal = new GrantRemoval(client, applier);
    this.residue = new Residue(client);
    this.powers = new Powers(client);
  }

  @Override
  public List<EventSource<?, BreakGlassRequest>> prepareEventSources(
      EventSourceContext<BreakGlassRequest> context) {
    metrics.watch(() -> context.getPrimaryCache().list(), gathering::now);
    return RequestEvents.sources(context);
  }

  @Override
  public UpdateControl<BreakGlassRequest> reconcile(
      BreakGlassRequest seen, Context<BreakGlassRequest> context) {
    try {
      for (int step = 0; step < MOST_STEPS; step++) {
        Optional<RequestInput> input = gathering.gather(seen);
        if (input.isEmpty()) {
          return UpdateControl.noUpdate();
        }
        Outcome outcome = RequestDecision.of(input.get());
        if (!step(input.get(), outcome)) {
          return again(input.get(), outcome);
        }
      }
      return UpdateControl.<BreakGlassRequest>noUpdate().rescheduleAfter(NEAR);
    } catch (KubernetesClientException e) {
      if (e.getCode() != 409) {
        LOG.warnf("event=breakglass.retry request=%s code=%d", seen.reference(), e.getCode());
      }
      return UpdateControl.<BreakGlassRequest>noUpdate()
          .rescheduleAfter(e.getCode() == 409 ? NEAR : RETRY);
    }
  }

  /** Whether it led anywhere, so that it is worth looking again at once. */
  private boolean step(RequestInput in, Outcome outcome) {
    if (outcome.effect() == Effect.REMOVE) {
      remove(in);
    }
    List<String> unrecorded = record(in, outcome);
    Optional<Refusal> failure = Optional.empty();
    if (outcome.effect() == Effect.GRANT) {
      failure =
          unrecorded.isEmpty()
              ? grant(in, (Approved) outcome.state())
              : Optional.of(
                  new Refusal(
                      Reason.AUDIT_UNAVAILABLE,
                      "the grant cannot be recorded, so it is not made; it is tried again"));
    }
    boolean mustBeRecordedFirst =
        !unrecorded.isEmpty() && outcome.effect() != Effect.REMOVE && !isEnd(outcome);
    if (mustBeRecordedFirst) {
      outcome = heldBack(in, outcome);
      failure =
          Optional.of(
              new Refusal(
                  Reason.AUDIT_UNAVAILABLE,
                  "what was decided cannot be recorded, so it does not count yet; it is tried again"));
      unrecorded = List.of();
    }
    var before = in.request().getStatus();
    RequestStatus.Desired desired =
        RequestStatus.of(
            in, outcome, news(in, outcome), residual(in, outcome), unrecorded, failure);
    boolean changed = !desired.status().equals(before);
    statuses.writeIfUnchanged(
        in.request(),
        new BreakGlassRequest(),
        desired.status(),
        desired.conditions().transitions());
    outcome.clear().forEach(key -> clear(in.request(), key));
    boolean made = outcome.effect() == Effect.GRANT && failure.isEmpty();
    if (changed) {
      metrics.count(outcome);
      lag(outcome, before);
      LOG.infof(
          "event=breakglass.step request=%s phase=%s",
          in.request().reference(), outcome.state().phase().text());
    }
    return (changed || made || !outcome.clear().isEmpty()) && failure.isEmpty();
  }

  private static boolean isEnd(Outcome outcome) {
    return outcome.state() instanceof Over || outcome.state() instanceof UnderReview;
  }

  /** As if nobody had decided anything: it waits on the request until it can be recorded. */
  private static Outcome heldBack(RequestInput in, Outcome outcome) {
    return new Outcome(
        GrantState.of(in.request().getStatus()),
        Optional.ofNullable(in.request().getStatus()).map(BreakGlassRequestStatus::basis),
        Optional.ofNullable(in.request().getStatus()).map(BreakGlassRequestStatus::digest),
        List.of(),
        List.of(),
        outcome.note(),
        Effect.NONE);
  }

  private List<String> record(RequestInput in, Outcome outcome) {
    var failed = new ArrayList<String>();
    for (Transition t : outcome.transitions()) {
      try {
        ledger.record(in.request(), t);
      } catch (AuditUnavailableException e) {
        failed.add(t.type().wire());
      }
    }
    var was = in.request().getStatus();
    if (failed.isEmpty()
        && was != null
        && was.unrecorded() != null
        && was.ended() != null
        && was.ended().at() != null) {
      for (String type : was.unrecorded()) {
        try {
          ledger.record(in.request(), late(in, type));
        } catch (AuditUnavailableException e) {
          failed.add(type);
        }
      }
    }
    return failed;
  }

  /** What could not be recorded when it happened. */
  private static Transition late(RequestInput in, String type) {
    var ended = in.request().getStatus().ended();
    return new Transition(
        dev.newel.audit.EventType.of(type),
        in.uid() + "|" + type + "|end",
        Map.of(
            "reason", ended.reason(), "message", ended.message(), "late", true, "at", ended.at()));
  }

  private Optional<Refusal> grant(RequestInput in, Approved approved) {
    BreakGlassRequest request = in.request();
    try {
      Child job = GrantObjects.job(request, in.now(), approved.expiresAt());
      var labels = GrantObjects.labels(request);
      if (in.job().isEmpty()) {
        applier.apply(request, List.of(new Step(job, Optional.empty())), labels, "ends the access");
      }
      Job made =
          client
              .batch()
              .v1()
              .jobs()
              .inNamespace(request.getMetadata().getNamespace())
              .withName(job.name())
              .require();
      if (!Child.isOwned(made, request)) {
        return Optional.of(collision("Job", job.name()));
      }
      // A slow process may have slept since it decided: the server's time is asked once more.
      if (!gathering.now().plusSeconds(1).isBefore(approved.expiresAt())) {
        return Optional.of(
            new Refusal(Reason.TIMED_OUT, "its time is over before it could be given"));
      }
      applier.apply(
          made,
          List.of(new Step(GrantObjects.binding(request), Optional.empty())),
          labels,
          "access that was approved");
      return Optional.empty();
    } catch (Applier.NameCollisionException e) {
      return Optional.of(new Refusal(Reason.NAME_COLLISION, e.getMessage()));
    } catch (AuditUnavailableException e) {
      return Optional.of(new Refusal(Reason.AUDIT_UNAVAILABLE, e.getMessage()));
    } catch (KubernetesClientException e) {
      if (e.getCode() == 409) {
        throw e;
      }
      String words =
          e.getStatus() != null && e.getStatus().getMessage() != null
              ? e.getStatus().getMessage()
              : "HTTP " + e.getCode();
      return Optional.of(new Refusal(e.getCode() == 403 ? Reason.FORBIDDEN : Reason.FAILED, words));
    }
  }

  private static Refusal collision(String kind, String name) {
    return new Refusal(
        Reason.NAME_COLLISION, kind + " " + name + " exists and is not Newel's; delete it");
  }

  private void remove(RequestInput in) {
    in.binding()
        .filter(b -> isOf(b, in))
        .ifPresent(b -> removal.remove(in.request(), b, "access ends"));
    in.job()
        .filter(j -> isOf(j, in))
        .ifPresent(j -> removal.remove(in.request(), j, "access ends"));
  }

  private static boolean isOf(HasMetadata object, RequestInput in) {
    return object.getMetadata().getLabels() != null
        && in.uid().equals(object.getMetadata().getLabels().get(GrantObjects.LABEL));
  }

  private List<String> news(RequestInput in, Outcome outcome) {
    var was = in.request().getStatus();
    if (was != null && was.newForUser() != null) {
      return was.newForUser();
    }
    return outcome.state() instanceof Pending && in.rules().isPresent()
        ? powers.news(
            in.request().getMetadata().getNamespace(),
            in.request().getSpec().requester(),
            in.rules().get())
        : List.of();
  }

  private List<String> residual(RequestInput in, Outcome outcome) {
    var was = in.request().getStatus();
    if (was != null && was.residual() != null) {
      return was.residual();
    }
    if (!(outcome.state() instanceof UnderReview)) {
      return List.of();
    }
    Instant since =
        in.binding()
            .map(b -> Instant.parse(b.getMetadata().getCreationTimestamp()))
            .or(() ->
                Optional.ofNullable(was)
                    .map(BreakGlassRequestStatus::grant)
                    .map(g -> GrantState.time(g.since())))
            .orElse(in.now());
    return residue.of(
        in.request().getMetadata().getNamespace(), in.request().getSpec().requester(), since);
  }

  /** Takes a decision off the request, if it is still the one that was dealt with. */
  private void clear(BreakGlassRequest request, String key) {
    String path = "/metadata/annotations/" + key.replace("/", "~1");
    try {
      client
          .resource(request)
          .patch(
              PatchContext.of(PatchType.JSON),
              Serialization.asJson(
                  List.of(
                      Map.of(
                          "op",
                          "test",
                          "path",
                          path,
                          "value",
                          request.getMetadata().getAnnotations().get(key)),
                      Map.of("op", "remove", "path", path))));
    } catch (KubernetesClientException e) {
      if (e.getCode() != 404 && e.getCode() != 409 && e.getCode() != 422) {
        throw e;
      }
    }
  }

  private void lag(Outcome outcome, BreakGlassRequestStatus before) {
    if (outcome.state() instanceof UnderReview u
        && u.ended().reason().equals(Reason.EXPIRED.wire())
        && before != null
        && before.expiresAt() != null) {
      metrics.endedAfter(
          Duration.between(GrantState.time(before.expiresAt()), GrantState.time(u.ended().at())));
    }
  }

  /** When to look again without being told. */
  private static UpdateControl<BreakGlassRequest> again(RequestInput in, Outcome outcome) {
    Optional<Instant> next =
        switch (outcome.state()) {
          case Fresh _ -> Optional.of(in.now());
          case Pending _ -> in.approveBy();
          case Approved a ->
              Optional.ofNullable(in.request().getSpec().notBefore())
                  .map(Instant::parse)
                  .filter(in.now()::isBefore)
                  .or(() -> Optional.of(in.now()));
          case Active a -> Optional.of(a.expiresAt());
          case UnderReview u -> Optional.empty();
          case Over _ -> Optional.empty();
        };
    boolean unrecorded =
        in.request().getStatus() != null && in.request().getStatus().unrecorded() != null;
    boolean notEnforced = outcome.note().isPresent() && !in.admission().enforced();
    if (unrecorded || notEnforced) {
      next = next.filter(t -> t.isBefore(in.now().plus(RETRY))).or(() -> Optional.of(in.now()));
    }
    if (next.isEmpty()) {
      return UpdateControl.noUpdate();
    }
    Duration left = Duration.between(in.now(), next.get()).minusSeconds(1).plus(NEAR);
    boolean soon = next.get().isAfter(in.now());
    return UpdateControl.<BreakGlassRequest>noUpdate()
        .rescheduleAfter(soon ? (left.compareTo(NEAR) < 0 ? NEAR : left) : RETRY);
  }
}
