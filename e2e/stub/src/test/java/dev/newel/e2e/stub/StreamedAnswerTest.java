package dev.newel.e2e.stub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StreamedAnswerTest {
  private static final String ANSWER = "Grüße 👋 mail jane@example.com, тел. +1 555 0100\n\"done\"";
  private static final String ASK =
      "{\"model\":\"m\",\"stream\":true,\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";

  private StubServer stub;
  private StubClient client;

  @BeforeEach
  void start() throws IOException {
    stub = StubServer.start(0);
    client = new StubClient(stub.port());
  }

  @AfterEach
  void stop() {
    stub.close();
  }

  @ParameterizedTest(name = "chunk {0}, split bytes {1}")
  @CsvSource({"1,false", "7,false", "5000,false", "1,true", "3,true", "64,true", "5000,true"})
  void theDeltasJoinToTheScriptedAnswerHoweverTheyAreCut(int chunk, boolean splitBytes)
      throws IOException {
    // Given
    client.script(ANSWER, chunk, splitBytes);
    // When
    List<JsonNode> events = events(client.writes(ASK));
    // Then
    assertThat(events.getFirst().at("/choices/0/delta/role").asText()).isEqualTo("assistant");
    var text = new StringBuilder();
    events.forEach(e -> text.append(e.at("/choices/0/delta/content").asText("")));
    assertThat(text).hasToString(ANSWER);
    assertThat(events.getLast().at("/choices/0/finish_reason").asText()).isEqualTo("stop");
    assertThat(events).allMatch(e -> e.get("object").asText().equals("chat.completion.chunk"));
    assertThat(events).allMatch(e -> e.get("model").asText().equals("m"));
  }

  @Test
  void withSplitBytesAWriteEndsInsideACharacterAndInsideALine() throws IOException {
    // Given
    client.script(ANSWER, 3, true);
    // When
    List<byte[]> writes = client.writes(ASK);
    // Then
    assertThat(writes).allMatch(w -> w.length <= 3);
    assertThat(writes).anyMatch(w -> (w[0] & 0xC0) == 0x80);
    assertThat(writes.getFirst()).isEqualTo("dat".getBytes(UTF_8));
  }

  @Test
  void withoutSplitBytesEachEventIsOneWrite() throws IOException {
    // Given
    client.script(ANSWER, 7, false);
    // When
    List<byte[]> writes = client.writes(ASK);
    // Then
    assertThat(writes)
        .allMatch(w -> new String(w, UTF_8).startsWith("data: "))
        .allMatch(w -> new String(w, UTF_8).endsWith("\n\n"));
  }

  @Test
  void usageComesLastAndOnlyWhenAsked() throws IOException {
    // Given
    client.script("two words", 100, false);
    String asked =
        ASK.replace(
            "\"stream\":true", "\"stream\":true,\"stream_options\":{\"include_usage\":true}");
    // When
    List<JsonNode> with = events(client.writes(asked));
    List<JsonNode> without = events(client.writes(ASK));
    // Then
    assertThat(with.getLast().at("/usage/completion_tokens").asInt()).isEqualTo(2);
    assertThat(with.getLast().get("choices")).isEmpty();
    assertThat(without).noneMatch(e -> e.has("usage"));
  }

  /** Reads them as a client would; the closing mark must be the last. */
  private static List<JsonNode> events(List<byte[]> writes) throws IOException {
    var joined = new ByteArrayOutputStream();
    writes.forEach(joined::writeBytes);
    List<String> texts = List.of(joined.toString(UTF_8).split("\n\n"));
    assertThat(texts.getLast()).isEqualTo("data: [DONE]");
    var events = new ArrayList<JsonNode>();
    for (String text : texts.subList(0, texts.size() - 1)) {
      events.add(StubClient.JSON.readTree(text.substring("data: ".length())));
    }
    return events;
  }
}
