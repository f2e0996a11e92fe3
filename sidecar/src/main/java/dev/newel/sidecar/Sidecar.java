package dev.newel.sidecar;

import dev.newel.audit.AuditRecorder;
import dev.newel.audit.FileAuditRecorder;
import dev.newel.audit.Producer;
import dev.newel.policy.bundle.BundleVerifier;
import dev.newel.sidecar.admin.AdminServer;
import dev.newel.sidecar.admin.Metrics;
import dev.newel.sidecar.bundle.BundleLoader;
import dev.newel.sidecar.proxy.DecisionAudit;
import dev.newel.sidecar.proxy.ProxyServer;
import io.vertx.core.Vertx;
import io.vertx.core.VertxOptions;
import io.vertx.core.http.HttpServer;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/** One running filter: proxy, admin port and the watch on its bundle. */
public final class Sidecar implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(100);

  private final Vertx vertx;
  private final AuditRecorder audit;
  private final ScheduledExecutorService poller;
  private final HttpServer proxy;
  private final HttpServer admin;

  private Sidecar(
      Vertx vertx,
      AuditRecorder audit,
      ScheduledExecutorService poller,
      HttpServer proxy,
      HttpServer admin) {
    this.vertx = vertx;
    this.audit = audit;
    this.poller = poller;
    this.proxy = proxy;
    this.admin = admin;
  }

  /**
   * Starts a filter; returns when both ports listen. The first bundle may come later.
   *
   * @throws IllegalArgumentException when the key is none
   * @throws dev.newel.audit.AuditUnavailableException when nothing can be recorded
   */
  public static Sidecar start(FilterConfig config, Log log, Clock clock) {
    var verifier = new BundleVerifier(config.bundleKey());
    var producer =
        new Producer(
            config.namespace() + "/" + config.pod() + "/" + config.podUid(),
            "/namespaces/" + config.namespace() + "/pods/" + config.pod() + "/filter");
    var audit = FileAuditRecorder.open(config.auditDir(), producer, clock);
    var metrics = new Metrics(config.model());
    var bundles =
        new BundleLoader(config.bundleDir(), verifier, config.model(), audit, metrics, log, clock);
    bundles.poll();
    var poller =
        Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().name("newel-bundle").daemon().factory());
    poller.scheduleWithFixedDelay(
        bundles::poll, POLL.toMillis(), POLL.toMillis(), TimeUnit.MILLISECONDS);
    var vertx = Vertx.vertx(new VertxOptions().setWorkerPoolSize(16));
    var admin = await(new AdminServer(bundles, metrics, clock).listen(vertx, config.adminPort()));
    var proxy =
        await(
            new ProxyServer(vertx, config, bundles, new DecisionAudit(audit, config), metrics, log)
                .listen());
    log.info(
        "filter.started",
        "model",
        config.model(),
        "proxyPort",
        proxy.actualPort(),
        "adminPort",
        admin.actualPort());
    return new Sidecar(vertx, audit, poller, proxy, admin);
  }

  public int proxyPort() {
    return proxy.actualPort();
  }

  public int adminPort() {
    return admin.actualPort();
  }

  /** Stops taking requests, lets those in flight end, closes the trail. */
  @Override
  public void close() {
    await(proxy.shutdown(20, TimeUnit.SECONDS));
    poller.shutdownNow();
    await(vertx.close());
    audit.close();
  }

  private static <T> T await(io.vertx.core.Future<T> future) {
    return future.toCompletionStage().toCompletableFuture().join();
  }
}
