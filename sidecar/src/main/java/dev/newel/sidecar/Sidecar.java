package dev.newel.sidecar;

import dev.newel.audit.AuditRecorder;
import dev.newel.audit.FileAuditRecorder;
import dev.newel.audit.Producer;
import dev.newel.policy.bundle.BundleVerifier;
import dev.newel.policy.wire.FilterContract;
import dev.newel.sidecar.admin.AdminServer;
import dev.newel.sidecar.admin.Metrics;
import dev.newel.sidecar.bundle.BundleLoader;
import dev.newel.sidecar.proxy.DecisionAudit;
import dev.newel.sidecar.proxy.ProxyServer;
import io.vertx.core.Future;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** One running filter: proxy, admin port and the watch on its bundle. */
public final class Sidecar implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Vertx vertx;
  private final AuditRecorder audit;
  private final BundleLoader bundles;
  private final ScheduledExecutorService poller;
  private final ScheduledFuture<?> polling;
  private final ProxyServer exchanges;
  private final HttpServer proxy;
  private final HttpServer admin;
  private final Duration drain;
  private final AtomicBoolean draining;
  private final AtomicBoolean closed = new AtomicBoolean();

  private Sidecar(
      Vertx vertx,
      AuditRecorder audit,
      BundleLoader bundles,
      ScheduledExecutorService poller,
      ProxyServer exchanges,
      HttpServer proxy,
      HttpServer admin,
      Duration drain,
      AtomicBoolean draining) {
    this.vertx = vertx;
    this.audit = audit;
    this.bundles = bundles;
    this.poller = poller;
    this.polling =
        poller.scheduleWithFixedDelay(
            bundles::poll, POLL.toMillis(), POLL.toMillis(), TimeUnit.MILLISECONDS);
    this.exchanges = exchanges;
    this.proxy = proxy;
    this.admin = admin;
    this.drain = drain;
    this.draining = draining;
  }

  /**
   * Starts a filter; returns when both ports listen. The first bundle may come later.
   *
   * @throws FilterConfig.InvalidException when a port cannot be had
   * @throws IllegalArgumentException when the key is none
   * @throws dev.newel.audit.AuditUnavailableException when nothing can be recorded
   */
  public static Sidecar start(FilterConfig config, Log log, Clock clock) {
    var producer =
        new Producer(
            config.namespace() + "/" + config.pod() + "/" + config.podUid(),
            "/namespaces/" + config.namespace() + "/pods/" + config.pod() + "/filter");
    return start(config, FileAuditRecorder.open(config.auditDir(), producer, clock), log, clock);
  }

  /** As the other, with a trail of the caller's, which the filter closes. */
  static Sidecar start(FilterConfig config, AuditRecorder audit, Log log, Clock clock) {
    Vertx vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(16));
    try {
      var verifier = new BundleVerifier(config.bundleKey());
      var metrics = new Metrics(config.model());
      var bundles =
          new BundleLoader(
              config.bundleDir(), verifier, config.model(), audit, metrics, log, clock);
      bundles.poll();
      var draining = new AtomicBoolean();
      var admin =
          listening(
              new AdminServer(vertx, bundles, metrics, clock, config.limits().body(), draining::get)
                  .listen(config.adminPort()),
              FilterContract.ENV_ADMIN_PORT,
              config.adminPort());
      var decisions = new DecisionAudit(audit, config);
      var exchanges = new ProxyServer(vertx, config, bundles, decisions, metrics, log);
      var proxy = listening(exchanges.listen(), FilterContract.ENV_PROXY_PORT, config.proxyPort());
      log.info(
          "filter.started",
          "model",
          config.model(),
          "proxyPort",
          proxy.actualPort(),
          "adminPort",
          admin.actualPort());
      var poller =
          Executors.newSingleThreadScheduledExecutor(
              Thread.ofPlatform().name("newel-bundle").daemon().factory());
      Duration drain = config.limits().drain();
      return new Sidecar(vertx, audit, bundles, poller, exchanges, proxy, admin, drain, draining);
    } catch (RuntimeException e) {
      await(vertx.close());
      audit.close();
      throw e;
    }
  }

  private static HttpServer listening(Future<HttpServer> server, String setting, int port) {
    try {
      return await(server);
    } catch (CompletionException e) {
      throw new FilterConfig.InvalidException(
          "%s is %d, which cannot be listened on: %s; end what uses it or set another"
              .formatted(setting, port, e.getCause().getMessage()));
    }
  }

  /** Looks at the bundle now instead of at the next turn; returns when what is new is judged. */
  void reload() {
    try {
      poller.submit(bundles::poll).get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  public int proxyPort() {
    return proxy.actualPort();
  }

  public int adminPort() {
    return admin.actualPort();
  }

  /**
   * Says that it is not ready, stops taking requests, lets those in flight end for as long as its
   * limits say, closes the trail.
   */
  @Override
  public void close() {
    if (!closed.compareAndSet(false, true)) {
      return;
    }
    draining.set(true);
    await(proxy.shutdown(drain.toMillis(), TimeUnit.MILLISECONDS));
    await(exchanges.recorded().otherwiseEmpty());
    polling.cancel(false);
    poller.shutdownNow();
    await(vertx.close());
    audit.close();
  }

  private static <T> T await(Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
