package dev.newel.sidecar.admin;

import dev.newel.sidecar.bundle.BundleLoader;
import dev.newel.sidecar.bundle.LoadedBundle;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.json.JsonObject;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/** The admin port: metrics, health, which bundle is in force, and judging texts by it. */
public final class AdminServer {
  private final Vertx vertx;
  private final BundleLoader bundles;
  private final Metrics metrics;
  private final Clock clock;
  private final CheckApi check;
  private final BooleanSupplier draining;

  public AdminServer(
      Vertx vertx,
      BundleLoader bundles,
      Metrics metrics,
      Clock clock,
      int longestBody,
      BooleanSupplier draining) {
    this.draining = draining;
    this.vertx = vertx;
    this.bundles = bundles;
    this.metrics = metrics;
    this.clock = clock;
    this.check = new CheckApi(vertx, bundles, metrics, longestBody);
  }

  public Future<HttpServer> listen(int port) {
    return vertx
        .createHttpServer(new HttpServerOptions().setIdleTimeout(60))
        .requestHandler(this::handle)
        .invalidRequestHandler(r -> r.response().setStatusCode(400).end())
        .listen(port);
  }

  private void handle(HttpServerRequest request) {
    boolean toCheck = CheckApi.PATH.equals(request.path());
    HttpMethod served = toCheck ? HttpMethod.POST : HttpMethod.GET;
    if (!request.method().equals(served)) {
      request.response().putHeader("allow", served.name());
      answer(request, 405, "text/plain", "only " + served + " is served here\n");
      return;
    }
    if (toCheck) {
      check.handle(request);
      return;
    }
    switch (request.path()) {
      case "/healthz" -> answer(request, 200, "text/plain", "ok\n");
      case "/readyz" -> {
        String closed = closed();
        answer(
            request,
            closed.isEmpty() ? 200 : 503,
            "text/plain",
            closed.isEmpty() ? "ok\n" : closed);
      }
      case "/metrics" ->
          answer(
              request,
              200,
              "text/plain; version=0.0.4; charset=utf-8",
              metrics.page(clock.millis()));
      case "/bundle" -> bundle(request);
      default -> answer(request, 404, "text/plain", "no such page\n");
    }
  }

  /** Why requests are not to be sent here; empty when they are. */
  private String closed() {
    if (draining.getAsBoolean()) {
      return "the filter is ending\n";
    }
    return bundles
        .active()
        .map(b -> b.engine().isPresent() ? "" : "no policy selects the model\n")
        .orElseGet(() -> "no bundle in force: " + bundles.refusal().orElse("") + "\n");
  }

  private void bundle(HttpServerRequest request) {
    var body = new JsonObject();
    Optional<LoadedBundle> active = bundles.active();
    active.ifPresent(b ->
        body.put("revision", b.revision())
            .put("sequence", b.sequence())
            .put("since", b.since().truncatedTo(ChronoUnit.MILLIS).toString()));
    bundles.refusal().ifPresent(r -> body.put("reason", r));
    answer(request, active.isPresent() ? 200 : 404, "application/json", body.encode());
  }

  private static void answer(HttpServerRequest request, int status, String type, String body) {
    request.response().setStatusCode(status).putHeader("content-type", type).end(body);
  }
}
