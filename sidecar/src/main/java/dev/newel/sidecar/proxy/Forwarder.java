package dev.newel.sidecar.proxy;

import dev.newel.sidecar.FilterConfig;
import dev.newel.sidecar.admin.Metrics;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.RequestOptions;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Sends a decided request to the model and hands its answer to be judged. */
final class Forwarder {
  private final Vertx vertx;
  private final FilterConfig config;
  private final DecisionAudit audit;
  private final Metrics metrics;
  private final Outcomes outcomes;
  private final HttpClientAgent client;
  private final UpstreamHeaders headers;

  Forwarder(
      Vertx vertx, FilterConfig config, DecisionAudit audit, Metrics metrics, Outcomes outcomes) {
    this.vertx = vertx;
    this.config = config;
    this.audit = audit;
    this.metrics = metrics;
    this.outcomes = outcomes;
    this.client = vertx.createHttpClient(Upstream.options(config), Upstream.pool());
    this.headers = new UpstreamHeaders(config);
  }

  /**
   * Sends it.
   *
   * @param coded whether the body has the content coding it came with
   */
  void forward(Exchange exchange, Buffer body, boolean coded) {
    RequestOptions options;
    try {
      options = options(exchange.request(), body.length(), coded);
      Traces.pass(exchange, options.getHeaders());
    } catch (UncheckedIOException e) {
      outcomes.upstreamFailed(exchange, e, Optional.empty());
      return;
    }
    long began = System.nanoTime();
    client
        .request(options)
        .compose(out -> send(exchange, out, body))
        .onSuccess(response -> {
          metrics.upstream(System.nanoTime() - began);
          relay(exchange, response);
        })
        .onFailure(e -> outcomes.upstreamFailed(exchange, e, Optional.empty()));
  }

  private Future<HttpClientResponse> send(Exchange exchange, HttpClientRequest out, Buffer body) {
    // A client that goes away ends the model's work.
    exchange.onGone(() -> {
      outcomes.clientGone(exchange, Optional.empty());
      out.reset();
    });
    if (exchange.response().closed()) {
      outcomes.clientGone(exchange, Optional.empty());
      out.reset();
    }
    exchange.within(
        config.limits().firstByte(),
        () -> {
          outcomes.upstreamLate(exchange, Optional.empty());
          out.reset();
        });
    return out.send(body);
  }

  private RequestOptions options(HttpServerRequest in, int length, boolean coded) {
    return new RequestOptions()
        .setMethod(in.method())
        .setHost(config.upstream().getHost())
        .setPort(Upstream.port(config.upstream()))
        .setSsl("https".equals(config.upstream().getScheme()))
        .setURI(Upstream.path(config.upstream(), in.path(), in.query()))
        .setConnectTimeout(5_000)
        .setHeaders(headers.of(in, length, coded));
  }

  private void relay(Exchange exchange, HttpClientResponse upstream) {
    String type = Optional.ofNullable(upstream.getHeader("content-type")).orElse("");
    List<String> codings = upstream.headers().getAll("content-encoding");
    boolean coded = ContentDecoder.isCoded(codings);
    // A stream may be as long as it likes; the window bounds what is held of it.
    Optional<ContentDecoder> decoder = ContentDecoder.of(codings, Long.MAX_VALUE);
    if (type.toLowerCase(Locale.ROOT).startsWith("text/event-stream")
        && (!coded || decoder.isPresent())) {
      new StreamedAnswer(
              exchange, upstream, headers, decoder, config.limits(), audit, metrics, outcomes)
          .relay();
    } else {
      new WholeAnswer(vertx, exchange, upstream, headers, config.limits(), audit, metrics, outcomes)
          .relay();
    }
  }
}
