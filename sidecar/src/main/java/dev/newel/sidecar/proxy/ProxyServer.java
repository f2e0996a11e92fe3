package dev.newel.sidecar.proxy;

import dev.newel.filter.Engine;
import dev.newel.filter.protocol.Inspector;
import dev.newel.filter.protocol.Uninspectable;
import dev.newel.policy.Direction;
import dev.newel.sidecar.FilterConfig;
import dev.newel.sidecar.Log;
import dev.newel.sidecar.admin.Metrics;
import dev.newel.sidecar.bundle.BundleLoader;
import dev.newel.sidecar.bundle.LoadedBundle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import java.util.Optional;
import java.util.UUID;

/**
 * Stands between clients and the model: reads a request whole, decides, records, and only then lets
 * its first byte go on. {@link Forwarder} does the same to the answer.
 */
public final class ProxyServer {
  /** The longest request or unstreamed answer. */
  public static final int MAX_BODY = 10 << 20;

  private final Vertx vertx;
  private final FilterConfig config;
  private final BundleLoader bundles;
  private final DecisionAudit audit;
  private final Metrics metrics;
  private final Outcomes outcomes;
  private final Forwarder forwarder;

  public ProxyServer(
      Vertx vertx,
      FilterConfig config,
      BundleLoader bundles,
      DecisionAudit audit,
      Metrics metrics,
      Log log) {
    this.vertx = vertx;
    this.config = config;
    this.bundles = bundles;
    this.audit = audit;
    this.metrics = metrics;
    this.outcomes = new Outcomes(vertx, audit, metrics, log);
    this.forwarder = new Forwarder(vertx, config, audit, metrics, outcomes);
  }

  public Future<HttpServer> listen() {
    var options =
        new HttpServerOptions()
            .setMaxHeaderSize(32 << 10)
            .setMaxInitialLineLength(8 << 10)
            .setIdleTimeout(600)
            .setHandle100ContinueAutomatically(true)
            .setCompressionSupported(false);
    return vertx
        .createHttpServer(options)
        .requestHandler(this::handle)
        .invalidRequestHandler(r -> r.response().setStatusCode(400).end())
        .listen(config.proxyPort());
  }

  /** Completes when what the exchanges so far left behind is in the trail. */
  public Future<?> recorded() {
    return outcomes.recorded();
  }

  private void handle(HttpServerRequest request) {
    String id = UUID.randomUUID().toString();
    request.response().putHeader("x-request-id", id);
    var endpoint = Endpoint.of(request);
    Optional<LoadedBundle> bundle = bundles.active();
    Optional<Engine> engine = bundle.flatMap(LoadedBundle::engine);
    if (engine.isEmpty()) {
      outcomes.noBundle(request, endpoint.api(), id, config.model());
      return;
    }
    var inspector = new Inspector(engine.get(), endpoint.api(), this::uninspected);
    read(new Exchange(request, endpoint, id, bundle.get(), engine.get(), inspector));
  }

  private void uninspected(Uninspectable reason, Long bytes) {
    metrics.uninspected(reason.label(), bytes);
  }

  private void read(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    Optional<Uninspectable> reason = unreadable(request, exchange.endpoint());
    exchange.onGone(() -> outcomes.neverAsked(exchange));
    request.exceptionHandler(_ -> outcomes.neverAsked(exchange));
    RequestBody.read(
        request,
        MAX_BODY,
        body -> {
          exchange.onGone(() -> {});
          if (exchange.endpoint().kind() == Endpoint.Kind.MODELS && reason.isEmpty()) {
            forwarder.forward(exchange, Buffer.buffer());
          } else {
            decide(exchange, body, reason);
          }
        },
        beginning -> tooLarge(exchange, beginning));
  }

  private static Optional<Uninspectable> unreadable(HttpServerRequest request, Endpoint endpoint) {
    if (endpoint.kind() == Endpoint.Kind.UNKNOWN) {
      return Optional.of(Uninspectable.ENDPOINT);
    }
    String encoding = request.getHeader("content-encoding");
    return encoding == null || encoding.equalsIgnoreCase("identity")
        ? Optional.empty()
        : Optional.of(Uninspectable.ENCODING);
  }

  private void tooLarge(Exchange exchange, Buffer beginning) {
    var verdict = Outcomes.tooLarge(Direction.INPUT);
    vertx
        .<Void>executeBlocking(
            () -> {
              audit.decided(
                  exchange.id(), verdict, exchange.bundle().revision(), beginning.getBytes());
              return null;
            },
            false)
        .onSuccess(_ -> outcomes.blocked(exchange, verdict, 413))
        .onFailure(e -> outcomes.failed(exchange, e));
  }

  private void decide(Exchange exchange, Buffer body, Optional<Uninspectable> unreadable) {
    byte[] bytes = body.getBytes();
    vertx
        .executeBlocking(() -> judge(exchange, bytes, unreadable), false)
        .onSuccess(decided -> {
          if (exchange.response().closed()) {
            outcomes.clientGone(exchange, Optional.empty());
          } else if (decided.body().isEmpty()) {
            outcomes.blocked(exchange, decided.verdict(), 403);
          } else {
            forwarder.forward(exchange, Buffer.buffer(decided.body().get()));
          }
        })
        .onFailure(e -> outcomes.failed(exchange, e));
  }

  /** Decides and records; what is returned is durable. */
  private Inspector.Decided judge(
      Exchange exchange, byte[] bytes, Optional<Uninspectable> unreadable) {
    long began = System.nanoTime();
    var decided =
        unreadable
            .map(r -> exchange.inspector().uninspectable(bytes, r, Direction.INPUT))
            .orElseGet(() -> exchange.inspector().inspect(bytes, Direction.INPUT));
    metrics.decision("input", System.nanoTime() - began);
    outcomes.count(decided.verdict());
    audit.decided(exchange.id(), decided.verdict(), exchange.bundle().revision(), bytes);
    return decided;
  }
}
