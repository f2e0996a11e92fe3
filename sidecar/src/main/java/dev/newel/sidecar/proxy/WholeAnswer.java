package dev.newel.sidecar.proxy;

import dev.newel.filter.protocol.Inspector;
import dev.newel.filter.protocol.Uninspectable;
import dev.newel.filter.protocol.Verdict;
import dev.newel.policy.Action;
import dev.newel.policy.Direction;
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
  private final boolean coded;
  private final DecisionAudit audit;
  private final Metrics metrics;
  private final Outcomes outcomes;
  private final Buffer body = Buffer.buffer();
  private boolean over;

  WholeAnswer(
      Vertx vertx,
      Exchange exchange,
      HttpClientResponse upstream,
      boolean coded,
      DecisionAudit audit,
      Metrics metrics,
      Outcomes outcomes) {
    this.vertx = vertx;
    this.exchange = exchange;
    this.upstream = upstream;
    this.coded = coded;
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
    upstream.handler(this::add);
    upstream.endHandler(_ -> {
      if (!over) {
        // The model's part is done; what is recorded from here on is how it was judged.
        exchange.onGone(() -> {});
        byte[] bytes = body.getBytes();
        decide(() -> judge(bytes));
      }
    });
  }

  private void add(Buffer chunk) {
    if (over) {
      return;
    }
    if (body.length() + chunk.length() > ProxyServer.MAX_BODY) {
      over = true;
      upstream.request().reset();
      decide(() ->
          new Inspector.Decided(
              Outcomes.tooLarge(Direction.OUTPUT), Optional.empty(), Optional.empty()));
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
    var decided =
        coded
            ? exchange.inspector().uninspectable(bytes, Uninspectable.ENCODING, Direction.OUTPUT)
            : bytes.length == 0
                ? nothing(bytes)
                : exchange.inspector().inspect(bytes, Direction.OUTPUT);
    metrics.decision("output", System.nanoTime() - began);
    return decided;
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
      UpstreamHeaders.back(upstream, response);
      response.end(Buffer.buffer(decided.body().get()));
    }
  }
}
