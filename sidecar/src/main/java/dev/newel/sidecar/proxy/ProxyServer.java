package dev.newel.sidecar.proxy;

import dev.newel.audit.AuditUnavailableException;
import dev.newel.filter.Engine;
import dev.newel.filter.protocol.ChatStream;
import dev.newel.filter.protocol.ErrorBody;
import dev.newel.filter.protocol.Inspector;
import dev.newel.filter.protocol.Uninspectable;
import dev.newel.filter.protocol.Verdict;
import dev.newel.policy.Action;
import dev.newel.policy.Direction;
import dev.newel.sidecar.FilterConfig;
import dev.newel.sidecar.Log;
import dev.newel.sidecar.admin.Metrics;
import dev.newel.sidecar.bundle.BundleLoader;
import dev.newel.sidecar.bundle.LoadedBundle;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.RequestOptions;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Stands between clients and the model: reads a request whole, decides, records, and only then lets
 * its first byte go on; does the same to the answer, piece by piece when it is streamed.
 */
public final class ProxyServer {
  /** The longest request or unstreamed answer. */
  public static final int MAX_BODY = 10 << 20;

  private static final String CHAT = "/v1/chat/completions";
  private static final String MODELS = "/v1/models";
  private static final String API = "openai";

  private final Vertx vertx;
  private final FilterConfig config;
  private final BundleLoader bundles;
  private final DecisionAudit audit;
  private final Metrics metrics;
  private final Log log;
  private final HttpClientAgent client;
  private final UpstreamHeaders headers;

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
    this.log = log;
    this.client = vertx.createHttpClient(Upstream.options(config), Upstream.pool());
    this.headers = new UpstreamHeaders(config);
  }

  public Future<HttpServer> listen() {
    var options =
        new HttpServerOptions()
            .setMaxHeaderSize(32 << 10)
            .setMaxInitialLineLength(8 << 10)
            .setIdleTimeout(600)
            .setCompressionSupported(false);
    return vertx
        .createHttpServer(options)
        .requestHandler(this::handle)
        .invalidRequestHandler(r -> r.response().setStatusCode(400).end())
        .listen(config.proxyPort());
  }

  /** One exchange with a client. */
  private record Exchange(
      HttpServerRequest request,
      String id,
      LoadedBundle bundle,
      Engine engine,
      Inspector inspector) {
    HttpServerResponse response() {
      return request.response();
    }
  }

  private void handle(HttpServerRequest request) {
    String id = UUID.randomUUID().toString();
    request.response().putHeader("x-request-id", id);
    Optional<LoadedBundle> bundle = bundles.active();
    Optional<Engine> engine = bundle.flatMap(LoadedBundle::engine);
    if (engine.isEmpty()) {
      refuse(
          request,
          503,
          "no_bundle",
          ErrorBody.json(
              "unavailable",
              "no_bundle",
              "No policy is in force for this model, so nothing may pass. See the conditions of ModelDeployment "
                  + config.model()
                  + ".",
              id));
      return;
    }
    var inspector = new Inspector(engine.get(), this::uninspected);
    var exchange = new Exchange(request, id, bundle.get(), engine.get(), inspector);
    boolean models =
        request.method().equals(HttpMethod.GET)
            && (request.path().equals(MODELS) || request.path().startsWith(MODELS + "/"));
    boolean chat = request.method().equals(HttpMethod.POST) && request.path().equals(CHAT);
    read(
        exchange,
        body -> {
          Optional<Uninspectable> reason = unreadable(exchange, chat || models);
          if (models && reason.isEmpty()) {
            forward(exchange, Buffer.buffer());
          } else {
            decide(exchange, body, reason);
          }
        });
  }

  private void uninspected(Uninspectable reason, Long bytes) {
    metrics.uninspected(reason.label(), bytes);
  }

  private static Optional<Uninspectable> unreadable(Exchange exchange, boolean known) {
    if (!known) {
      return Optional.of(Uninspectable.ENDPOINT);
    }
    String encoding = exchange.request().getHeader("content-encoding");
    return encoding == null || encoding.equalsIgnoreCase("identity")
        ? Optional.empty()
        : Optional.of(Uninspectable.ENCODING);
  }

  /** Reads the body whole, or refuses one that is too long before it is all here. */
  private void read(Exchange exchange, java.util.function.Consumer<Buffer> next) {
    HttpServerRequest request = exchange.request();
    var body = Buffer.buffer();
    boolean[] refused = {false};
    request.exceptionHandler(_ -> metrics.request(API, "client_gone"));
    request.handler(chunk -> {
      if (refused[0]) {
        return;
      }
      if (body.length() + chunk.length() > MAX_BODY) {
        refused[0] = true;
        metrics.request(API, "blocked");
        refuse(
            request,
            413,
            "too_large",
            ErrorBody.json(
                "guardrail_blocked",
                "uninspectable",
                "The body has more than " + MAX_BODY + " bytes, the most that is inspected.",
                exchange.id()));
      } else {
        body.appendBuffer(chunk);
      }
    });
    request.endHandler(_ -> {
      if (!refused[0]) {
        next.accept(body);
      }
    });
  }

  private void decide(Exchange exchange, Buffer body, Optional<Uninspectable> unreadable) {
    exchange.request().pause();
    byte[] bytes = body.getBytes();
    vertx
        .executeBlocking(
            () -> {
              long began = System.nanoTime();
              var decided =
                  unreadable
                      .map(r -> exchange.inspector().uninspectable(bytes, r, Direction.INPUT))
                      .orElseGet(() -> exchange.inspector().inspect(bytes, Direction.INPUT));
              metrics.decision("input", System.nanoTime() - began);
              count(decided.verdict());
              audit.decided(exchange.id(), decided.verdict(), exchange.bundle().revision(), bytes);
              return decided;
            },
            false)
        .onSuccess(decided -> {
          if (decided.body().isEmpty()) {
            blocked(exchange, decided.verdict());
          } else {
            forward(exchange, Buffer.buffer(decided.body().get()));
          }
        })
        .onFailure(e -> failed(exchange, e));
  }

  private void count(Verdict verdict) {
    metrics.inspected(verdict.inspectedBytes());
    verdict.findings().forEach(f -> metrics.finding(f, verdict.direction()));
  }

  private void blocked(Exchange exchange, Verdict verdict) {
    metrics.request(API, "blocked");
    log.info(
        "request.blocked",
        "request",
        exchange.id(),
        "direction",
        verdict.direction(),
        "code",
        verdict.refusal().orElseThrow().code());
    answer(exchange.request(), 403, ErrorBody.json(verdict.refusal().orElseThrow(), exchange.id()));
  }

  private void failed(Exchange exchange, Throwable e) {
    if (e instanceof AuditUnavailableException) {
      log.error("audit.unavailable", "request", exchange.id(), "message", e.getMessage());
      refuse(
          exchange.request(),
          503,
          "audit_unavailable",
          ErrorBody.json(
              "unavailable",
              "audit_unavailable",
              "The decision could not be recorded, so the request may not pass.",
              exchange.id()));
    } else {
      log.error("request.failed", "request", exchange.id(), "error", e.getClass().getName());
      refuse(
          exchange.request(),
          503,
          "error",
          ErrorBody.json(
              "unavailable", "detector_error", "The request could not be judged.", exchange.id()));
    }
  }

  private void forward(Exchange exchange, Buffer body) {
    HttpServerRequest in = exchange.request();
    in.resume();
    long began = System.nanoTime();
    var options =
        new RequestOptions()
            .setMethod(in.method())
            .setHost(config.upstream().getHost())
            .setPort(Upstream.port(config.upstream()))
            .setSsl("https".equals(config.upstream().getScheme()))
            .setURI(Upstream.path(config.upstream(), in.uri()))
            .setConnectTimeout(5_000)
            .setHeaders(headers.of(in, body.length()));
    client
        .request(options)
        .compose(out -> {
          in.response().closeHandler(_ -> cancel(out, in.response()));
          return out.send(body);
        })
        .onSuccess(response -> {
          metrics.upstream(System.nanoTime() - began);
          relay(exchange, response);
        })
        .onFailure(e -> upstreamFailed(exchange, e));
  }

  /** A client that goes away ends the model's work. */
  private static void cancel(HttpClientRequest out, HttpServerResponse response) {
    if (!response.ended()) {
      out.reset();
    }
  }

  private void upstreamFailed(Exchange exchange, Throwable e) {
    if (exchange.response().ended() || exchange.response().closed()) {
      return;
    }
    metrics.upstreamError(e.getClass().getSimpleName());
    log.warn("upstream.failed", "request", exchange.id(), "error", e.getClass().getSimpleName());
    record(() -> audit.failed(exchange.id(), "upstream"));
    if (exchange.response().headWritten()) {
      exchange.request().connection().close();
    } else {
      refuse(
          exchange.request(),
          502,
          "upstream_error",
          ErrorBody.json("unavailable", "upstream", "The model did not answer.", exchange.id()));
    }
  }

  private void relay(Exchange exchange, HttpClientResponse upstream) {
    String type = Optional.ofNullable(upstream.getHeader("content-type")).orElse("");
    String encoding = upstream.getHeader("content-encoding");
    boolean coded = encoding != null && !encoding.equalsIgnoreCase("identity");
    if (type.startsWith("text/event-stream") && !coded) {
      stream(exchange, upstream);
    } else {
      whole(exchange, upstream, coded);
    }
  }

  private void whole(Exchange exchange, HttpClientResponse upstream, boolean coded) {
    var body = Buffer.buffer();
    upstream.exceptionHandler(e -> upstreamFailed(exchange, e));
    upstream.handler(chunk -> {
      if (body.length() + chunk.length() > MAX_BODY) {
        upstream.handler(null);
        upstream.request().reset();
        var refusal =
            exchange
                .inspector()
                .uninspectable(body.getBytes(), Uninspectable.TOO_LARGE, Direction.OUTPUT);
        blocked(
            exchange, refusal.verdict().action() == Action.BLOCK ? refusal.verdict() : tooLong());
      } else {
        body.appendBuffer(chunk);
      }
    });
    upstream.endHandler(_ -> {
      if (exchange.response().ended()) {
        return;
      }
      byte[] bytes = body.getBytes();
      vertx
          .executeBlocking(() -> judgeAnswer(exchange, bytes, coded, upstream.statusCode()), false)
          .onSuccess(decided -> send(exchange, upstream, decided))
          .onFailure(e -> failed(exchange, e));
    });
  }

  private static Verdict tooLong() {
    return new Verdict(
        Direction.OUTPUT,
        Action.BLOCK,
        List.of(),
        0,
        Optional.of(
            new Verdict.Refusal(
                "uninspectable", Uninspectable.TOO_LARGE.message(), Optional.empty())));
  }

  private Inspector.Decided judgeAnswer(
      Exchange exchange, byte[] bytes, boolean coded, int status) {
    long began = System.nanoTime();
    var decided =
        coded
            ? exchange.inspector().uninspectable(bytes, Uninspectable.ENCODING, Direction.OUTPUT)
            : bytes.length == 0
                ? new Inspector.Decided(
                    new Verdict(Direction.OUTPUT, Action.ALLOW, List.of(), 0, Optional.empty()),
                    Optional.of(bytes),
                    Optional.empty())
                : exchange.inspector().inspect(bytes, Direction.OUTPUT);
    metrics.decision("output", System.nanoTime() - began);
    count(decided.verdict());
    audit.completed(exchange.id(), decided.verdict(), exchange.bundle().revision(), status);
    return decided;
  }

  private void send(Exchange exchange, HttpClientResponse upstream, Inspector.Decided decided) {
    if (decided.body().isEmpty()) {
      blocked(exchange, decided.verdict());
      return;
    }
    metrics.request(API, decided.verdict().action() == Action.MASK ? "masked" : "passed");
    HttpServerResponse response = exchange.response();
    response.setStatusCode(upstream.statusCode());
    UpstreamHeaders.back(upstream, response);
    response.end(Buffer.buffer(decided.body().get()));
  }

  private void stream(Exchange exchange, HttpClientResponse upstream) {
    HttpServerResponse response = exchange.response();
    response.setStatusCode(upstream.statusCode()).setChunked(true);
    UpstreamHeaders.back(upstream, response);
    response.headers().remove("content-length");
    var chat = new ChatStream(exchange.engine(), exchange.id(), this::uninspected);
    upstream.exceptionHandler(e -> upstreamFailed(exchange, e));
    upstream.handler(chunk -> {
      if (chat.isDone()) {
        return;
      }
      long began = System.nanoTime();
      byte[] out = chat.add(chunk.getBytes());
      metrics.decision("stream", System.nanoTime() - began);
      metrics.holdback(chat.held());
      if (chat.isDone()) {
        finish(exchange, chat, out, upstream.statusCode());
        upstream.request().reset();
      } else if (out.length > 0) {
        response.write(Buffer.buffer(out));
        if (response.writeQueueFull()) {
          upstream.pause();
          response.drainHandler(_ -> upstream.resume());
        }
      }
    });
    upstream.endHandler(_ -> {
      if (!chat.isDone()) {
        finish(exchange, chat, chat.end(), upstream.statusCode());
      }
    });
  }

  private void finish(Exchange exchange, ChatStream chat, byte[] last, int status) {
    Verdict verdict = chat.verdict();
    count(verdict);
    metrics.request(
        API,
        switch (verdict.action()) {
          case BLOCK -> "blocked";
          case MASK -> "masked";
          default -> "passed";
        });
    Promise<Void> written = Promise.promise();
    record(() -> audit.completed(exchange.id(), verdict, exchange.bundle().revision(), status))
        .onComplete(_ -> {
          if (!exchange.response().closed()) {
            exchange.response().end(Buffer.buffer(last)).onComplete(written);
          }
        });
  }

  /** Records off the event loop; a failure is logged, because what it is about has happened. */
  private Future<Void> record(Runnable what) {
    return vertx
        .<Void>executeBlocking(
            () -> {
              what.run();
              return null;
            },
            false)
        .onFailure(e -> log.error("audit.unavailable", "message", e.getMessage()));
  }

  private void refuse(HttpServerRequest request, int status, String outcome, String body) {
    if (!outcome.equals("too_large")) {
      metrics.request(API, outcome);
    }
    if (status == 413) {
      request.response().putHeader("connection", "close");
    }
    answer(request, status, body);
  }

  private static void answer(HttpServerRequest request, int status, String body) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (status == 503 || status == 429) {
      response.putHeader("retry-after", "1");
    }
    response.setStatusCode(status).putHeader("content-type", "application/json").end(body);
  }
}
