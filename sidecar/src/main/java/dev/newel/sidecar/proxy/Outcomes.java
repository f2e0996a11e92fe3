package dev.newel.sidecar.proxy;

import dev.newel.audit.AuditUnavailableException;
import dev.newel.filter.protocol.Api;
import dev.newel.filter.protocol.ErrorBody;
import dev.newel.filter.protocol.Uninspectable;
import dev.newel.filter.protocol.Verdict;
import dev.newel.policy.Action;
import dev.newel.policy.Direction;
import dev.newel.sidecar.Log;
import dev.newel.sidecar.admin.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeoutException;

/**
 * How exchanges end: each way is one method that counts, logs, records and answers. Of the ways an
 * exchange might end, the first counts.
 */
final class Outcomes {
  private final Vertx vertx;
  private final DecisionAudit audit;
  private final Metrics metrics;
  private final Log log;
  private final Set<Future<Void>> pending = ConcurrentHashMap.newKeySet();

  Outcomes(Vertx vertx, DecisionAudit audit, Metrics metrics, Log log) {
    this.vertx = vertx;
    this.audit = audit;
    this.metrics = metrics;
    this.log = log;
  }

  /** Counts what a decision rests on. */
  void count(Verdict verdict) {
    metrics.inspected(verdict.inspectedBytes());
    verdict.findings().forEach(f -> metrics.finding(f, verdict.direction()));
  }

  /** A verdict on something that is longer than what is ever held: it cannot pass. */
  static Verdict tooLarge(Direction direction) {
    return new Verdict(
        direction,
        Action.BLOCK,
        List.of(),
        0,
        Optional.of(
            new Verdict.Refusal(
                "uninspectable", Uninspectable.TOO_LARGE.message(), Optional.empty())));
  }

  /** Nothing of the request is looked at: it is malformed, or there is no room for it. */
  void refused(HttpServerRequest request, Api api, String id, Refused reason, String message) {
    metrics.request(api.label(), reason.code());
    log.info("request.refused", "request", id, "code", reason.code(), "message", message);
    Answers.send(request.response(), reason.status(), reason.body(api, message, id));
  }

  /** The client took too long to send the request, or there is no room to hold it. */
  void refused(Exchange exchange, Refused reason, String message) {
    if (exchange.settle()) {
      metrics.request(exchange.api().label(), reason.code());
      log.info("request.refused", "request", exchange.id(), "code", reason.code());
      exchange.answer(reason.status(), reason.body(exchange.api(), message, exchange.id()));
    }
  }

  /** No policy is in force. */
  void noBundle(HttpServerRequest request, Api api, String id, String model) {
    metrics.request(api.label(), "no_bundle");
    String message =
        "No policy is in force for this model, so nothing may pass. See the conditions of"
            + " ModelDeployment "
            + model
            + ".";
    Answers.send(
        request.response(), 503, ErrorBody.json(api, "unavailable", "no_bundle", message, id));
  }

  /** Policy stops the request or its answer. */
  void blocked(Exchange exchange, Verdict verdict, int status) {
    if (!exchange.settle()) {
      return;
    }
    Verdict.Refusal refusal = verdict.refusal().orElseThrow();
    metrics.request(exchange.api().label(), "blocked");
    log.info(
        "request.blocked",
        "request",
        exchange.id(),
        "direction",
        verdict.direction(),
        "code",
        refusal.code());
    exchange.answer(status, ErrorBody.json(exchange.api(), refusal, exchange.id()));
  }

  /** The answer passes, as it was or masked; false when the exchange has ended otherwise. */
  boolean passed(Exchange exchange, Verdict verdict) {
    if (!exchange.settle()) {
      return false;
    }
    metrics.request(
        exchange.api().label(),
        switch (verdict.action()) {
          case BLOCK -> "blocked";
          case MASK -> "masked";
          case ALLOW, DETECT -> "passed";
        });
    return true;
  }

  /** Judging or recording failed. */
  void failed(Exchange exchange, Throwable e) {
    if (!exchange.settle()) {
      return;
    }
    if (e instanceof AuditUnavailableException) {
      log.error("audit.unavailable", "request", exchange.id(), "message", e.getMessage());
      metrics.request(exchange.api().label(), "audit_unavailable");
      unavailable(
          exchange,
          503,
          "audit_unavailable",
          "The decision could not be recorded, so the request may not pass.");
    } else {
      log.error("request.failed", "request", exchange.id(), "error", e.getClass().getName());
      metrics.request(exchange.api().label(), "error");
      unavailable(exchange, 503, "detector_error", "The request could not be judged.");
    }
  }

  /**
   * The model gives no answer, or no whole one.
   *
   * @param soFar what was decided on the part that came
   */
  void upstreamFailed(Exchange exchange, Throwable e, Optional<Verdict> soFar) {
    Refused reason = e instanceof TimeoutException ? Refused.UPSTREAM_TIMEOUT : Refused.UPSTREAM;
    upstreamFailed(exchange, reason, e.getClass().getSimpleName(), soFar);
  }

  /** The model took too long to begin its answer, or to go on with it. */
  void upstreamLate(Exchange exchange, Optional<Verdict> soFar) {
    upstreamFailed(exchange, Refused.UPSTREAM_TIMEOUT, "Late", soFar);
  }

  private void upstreamFailed(
      Exchange exchange, Refused reason, String error, Optional<Verdict> soFar) {
    if (!exchange.settle()) {
      return;
    }
    metrics.upstreamError(error);
    metrics.request(
        exchange.api().label(), reason == Refused.UPSTREAM ? "upstream_error" : reason.code());
    log.warn("upstream.failed", "request", exchange.id(), "error", error);
    ended(exchange, reason.code(), soFar)
        .onComplete(_ -> {
          if (exchange.response().headWritten()) {
            exchange.response().reset();
          } else {
            exchange.answer(
                reason.status(),
                reason.body(exchange.api(), "The model did not answer.", exchange.id()));
          }
        });
  }

  /** The client does not wait for the answer. */
  void clientGone(Exchange exchange, Optional<Verdict> soFar) {
    if (exchange.settle()) {
      metrics.request(exchange.api().label(), "client_gone");
      Future<Void> _ = ended(exchange, "client_gone", soFar);
    }
  }

  /** The client went away before its request was all here: there is nothing to record. */
  void neverAsked(Exchange exchange) {
    if (exchange.settle()) {
      metrics.request(exchange.api().label(), "client_gone");
    }
  }

  private Future<Void> ended(Exchange exchange, String reason, Optional<Verdict> soFar) {
    soFar.ifPresent(this::count);
    String revision = exchange.bundle().revision();
    return record(exchange, () -> audit.failed(exchange.id(), reason, soFar, revision));
  }

  /** Records off the event loop. */
  Future<Void> record(Exchange exchange, Runnable what) {
    Future<Void> recorded =
        vertx.executeBlocking(
            () -> {
              what.run();
              return null;
            },
            false);
    pending.add(recorded);
    return recorded
        .onComplete(_ -> pending.remove(recorded))
        .onFailure(e ->
            log.error("audit.unavailable", "request", exchange.id(), "message", e.getMessage()));
  }

  /** Completes when everything that is being recorded now is recorded, or has failed to be. */
  Future<?> recorded() {
    return Future.join(List.copyOf(pending));
  }

  private static void unavailable(Exchange exchange, int status, String code, String message) {
    exchange.answer(
        status, ErrorBody.json(exchange.api(), "unavailable", code, message, exchange.id()));
  }
}
