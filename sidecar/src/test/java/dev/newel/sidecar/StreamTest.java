package dev.newel.sidecar;

import static dev.newel.sidecar.Rules.AURORA;
import static dev.newel.sidecar.Rules.PERSONAL_DATA;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.newel.audit.EventType;
import io.vertx.core.json.JsonObject;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Answers that come as server-sent events. */
@Timeout(60)
class StreamTest {
  private static final String QUESTION =
      "{\"model\":\"tiny\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

  @TempDir Path folder;
  private RunningSidecar filter;

  @BeforeEach
  void start() {
    filter = new RunningSidecar(folder);
  }

  @AfterEach
  void stop() {
    filter.close();
  }

  private static String event(String text) {
    return "data: {\"id\":\"c1\",\"object\":\"chat.completion.chunk\",\"choices\":[{\"index\":0,\"delta\":{\"content\":\""
        + text
        + "\"},\"finish_reason\":null}]}\n\n";
  }

  private static final String LAST =
      "data: {\"id\":\"c1\",\"choices\":[{\"index\":0,\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n";
  private static final String DONE = "data: [DONE]\n\n";

  /** What a client that joins the pieces reads. */
  private static String text(String stream) {
    var out = new StringBuilder();
    for (String line : stream.split("\n", -1)) {
      if (line.startsWith("data: {\"id\":\"c1\"")) {
        var choice = new JsonObject(line.substring(6)).getJsonArray("choices").getJsonObject(0);
        out.append(choice.getJsonObject("delta").getString("content", ""));
      }
    }
    return out.toString();
  }

  @Test
  void anAddressThatIsSplitOverChunksIsMasked() {
    // Given
    filter.load(1, PERSONAL_DATA);
    filter.model.streams(
        event("Write to al"), event("ice@exam"), event("ple.co"), event("m today"), LAST, DONE);
    // When
    var answer = filter.chat(QUESTION);
    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("content-type")).contains("text/event-stream");
    assertThat(text(answer.body())).isEqualTo("Write to <EMAIL> today");
    assertThat(answer.body()).endsWith(LAST + DONE).doesNotContain("ice@");
  }

  @Test
  void theConnectionToTheModelIsKeptForTheNextStream() {
    // Given
    filter.load(1, PERSONAL_DATA);
    filter.model.streams(event("one"), LAST, DONE);
    // When
    filter.chat(QUESTION);
    var answer = filter.chat(QUESTION);
    // Then each ended in order and was recorded as such
    assertThat(text(answer.body())).isEqualTo("one");
    assertThat(filter.trail())
        .extracting(e -> e.type())
        .filteredOn(t -> t == EventType.REQUEST_COMPLETED)
        .hasSize(2);
    assertThat(filter.trail()).extracting(e -> e.type()).doesNotContain(EventType.REQUEST_FAILED);
  }

  @Test
  void aBlockEndsTheStreamInTheTermsOfTheApiAndTheModelsWork() throws Exception {
    // Given
    filter.load(1, AURORA);
    filter.model.streamsWithoutEnd(event("We ship project-au"), event("rora in May. And then"));
    // When
    var answer = filter.chat(QUESTION);
    // Then
    assertThat(text(answer.body())).isEqualTo("We ship ");
    assertThat(answer.body())
        .contains("\"finish_reason\":\"content_filter\"")
        .contains("\"type\":\"guardrail_blocked\"")
        .contains(answer.headers().firstValue("x-request-id").orElseThrow())
        .endsWith(DONE)
        .doesNotContain("rora");
    filter.model.awaitCancel();
    assertThat(filter.audit.await(EventType.REQUEST_COMPLETED).data().get("decision"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("action", "block");
  }

  @Test
  void aClientThatGoesAwayEndsTheModelsWorkAndIsRecorded() throws Exception {
    // Given
    filter.load(1, PERSONAL_DATA);
    filter.model.streamsWithoutEnd(event("mail bob@example.org now"), event("x".repeat(400)));
    // When
    try (var stream = filter.chatStream(QUESTION).body()) {
      assertThat(stream.readNBytes(1)).isNotEmpty();
    }
    // Then
    filter.model.awaitCancel();
    Map<String, Object> data = filter.audit.await(EventType.REQUEST_FAILED).data();
    assertThat(data).containsEntry("reason", "client_gone");
    assertThat(data.get("decision"))
        .asInstanceOf(org.assertj.core.api.InstanceOfAssertFactories.MAP)
        .containsEntry("action", "mask");
    assertThat(filter.admin("/metrics").body()).contains("outcome=\"client_gone\"} 1\n");
  }

  @Test
  void aModelThatBreaksOffLeavesTheAnswerUnfinished() throws Exception {
    // Given
    filter.load(1, PERSONAL_DATA);
    filter.model.does(r -> {
      r.putHeader("content-type", "text/event-stream").setChunked(true);
      r.write(event("x".repeat(400))).onSuccess(_ -> r.reset());
    });
    // When
    assertThatThrownBy(
            () -> {
              try (var stream = filter.chatStream(QUESTION).body()) {
                stream.readAllBytes();
              }
            })
        // Then
        .isInstanceOf(IOException.class);
    assertThat(filter.audit.await(EventType.REQUEST_FAILED).data())
        .containsEntry("reason", "upstream");
  }

  @Test
  void withoutARecordOfItsEndAnAnswerStaysUnfinished() {
    // Given
    filter.load(1, PERSONAL_DATA);
    filter.model.streams(event("one"), LAST, DONE);
    filter.audit.breakFor(EventType.REQUEST_COMPLETED);
    // When
    assertThatThrownBy(
            () -> {
              try (var stream = filter.chatStream(QUESTION).body()) {
                assertThat(new String(stream.readAllBytes(), UTF_8)).doesNotContain("DONE");
              }
            })
        // Then
        .isInstanceOf(IOException.class);
  }

  @Test
  void aLongAnswerArrivesWholeAtAClientThatReadsSlowly() throws Exception {
    // Given an answer far longer than all buffers, and a client that takes little at a time
    filter.load(1, PERSONAL_DATA);
    String[] pieces = new String[600];
    Arrays.fill(pieces, event("lorem ipsum ".repeat(4000)));
    filter.model.streams(pieces);
    long length = 0;
    try (var socket = new Socket()) {
      socket.setReceiveBufferSize(4096);
      socket.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), filter.proxyPort()));
      // When
      String request =
          "POST %s HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: %d\r\n\r\n%s"
              .formatted(RunningSidecar.CHAT, QUESTION.length(), QUESTION);
      socket.getOutputStream().write(request.getBytes(UTF_8));
      byte[] some = new byte[2048];
      for (int n = 0; n >= 0; n = socket.getInputStream().read(some)) {
        length += n;
      }
    }
    // Then the filter paused the model, and let it go on
    assertThat(length).isGreaterThan(600L * 4000 * 12);
  }
}
