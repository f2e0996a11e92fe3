package dev.newel.sidecar.proxy;

import dev.newel.filter.protocol.Inspector;
import dev.newel.filter.protocol.Uninspectable;
import dev.newel.policy.Direction;
import dev.newel.sidecar.admin.Metrics;
import io.vertx.core.http.HttpServerRequest;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Decides on a request and records it. Blocks: not for the event loop. */
final class RequestJudge {
  /**
   * A decided and recorded request.
   *
   * @param status what to answer when it is stopped
   * @param coded whether the body that goes on has the content coding it came with
   */
  record Judged(Inspector.Decided decided, int status, boolean coded) {}

  private final DecisionAudit audit;
  private final Metrics metrics;
  private final Outcomes outcomes;
  private final int limit;

  RequestJudge(DecisionAudit audit, Metrics metrics, Outcomes outcomes, int limit) {
    this.audit = audit;
    this.metrics = metrics;
    this.outcomes = outcomes;
    this.limit = limit;
  }

  /**
   * Judges a body.
   *
   * @param known whether the shapes of the endpoint are known
   * @throws dev.newel.audit.AuditUnavailableException then it may not go on
   */
  Judged judge(Exchange exchange, byte[] body, boolean known) {
    long began = System.nanoTime();
    Judged judged = decide(exchange, body, known);
    metrics.decision("input", System.nanoTime() - began);
    outcomes.count(judged.decided().verdict());
    record(exchange, judged, body);
    return judged;
  }

  /** Stops what is longer than the limit. */
  Judged tooLong(Exchange exchange, byte[] beginning) {
    var judged = tooLong();
    record(exchange, judged, beginning);
    return judged;
  }

  private void record(Exchange exchange, Judged judged, byte[] body) {
    audit.decided(exchange.id(), judged.decided().verdict(), exchange.bundle().revision(), body);
  }

  private Judged decide(Exchange exchange, byte[] body, boolean known) {
    if (!known) {
      return unseen(exchange, body, Uninspectable.ENDPOINT);
    }
    if (!isUnicode(exchange.request())) {
      return unseen(exchange, body, Uninspectable.ENCODING);
    }
    List<String> codings = exchange.request().headers().getAll("content-encoding");
    if (!ContentDecoder.isCoded(codings)) {
      return seen(exchange, body);
    }
    Optional<ContentDecoder> found = ContentDecoder.of(codings, limit);
    if (found.isEmpty()) {
      return unseen(exchange, body, Uninspectable.ENCODING);
    }
    try (ContentDecoder decoder = found.get()) {
      return seen(exchange, decoder.whole(body));
    } catch (ContentDecoder.CodingException e) {
      return e.isTooLong() ? tooLong() : unseen(exchange, body, Uninspectable.ENCODING);
    }
  }

  /**
   * JSON is UTF-8 (RFC 8259, 8.1); a model's server that is told otherwise reads something else.
   */
  private static boolean isUnicode(HttpServerRequest request) {
    String type = Optional.ofNullable(request.getHeader("content-type")).orElse("");
    String plain = type.toLowerCase(Locale.ROOT).replaceAll("[\\s\"']", "");
    return !plain.contains("charset=") || plain.matches(".*charset=(utf-?8|us-ascii)(;.*)?");
  }

  private static Judged seen(Exchange exchange, byte[] body) {
    return new Judged(exchange.inspector().inspect(body, Direction.INPUT), 403, false);
  }

  private static Judged unseen(Exchange exchange, byte[] body, Uninspectable reason) {
    return new Judged(exchange.inspector().uninspectable(body, reason, Direction.INPUT), 403, true);
  }

  private static Judged tooLong() {
    var verdict = Outcomes.tooLarge(Direction.INPUT);
    return new Judged(
        new Inspector.Decided(verdict, Optional.empty(), Optional.empty()), 413, false);
  }
}
