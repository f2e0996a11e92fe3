package dev.newel.sidecar.proxy;

import dev.newel.filter.Engine;
import dev.newel.filter.protocol.Inspector;
import dev.newel.filter.protocol.Uninspectable;
import dev.newel.sidecar.FilterConfig;
import dev.newel.sidecar.Limits;
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
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;

/**
 * Stands between clients and the model: reads a request whole, decides, records, and only then lets
 * its first byte go on. {@link Forwarder} does the same to the answer.
 */
public final class ProxyServer {
  private final Vertx vertx;
  private final FilterConfig config;
  private final Limits limits;
  private final BundleLoader bundles;
  private final Metrics metrics;
  private final Outcomes outcomes;
  private final RequestJudge judge;
  private final Forwarder forwarder;
  private final Admission admission;
  private final Connections connections;
  private final Deadlines deadlines;
  private final Optional<Traces> traces;

  public ProxyServer(
      Vertx vertx,
      FilterConfig config,
      BundleLoader bundles,
      DecisionAudit audit,
      Metrics metrics,
      Log log) {
    this.vertx = vertx;
    this.config = config;
    this.limits = config.limits();
    this.bundles = bundles;
    this.metrics = metrics;
    this.outcomes = new Outcomes(vertx, audit, metrics, log);
    this.judge = new RequestJudge(audit, metrics, outcomes, limits.body());
    this.forwarder = new Forwarder(vertx, config, audit, metrics, outcomes);
    long heap = Runtime.getRuntime().maxMemory();
    this.admission = new Admission(limits.requests(), Admission.bytesFor(heap, limits.body()));
    this.connections = new Connections(vertx, limits);
    this.deadlines = new Deadlines(vertx, limits);
    this.traces = config.traces().map(endpoint -> new Traces(vertx, config, endpoint, log));
    metrics.load(admission::requests, admission::buffered);
  }

  public Future<HttpServer> listen() {
    var options =
        new HttpServerOptions()
            .setMaxHeaderSize(32 << 10)
            .setMaxInitialLineLength(8 << 10)
            // The limits of an exchange end first: they can say why.
            .setIdleTimeout(Math.toIntExact(2 * limits.idle().toMillis()))
            .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
            .setHandle100ContinueAutomatically(true)
            .setCompressionSupported(false);
    return vertx
        .createHttpServer(options)
        .connectionHandler(connections::opened)
        .requestHandler(this::handle)
        .invalidRequestHandler(this::invalid)
        .listen(config.proxyPort());
  }

  /** Completes when what the exchanges so far left behind is in the trail. */
  public Future<?> recorded() {
    return outcomes.recorded();
  }

  /** What no head can be made of; the connection ends with it. */
  private void invalid(HttpServerRequest request) {
    refuse(request, Refused.BAD_REQUEST, "The request is not well-formed HTTP.");
  }

  private void refuse(HttpServerRequest request, Refused reason, String message) {
    String id = request.response().headers().get("x-request-id");
    outcomes.refused(
        request,
        Endpoint.of(request).api(),
        id == null ? UUID.randomUUID().toString() : id,
        reason,
        message);
  }

  private void handle(HttpServerRequest request) {
    String id = UUID.randomUUID().toString();
    request.response().putHeader("x-request-id", id);
    Optional<String> problem = RequestHead.problem(request);
    if (problem.isPresent()) {
      refuse(request, Refused.BAD_REQUEST, "The request is not served: " + problem.get() + ".");
      return;
    }
    var endpoint = Endpoint.of(request);
    Optional<LoadedBundle> bundle = bundles.active();
    Optional<Engine> engine = bundle.flatMap(LoadedBundle::engine);
    if (engine.isEmpty()) {
      outcomes.noBundle(request, endpoint.api(), id, config.model());
      return;
    }
    if (!admission.enter()) {
      refuse(
          request,
          Refused.OVERLOADED,
          "%d requests are under way, which is the most; come back.".formatted(limits.requests()));
      return;
    }
    var inspector = new Inspector(engine.get(), endpoint.api(), this::uninspected);
    var exchange =
        new Exchange(request, endpoint, id, bundle.get(), engine.get(), inspector, admission);
    exchange.atTheEnd(admission::leave);
    exchange.atTheEnd(connections.began(request.connection()));
    deadlines.watch(exchange);
    traces.ifPresent(t -> t.begin(exchange));
    read(exchange);
  }

  private void uninspected(Uninspectable reason, Long bytes) {
    metrics.uninspected(reason.label(), bytes);
  }

  private void read(Exchange exchange) {
    HttpServerRequest request = exchange.request();
    Endpoint.Kind kind = exchange.endpoint().kind();
    exchange.onGone(() -> outcomes.neverAsked(exchange));
    request.exceptionHandler(_ -> outcomes.neverAsked(exchange));
    exchange.within(limits.upload(), () -> tooSlow(exchange));
    RequestBody.read(
        request,
        limits.body(),
        new RequestBody.Reader() {
          @Override
          public void whole(Buffer body) {
            if (kind == Endpoint.Kind.MODELS) {
              arrived(exchange);
              forwarder.forward(exchange, Buffer.buffer(), false);
            } else {
              byte[] bytes = body.getBytes();
              decide(exchange, () -> judge.judge(exchange, bytes, kind != Endpoint.Kind.UNKNOWN));
            }
          }

          @Override
          public void tooLong(Buffer beginning) {
            byte[] bytes = beginning.getBytes();
            decide(exchange, () -> judge.tooLong(exchange, bytes));
          }

          @Override
          public boolean hold(int bytes) {
            return exchange.hold(bytes);
          }

          @Override
          public void noRoom() {
            outcomes.refused(
                exchange, Refused.OVERLOADED, "Too many bytes are under way; come back.");
          }
        });
  }

  private void tooSlow(Exchange exchange) {
    exchange.response().putHeader("connection", "close");
    exchange.atTheEnd(() -> exchange.request().connection().close());
    outcomes.refused(exchange, Refused.REQUEST_TIMEOUT, "The request did not arrive in time.");
  }

  private void arrived(Exchange exchange) {
    exchange.onGone(() -> {});
    exchange.within(limits.idle(), () -> {});
  }

  private void decide(Exchange exchange, Callable<RequestJudge.Judged> judging) {
    arrived(exchange);
    vertx
        .executeBlocking(judging, false)
        .onSuccess(judged -> {
          var decided = judged.decided();
          if (exchange.response().closed()) {
            outcomes.clientGone(exchange, Optional.empty());
          } else if (decided.body().isEmpty()) {
            outcomes.blocked(exchange, decided.verdict(), judged.status());
          } else {
            forwarder.forward(exchange, Buffer.buffer(decided.body().get()), judged.coded());
          }
        })
        .onFailure(e -> outcomes.failed(exchange, e));
  }
}
