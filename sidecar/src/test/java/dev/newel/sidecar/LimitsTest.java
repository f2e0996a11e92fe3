package dev.newel.sidecar;

import static dev.newel.sidecar.Rules.AURORA;
import static dev.newel.sidecar.Rules.PERSONAL_DATA;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.newel.audit.EventType;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** How much of a filter, and for how long, anybody can take. */
@Timeout(value = 120, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class LimitsTest {
  private static final Duration LONG = Duration.ofMinutes(2);
  private static final Duration SHORT = Duration.ofMillis(200);
  private static final String HELLO = "{\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";
  private static final String HEAD =
      "POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-length: ";

  @TempDir Path folder;
  private RunningSidecar filter;

  @AfterEach
  void stop() {
    filter.close();
  }

  private static Limits limits() {
    return new Limits(1 << 20, 2, LONG, LONG, LONG, LONG, Duration.ofSeconds(1));
  }

  private void start(Limits limits) {
    filter = new RunningSidecar(folder, limits);
    filter.load(1, PERSONAL_DATA, AURORA);
  }

  private static String code(HttpResponse<String> answer) {
    return new JsonObject(answer.body()).getJsonObject("error").getString("code");
  }

  private long metric(String name) {
    var line = Pattern.compile("(?m)^" + name + " (\\d+)$");
    var found = line.matcher(filter.admin("/metrics").body());
    assertThat(found.find()).isTrue();
    return Long.parseLong(found.group(1));
  }

  private void until(String name, long value) {
    while (metric(name) != value) {
      Thread.onSpinWait();
    }
  }

  @Test
  void aConnectionThatNeverFinishesAHeadIsClosed() throws IOException {
    // Given
    var l = limits();
    start(new Limits(l.body(), 2, LONG, LONG, SHORT, SHORT, l.drain()));
    // When
    try (var client = new RawClient(filter.proxyPort())) {
      client.send("POST /v1/chat/completions HTTP/1.1\r\nhost: ");
      // Then
      assertThat(client.rest()).isEmpty();
    }
  }

  @Test
  void aConnectionIsNotKeptForNothing() throws IOException {
    // Given
    var l = limits();
    start(new Limits(l.body(), 2, SHORT, LONG, LONG, LONG, l.drain()));
    // When
    try (var client = new RawClient(filter.proxyPort())) {
      client.send(HEAD + HELLO.length() + "\r\n\r\n" + HELLO);
      // Then
      assertThat(client.status()).isEqualTo(200);
      assertThat(client.rest()).isEqualTo("{}");
    }
  }

  @Test
  void aBodyThatDoesNotArriveIsAnsweredAndTheConnectionEnds() throws IOException {
    // Given
    var l = limits();
    start(new Limits(l.body(), 2, LONG, SHORT, LONG, LONG, l.drain()));
    // When
    try (var client = new RawClient(filter.proxyPort())) {
      client.send(HEAD + "100\r\n\r\n{");
      // Then
      assertThat(client.rest()).startsWith("HTTP/1.1 408 ").contains("\"request_timeout\"");
    }
    until("newel_requests_under_way", 0);
    assertThat(filter.model.asked()).isEmpty();
  }

  @Test
  void aModelThatDoesNotBeginIsGivenUp() throws Exception {
    // Given
    var l = limits();
    start(new Limits(l.body(), 2, LONG, LONG, SHORT, LONG, l.drain()));
    filter.model.does(_ -> {});
    // When
    var answer = filter.chat(HELLO);
    // Then
    assertThat(answer.statusCode()).isEqualTo(504);
    assertThat(code(answer)).isEqualTo("upstream_timeout");
    assertThat(filter.audit.await(EventType.REQUEST_FAILED).data())
        .containsEntry("reason", "upstream_timeout");
    filter.model.awaitCancel();
  }

  @Test
  void aModelThatDoesNotGoOnIsGivenUp() throws Exception {
    // Given
    var l = limits();
    start(new Limits(l.body(), 2, LONG, LONG, SHORT, SHORT, l.drain()));
    filter.model.streamsWithoutEnd("data: {\"choices\":[]}\n\n");
    // When
    assertThatThrownBy(
            () -> {
              try (var stream = filter.chatStream(HELLO).body()) {
                stream.readAllBytes();
              }
            })
        // Then
        .isInstanceOf(IOException.class);
    filter.model.awaitCancel();
    filter.model.does(r -> r.putHeader("content-length", "9").write("{"));
    assertThat(code(filter.chat(HELLO))).isEqualTo("upstream_timeout");
  }

  @Test
  void moreRequestsThanAreAllowedAtOnceAreToComeBack() throws Exception {
    // Given two clients whose answers do not come
    start(limits());
    var waiting = new java.util.concurrent.LinkedBlockingQueue<HttpServerResponse>();
    filter.model.does(waiting::add);
    var first = CompletableFuture.supplyAsync(() -> filter.chat(HELLO));
    var second = CompletableFuture.supplyAsync(() -> filter.chat(HELLO));
    var answers = new HttpServerResponse[] {waiting.take(), waiting.take()};
    // When
    var third = filter.chat(HELLO);
    // Then
    assertThat(third.statusCode()).isEqualTo(429);
    assertThat(third.headers().firstValue("retry-after")).contains("1");
    assertThat(code(third)).isEqualTo("overloaded");
    // When they have come
    for (HttpServerResponse answer : answers) {
      answer.end("{}");
    }
    assertThat(first.get().statusCode() + second.get().statusCode()).isEqualTo(400);
    until("newel_requests_under_way", 0);
    filter.model.answers("{}");
    assertThat(filter.chat(HELLO).statusCode()).isEqualTo(200);
    until("newel_buffered_bytes", 0);
  }

  @Test
  void aBodyBeyondTheConfiguredLimitIsRefused() {
    start(limits());
    var answer = filter.chat("{\"a\":\"" + "x".repeat(1 << 20) + "\"}");
    assertThat(answer.statusCode()).isEqualTo(413);
  }

  @Test
  void aClientThatDoesNotReadHoldsTheModelBack() throws Exception {
    // Given a model that would stream for ever, and writes only when it can
    start(limits());
    var sent = new AtomicLong();
    byte[] event =
        ("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
                + "lorem ipsum ".repeat(1000)
                + "\"}}]}\n\n")
            .getBytes(UTF_8);
    filter.model.does(r -> {
      r.putHeader("content-type", "text/event-stream").setChunked(true);
      Runnable fill =
          () -> {
            while (!r.writeQueueFull() && !r.closed()) {
              sent.addAndGet(event.length);
              r.write(Buffer.buffer(event));
            }
          };
      r.drainHandler(_ -> fill.run());
      fill.run();
    });
    try (var client = new RawClient(filter.proxyPort())) {
      // When
      client.send(HEAD + HELLO.length() + "\r\n\r\n" + HELLO);
      client.head();
      long before = -1;
      while (before != sent.get()) { // until nothing moves any more
        before = sent.get();
        Thread.sleep(300);
      }
      // Then this process holds little; the rest is in the system's socket buffers
      assertThat(metric("newel_buffered_bytes")).isBetween(1L, 512L << 10);
      assertThat(sent.get()).isLessThan(32L << 20);
    }
    // When the client is gone
    until("newel_buffered_bytes", 0);
    until("newel_requests_under_way", 0);
  }

  @Test
  void aFilterThatEndsLetsAnswersEndAndTakesNoMore() throws Exception {
    // Given
    var l = limits();
    start(new Limits(l.body(), 2, LONG, LONG, LONG, LONG, LONG));
    var model = new CompletableFuture<HttpServerResponse>();
    filter.model.does(r -> {
      r.putHeader("content-type", "text/event-stream").setChunked(true);
      r.write("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"one\"}}]}\n\n");
      model.complete(r);
    });
    try (var stream = filter.chatStream(HELLO).body()) {
      model.get();
      // When
      var ending = CompletableFuture.runAsync(filter::end);
      while (filter.admin("/readyz").statusCode() != 503) {
        Thread.onSpinWait();
      }
      // Then
      assertThat(filter.admin("/readyz").body()).contains("ending");
      assertThat(ending).isNotDone();
      model.get().end("data: [DONE]\n\n");
      assertThat(new String(stream.readAllBytes(), UTF_8)).contains("one").endsWith("[DONE]\n\n");
      ending.get();
    }
    assertThat(filter.trail()).extracting(e -> e.type()).contains(EventType.REQUEST_COMPLETED);
  }

  @Test
  void aFilterThatEndsDoesNotWaitForEver() throws Exception {
    // Given
    start(limits());
    filter.model.streamsWithoutEnd("data: {\"choices\":[]}\n\n");
    try (var stream = filter.chatStream(HELLO).body()) {
      stream.read();
      // When
      filter.end();
      // Then
      assertThatThrownBy(stream::readAllBytes).isInstanceOf(IOException.class);
    }
  }
}
