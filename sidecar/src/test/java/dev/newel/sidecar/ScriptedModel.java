package dev.newel.sidecar;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/** A model's server that answers as it is told and remembers what it was asked. */
final class ScriptedModel implements AutoCloseable {
  /** What arrived. */
  record Asked(String method, String uri, MultiMap headers, String body) {}

  private final Vertx vertx = Vertx.vertx();
  private final List<Asked> asked = new CopyOnWriteArrayList<>();
  private final BlockingQueue<String> cancelled = new LinkedBlockingQueue<>();
  private final HttpServer server;
  private volatile BiConsumer<Asked, HttpServerResponse> script = (_, r) -> json(r, "{}");

  ScriptedModel() {
    this.server = join(vertx.createHttpServer().requestHandler(this::handle).listen(0));
  }

  int port() {
    return server.actualPort();
  }

  /** Everything it was asked, oldest first. */
  List<Asked> asked() {
    return asked;
  }

  Asked onlyQuestion() {
    if (asked.size() != 1) {
      throw new AssertionError("the model was asked " + asked.size() + " times");
    }
    return asked.getFirst();
  }

  void answers(String json) {
    script = (_, r) -> json(r, json);
  }

  void does(Consumer<HttpServerResponse> what) {
    script = (_, r) -> what.accept(r);
  }

  /** Answers each question for itself. */
  void answersEach(BiConsumer<Asked, HttpServerResponse> how) {
    script = how;
  }

  /** Streams these pieces, each with a write of its own, then ends. */
  void streams(String... pieces) {
    script =
        (_, r) -> {
          begin(r);
          for (String piece : pieces) {
            r.write(Buffer.buffer(piece.getBytes(UTF_8)));
          }
          r.end();
        };
  }

  /** Streams these pieces and then says nothing more. */
  void streamsWithoutEnd(String... pieces) {
    script =
        (_, r) -> {
          begin(r);
          for (String piece : pieces) {
            r.write(Buffer.buffer(piece.getBytes(UTF_8)));
          }
        };
  }

  /** Returns when a client has hung up before the end of its answer. */
  void awaitCancel() throws InterruptedException {
    cancelled.take();
  }

  private static void begin(HttpServerResponse response) {
    response.putHeader("content-type", "text/event-stream").setChunked(true);
  }

  private static void json(HttpServerResponse response, String body) {
    response.putHeader("content-type", "application/json").end(body);
  }

  private void handle(HttpServerRequest request) {
    request
        .response()
        .closeHandler(_ -> {
          if (!request.response().ended()) {
            cancelled.add(request.uri());
          }
        });
    request
        .body()
        .onSuccess(body -> {
          var question =
              new Asked(
                  request.method().name(), request.uri(), request.headers(), body.toString(UTF_8));
          asked.add(question);
          script.accept(question, request.response());
        });
  }

  private static <T> T join(io.vertx.core.Future<T> future) {
    CompletableFuture<T> done = future.toCompletionStage().toCompletableFuture();
    return done.join();
  }

  @Override
  public void close() {
    join(vertx.close());
  }
}
