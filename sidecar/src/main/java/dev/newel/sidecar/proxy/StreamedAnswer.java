package dev.newel.sidecar.proxy;

import dev.newel.filter.protocol.AnswerStream;
import dev.newel.filter.protocol.Verdict;
import dev.newel.policy.Action;
import dev.newel.sidecar.Limits;
import dev.newel.sidecar.admin.Metrics;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerResponse;
import java.util.Optional;

/** An answer that comes as server-sent events: judged piece by piece, at the client's pace. */
final class StreamedAnswer {
  private final Exchange exchange;
  private final HttpClientResponse upstream;
  private final DecisionAudit audit;
  private final Metrics metrics;
  private final Outcomes outcomes;
  private final Optional<ContentDecoder> decoder;
  private final Limits limits;
  private final UpstreamHeaders headers;
  private final AnswerStream answer;

  StreamedAnswer(
      Exchange exchange,
      HttpClientResponse upstream,
      UpstreamHeaders headers,
      Optional<ContentDecoder> decoder,
      Limits limits,
      DecisionAudit audit,
      Metrics metrics,
      Outcomes outcomes) {
    this.exchange = exchange;
    this.upstream = upstream;
    this.headers = headers;
    this.decoder = decoder;
    this.limits = limits;
    this.audit = audit;
    this.metrics = metrics;
    this.outcomes = outcomes;
    this.answer =
        new AnswerStream(
            exchange.engine(),
            exchange.api(),
            exchange.id(),
            exchange.inspector().conversation(),
            (reason, bytes) -> metrics.uninspected(reason.label(), bytes));
  }

  void relay() {
    HttpServerResponse response = exchange.response();
    response.setStatusCode(upstream.statusCode()).setChunked(true);
    headers.back(upstream, response, false);
    decoder.ifPresent(d -> exchange.atTheEnd(d::close));
    exchange.within(
        limits.idle(),
        () -> {
          outcomes.upstreamLate(exchange, Optional.of(answer.verdict()));
          upstream.request().reset();
        });
    exchange.onGone(() -> {
      outcomes.clientGone(exchange, Optional.of(answer.verdict()));
      upstream.request().reset();
    });
    upstream.exceptionHandler(
        e -> outcomes.upstreamFailed(exchange, e, Optional.of(answer.verdict())));
    upstream.handler(this::add);
    upstream.endHandler(_ -> {
      if (!answer.isDone() && ended()) {
        finish(answer.end());
      }
    });
  }

  private void add(Buffer chunk) {
    if (answer.isDone()) {
      // Nothing that follows the end can reach the client.
      upstream.request().reset();
      return;
    }
    exchange.moved();
    Optional<byte[]> plain = decoded(chunk.getBytes());
    if (plain.isEmpty()) {
      upstream.request().reset();
      return;
    }
    long began = System.nanoTime();
    byte[] out = answer.add(plain.get());
    metrics.decision("stream", System.nanoTime() - began);
    metrics.holdback(answer.held());
    if (answer.isDone()) {
      boolean stopped = answer.verdict().action() == Action.BLOCK;
      finish(out);
      if (stopped) {
        upstream.request().reset();
      }
    } else if (out.length > 0) {
      write(out);
    }
  }

  /** Empty when the exchange ends here, because the coding is not what it says. */
  private Optional<byte[]> decoded(byte[] chunk) {
    if (decoder.isEmpty()) {
      return Optional.of(chunk);
    }
    try {
      return Optional.of(decoder.get().add(chunk));
    } catch (ContentDecoder.CodingException e) {
      outcomes.upstreamFailed(exchange, e, Optional.of(answer.verdict()));
      return Optional.empty();
    }
  }

  /** False when the exchange ends here, because the coded stream is not whole. */
  private boolean ended() {
    if (decoder.isPresent()) {
      try {
        decoder.get().end();
      } catch (ContentDecoder.CodingException e) {
        outcomes.upstreamFailed(exchange, e, Optional.of(answer.verdict()));
        return false;
      }
    }
    return true;
  }

  private void write(byte[] out) {
    HttpServerResponse response = exchange.response();
    exchange.write(Buffer.buffer(out));
    if (response.writeQueueFull()) {
      upstream.pause();
      response.drainHandler(_ -> upstream.resume());
    }
  }

  /**
   * The last bytes go out once the end is recorded; without a record the answer stays unfinished.
   */
  private void finish(byte[] last) {
    Verdict verdict = answer.verdict();
    if (!outcomes.passed(exchange, verdict)) {
      return;
    }
    outcomes.count(verdict);
    String revision = exchange.bundle().revision();
    int status = upstream.statusCode();
    outcomes
        .record(exchange, () -> audit.completed(exchange.id(), verdict, revision, status))
        .onSuccess(_ -> {
          if (!exchange.response().closed()) {
            exchange.end(Buffer.buffer(last));
          }
        })
        .onFailure(_ -> exchange.response().reset());
  }
}
