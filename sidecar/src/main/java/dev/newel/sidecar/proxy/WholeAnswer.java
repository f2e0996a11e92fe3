package dev.newel.sidecar.proxy;

import dev.newel.filter.protocol.Inspector;
import dev.newel.filter.protocol.Uninspectable;
import dev.newel.filter.protocol.Verdict;
import dev.newel.policy.Action;
import dev.newel.policy.Direction;
import dev.newel.sidecar.Limits;
import dev.newel.sidecar.admin.Metrics;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Optional;

/** An answer that comes in one piece: read whole, judged, recorded, and only then sent. */
final class WholeAnswer {
  private final Vertx vertx;
  private final Exchange exchange;
  private final HttpClientResponse upstream;
  private final UpstreamHeaders headers;
  private final Limits limits;
  private final DecisionAudit audit;
  private final Metrics metrics;
  private final Outcomes outcomes;
  private final Buffer body = Buffer.buffer();
  private boolean over;

  /** Whether it passes in a coding that was not undone; set before it is sent. */
  private boolean asSent;

  WholeAnswer(
      Vertx vertx,
      Exchange exchange,
      HttpClientResponse upstream,
      UpstreamHeaders headers,
      Limits limits,
      DecisionAudit audit,
      Metrics metrics,
      Outcomes outcomes) {
    this.vertx = vertx;
    this.exchange = exchange;
    this.upstream = upstream;
    this.headers = headers;
    this.limits = limits;
    this.audit = audit;
    this.metrics = metrics;
    this.outcomes = outcomes;
  }

  void relay() {
    upstream.exceptionHandler(e -> {
      if (!over) {
        outcomes.upstreamFailed(exchange, e, Optional.empty());
      }
    });
    exchange.within(
        limits.idle(),
        () -> {
          over = true;
          outcomes.upstreamLate(exchange, Optional.empty());
          upstream.request().reset();
        });
    upstream.handler(this::add);
    upstream.endHandler(_ -> {
      if (!over) {
        // The model's part is done; what is recorded from here on is how it was judged.
        exchange.onGone(() -> {});
        exchange.within(limits.idle(), () -> {});
        byte[] bytes = body.getBytes();
        decide(() -> judge(bytes));
      }
    });
  }

  private void add(Buffer chunk) {
    if (over) {
      return;
    }
    exchange.moved();
    if (body.length() + chunk.length() > limits.body()) {
      over = true;
      upstream.request().reset();
      decide(WholeAnswer::tooLong);
    } else if (!exchange.hold(chunk.length())) {
      over = true;
      upstream.request().reset();
      outcomes.refused(exchange, Refused.OVERLOADED, "Too many bytes are under way; come back.");
    } else {
      body.appendBuffer(chunk);
    }
  }

  private void decide(java.util.concurrent.Callable<Inspector.Decided> judge) {
    vertx
        .executeBlocking(
            () -> {
              var decided = judge.call();
              outcomes.count(decided.verdict());
              audit.completed(
                  exchange.id(),
                  decided.verdict(),
                  exchange.bundle().revision(),
                  upstream.statusCode());
              return decided;
            },
            false)
        .onSuccess(this::send)
        .onFailure(e -> outcomes.failed(exchange, e));
  }

  private Inspector.Decided judge(byte[] bytes) {
    long began = System.nanoTime();
    var decided = decided(bytes);
    metrics.decision("output", System.nanoTime() - began);
    return decided;
  }

  private Inspector.Decided decided(byte[] bytes) {
    if (bytes.length == 0) {
      return nothing(bytes);
    }
    List<String> codings = upstream.headers().getAll("content-encoding");
    if (!ContentDecoder.isCoded(codings)) {
      return exchange.inspector().inspect(bytes, Direction.OUTPUT);
    }
    Optional<ContentDecoder> found = ContentDecoder.of(codings, limits.body());
    if (found.isPresent()) {
      try (ContentDecoder decoder = found.get()) {
        return exchange.inspector().inspect(decoder.whole(bytes), Direction.OUTPUT);
      } catch (ContentDecoder.CodingException e) {
        if (e.isTooLong()) {
          return tooLong();
        }
      }
    }
    asSent = true;
    return exchange.inspector().uninspectable(bytes, Uninspectable.ENCODING, Direction.OUTPUT);
  }

  private static Inspector.Decided tooLong() {
    return new Inspector.Decided(
        Outcomes.tooLarge(Direction.OUTPUT), Optional.empty(), Optional.empty());
  }

  private static Inspector.Decided nothing(byte[] empty) {
    return new Inspector.Decided(
        new Verdict(Direction.OUTPUT, Action.ALLOW, List.of(), 0, Optional.empty()),
        Optional.of(empty),
        Optional.empty());
  }

  private void send(Inspector.Decided decided) {
    if (decided.body().isEmpty()) {
      outcomes.blocked(exchange, decided.verdict(), 403);
    } else if (outcomes.passed(exchange, decided.verdict())) {
      HttpServerResponse response = exchange.response();
      response.setStatusCode(upstream.statusCode());
      byte[] out = decided.body().get();
      headers.back(upstream, response, asSent);
      exchange.end(Buffer.buffer(out));
    }
  }
}
