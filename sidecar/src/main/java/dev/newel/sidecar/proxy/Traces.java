package dev.newel.sidecar.proxy;

import dev.newel.filter.protocol.Api;
import dev.newel.sidecar.FilterConfig;
import dev.newel.sidecar.Log;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClientAgent;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.net.URI;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HexFormat;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A span for each exchange, sent by OTLP over HTTP in its JSON form
 * (opentelemetry.io/docs/specs/otlp) once a second. A receiver that is slow or away costs spans,
 * never a request. Nothing that a client or a model wrote is in a span: the model's name is that of
 * the deployment.
 */
final class Traces {
  /** W3C Trace Context, version 00. */
  private static final Pattern PARENT =
      Pattern.compile("00-([0-9a-f]{32})-([0-9a-f]{16})-([0-9a-f]{2})");

  private static final int MOST_WAITING = 2048;
  private static final int SERVER = 2;
  private static final int ERROR = 2;

  private final HttpClientAgent client;
  private final RequestOptions receiver;
  private final String model;
  private final String name;
  private final Log log;
  private final Deque<JsonObject> waiting = new ArrayDeque<>();
  private boolean away;

  Traces(Vertx vertx, FilterConfig config, URI endpoint, Log log) {
    this.client = vertx.createHttpClient();
    String path = Optional.ofNullable(endpoint.getRawPath()).orElse("").replaceAll("/+$", "");
    this.receiver =
        new RequestOptions()
            .setMethod(HttpMethod.POST)
            .setHost(endpoint.getHost())
            .setPort(Upstream.port(endpoint))
            .setSsl("https".equals(endpoint.getScheme()))
            .setURI(path + "/v1/traces")
            .setIdleTimeout(10_000)
            .putHeader("content-type", "application/json");
    this.model = config.model();
    this.name = new JsonObject(config.modelInfo()).getString("name", config.model());
    this.log = log;
    vertx.setPeriodic(1000, _ -> flush());
  }

  /** Begins the span of an exchange; the model sees it as its parent. */
  void begin(Exchange exchange) {
    long began = System.currentTimeMillis();
    String header = Optional.ofNullable(exchange.request().getHeader("traceparent")).orElse("");
    Matcher parent = PARENT.matcher(header);
    boolean child = parent.matches() && !parent.group(1).matches("0+");
    String trace = child ? parent.group(1) : random(16);
    String span = random(8);
    exchange.traceparent("00-" + trace + "-" + span + "-" + (child ? parent.group(3) : "01"));
    exchange.atTheEnd(() -> {
      var json =
          new JsonObject()
              .put("traceId", trace)
              .put("spanId", span)
              .put("name", operation(exchange.api()) + " " + name)
              .put("kind", SERVER)
              .put("startTimeUnixNano", began + "000000")
              .put("endTimeUnixNano", System.currentTimeMillis() + "000000")
              .put("attributes", attributes(exchange));
      if (child) {
        json.put("parentSpanId", parent.group(2));
      }
      if (exchange.response().getStatusCode() >= 500) {
        json.put("status", new JsonObject().put("code", ERROR));
      }
      add(json);
    });
  }

  /** Passes on which span the model's work belongs to. */
  static void pass(Exchange exchange, MultiMap headers) {
    exchange.traceparent().ifPresent(parent -> headers.set("traceparent", parent));
  }

  private JsonArray attributes(Exchange exchange) {
    return new JsonArray()
        .add(text("gen_ai.operation.name", operation(exchange.api())))
        .add(text("gen_ai.provider.name", exchange.api().label()))
        .add(text("gen_ai.request.model", name))
        .add(text("newel.model", model))
        .add(text("newel.request.id", exchange.id()))
        .add(text("newel.policy.revision", exchange.bundle().revision()))
        .add(
            new JsonObject()
                .put("key", "http.response.status_code")
                .put(
                    "value",
                    new JsonObject()
                        .put("intValue", Integer.toString(exchange.response().getStatusCode()))));
  }

  private static JsonObject text(String key, String value) {
    return new JsonObject()
        .put("key", key)
        .put("value", new JsonObject().put("stringValue", value));
  }

  /** As the semantic conventions for generative AI name it. */
  private static String operation(Api api) {
    return switch (api) {
      case CHAT, RESPONSES, MESSAGES -> "chat";
      case COMPLETIONS -> "text_completion";
      case EMBEDDINGS -> "embeddings";
    };
  }

  private static String random(int bytes) {
    byte[] out = new byte[bytes];
    ThreadLocalRandom.current().nextBytes(out);
    return HexFormat.of().formatHex(out);
  }

  private synchronized void add(JsonObject span) {
    if (waiting.size() == MOST_WAITING) {
      waiting.removeFirst();
    }
    waiting.addLast(span);
  }

  private synchronized void flush() {
    if (waiting.isEmpty()) {
      return;
    }
    var spans = new JsonArray();
    waiting.forEach(spans::add);
    waiting.clear();
    var resource =
        new JsonObject()
            .put("attributes", new JsonArray().add(text("service.name", "newel-filter")));
    var scope =
        new JsonObject().put("scope", new JsonObject().put("name", "newel")).put("spans", spans);
    var body =
        new JsonObject()
            .put(
                "resourceSpans",
                new JsonArray()
                    .add(
                        new JsonObject()
                            .put("resource", resource)
                            .put("scopeSpans", new JsonArray().add(scope))));
    client
        .request(receiver)
        .compose(r -> r.send(Buffer.buffer(body.encode())))
        .onSuccess(_ -> away = false)
        .onFailure(e -> {
          if (!away) {
            log.warn("traces.not_sent", "error", e.getClass().getSimpleName());
          }
          away = true;
        });
  }
}
