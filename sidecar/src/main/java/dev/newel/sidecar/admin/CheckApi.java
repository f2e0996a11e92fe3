package dev.newel.sidecar.admin;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.filter.check.BadTextException;
import dev.newel.filter.check.GivenText;
import dev.newel.filter.check.GivenTexts;
import dev.newel.filter.check.TextJudge;
import dev.newel.filter.protocol.ErrorBody;
import dev.newel.sidecar.bundle.BundleLoader;
import dev.newel.sidecar.bundle.LoadedBundle;
import dev.newel.sidecar.proxy.RequestBody;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * {@code POST /v1/guardrails/check}: judges texts by the policy in force, without the model. One
 * object gives one; an array gives an array; lines ({@code application/x-ndjson}) give lines. Names
 * and meaning are those of {@code newel check}. Nothing is recorded: nothing passes.
 */
final class CheckApi {
  static final String PATH = "/v1/guardrails/check";

  /** The most texts of one request. */
  static final int MOST_TEXTS = 1000;

  /** How many requests are judged at once; those beyond are to come back. */
  static final int MOST_AT_ONCE = 4;

  private static final String JSON = "application/json";
  private static final String LINES = "application/x-ndjson";

  private record Answer(String type, String body) {}

  private final Vertx vertx;
  private final BundleLoader bundles;
  private final Metrics metrics;
  private final int longest;
  private final Semaphore turns = new Semaphore(MOST_AT_ONCE);

  CheckApi(Vertx vertx, BundleLoader bundles, Metrics metrics, int longest) {
    this.vertx = vertx;
    this.bundles = bundles;
    this.metrics = metrics;
    this.longest = longest;
  }

  void handle(HttpServerRequest request) {
    Optional<LoadedBundle> bundle = bundles.active().filter(b -> b.engine().isPresent());
    if (bundle.isEmpty()) {
      refuse(request, 503, "no_bundle", "no policy is in force; GET /bundle says why");
    } else if (!turns.tryAcquire()) {
      refuse(
          request,
          429,
          "too_many_requests",
          MOST_AT_ONCE + " requests are being judged; send fewer at once");
    } else {
      release(request);
      RequestBody.read(
          request,
          longest,
          new RequestBody.Reader() {
            @Override
            public void whole(Buffer body) {
              judge(request, bundle.get(), body);
            }

            @Override
            public void tooLong(Buffer beginning) {
              refuse(request, 413, "too_large", "the most is " + longest + " bytes; send less");
            }
          });
    }
  }

  /** The turn ends with the answer, or when the client goes away before. */
  private void release(HttpServerRequest request) {
    var held = new AtomicBoolean(true);
    HttpServerResponse response = request.response();
    Runnable once =
        () -> {
          if (held.getAndSet(false)) {
            turns.release();
          }
        };
    response.endHandler(_ -> once.run());
    response.closeHandler(_ -> once.run());
    response.exceptionHandler(_ -> once.run());
  }

  private void judge(HttpServerRequest request, LoadedBundle bundle, Buffer body) {
    boolean lines = isLines(request.getHeader("content-type"));
    vertx
        .executeBlocking(() -> judge(bundle, body.getBytes(), lines), false)
        .onSuccess(answer -> {
          if (!request.response().closed()) {
            request
                .response()
                .putHeader("content-type", answer.type())
                .putHeader("x-newel-revision", bundle.revision())
                .end(answer.body());
          }
        })
        .onFailure(e -> {
          if (e instanceof BadTextException) {
            refuse(request, 400, "bad_request", e.getMessage());
          } else {
            refuse(request, 500, "error", "the texts could not be judged");
          }
        });
  }

  private static boolean isLines(String type) {
    String plain = type == null ? "" : type.toLowerCase(Locale.ROOT);
    return plain.startsWith(LINES) || plain.startsWith("application/jsonl");
  }

  private Answer judge(LoadedBundle bundle, byte[] body, boolean lines) throws BadTextException {
    long began = System.nanoTime();
    var judge = new TextJudge(bundle.engine().orElseThrow());
    try {
      if (lines) {
        return new Answer(
            LINES, String.join("\n", all(judge, GivenTexts.lines(body, MOST_TEXTS))) + "\n");
      }
      if (isArray(body)) {
        List<GivenText> texts = GivenTexts.array(body, MOST_TEXTS);
        return new Answer(JSON, "[" + String.join(",", all(judge, texts)) + "]");
      }
      return new Answer(JSON, judge.judge(GivenTexts.one(body, 1)).json());
    } finally {
      metrics.decision("check", System.nanoTime() - began);
    }
  }

  private static List<String> all(TextJudge judge, List<GivenText> texts) {
    return texts.stream().map(t -> judge.judge(t).json()).toList();
  }

  private static boolean isArray(byte[] body) {
    String start = new String(body, 0, Math.min(body.length, 64), UTF_8).stripLeading();
    return start.startsWith("[");
  }

  private static void refuse(HttpServerRequest request, int status, String code, String message) {
    HttpServerResponse response = request.response();
    if (response.ended() || response.closed()) {
      return;
    }
    if (status == 429 || status == 503) {
      response.putHeader("retry-after", "1");
    }
    String type = status < 500 ? "invalid_request_error" : "unavailable";
    response
        .setStatusCode(status)
        .putHeader("content-type", JSON)
        .end(
            ErrorBody.json(
                dev.newel.filter.protocol.Api.CHAT,
                type,
                code,
                message,
                UUID.randomUUID().toString()));
  }
}
