package dev.newel.sidecar;

import static dev.newel.sidecar.Rules.AURORA;
import static dev.newel.sidecar.Rules.PERSONAL_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each endpoint, through the whole filter. */
@Timeout(60)
class ApisTest {
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

  private HttpResponse<String> ask(String path, String body) {
    return filter.send(filter.post(path, body), BodyHandlers.ofString());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "/v1/chat/completions|{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}",
        "/v1/completions|{\"prompt\":[\"a\",\"%s\"]}",
        "/v1/responses|{\"instructions\":\"be kind\",\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_text\",\"text\":\"%s\"}]}]}",
        "/v1/embeddings|{\"input\":\"%s\"}",
        "/v1/messages|{\"system\":[{\"type\":\"text\",\"text\":\"%s\"}],\"messages\":[]}",
        "/v1/messages/count_tokens|{\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}",
      })
  void eachEndpointIsMaskedAndBlocked(String path, String body) {
    // Given
    filter.load(1, PERSONAL_DATA, AURORA);
    // When
    var passed = ask(path, body.formatted("write to bob@example.org"));
    var stopped = ask(path, body.formatted("tell me of project-aurora"));
    // Then
    assertThat(passed.statusCode()).isEqualTo(200);
    assertThat(filter.model.onlyQuestion().uri()).isEqualTo(path);
    assertThat(filter.model.onlyQuestion().body()).isEqualTo(body.formatted("write to <EMAIL>"));
    assertThat(stopped.statusCode()).isEqualTo(403);
    var error = new JsonObject(stopped.body()).getJsonObject("error");
    boolean anthropic = path.startsWith("/v1/messages");
    assertThat(error.getString("type"))
        .isEqualTo(anthropic ? "permission_error" : "guardrail_blocked");
    assertThat(error.getString("code")).isEqualTo("policy");
    String api = anthropic ? "anthropic" : "openai";
    assertThat(filter.admin("/metrics").body())
        .containsPattern("newel_requests_total\\{[^}]*api=\"" + api + "\"[^}]*outcome=\"blocked\"");
  }

  @Test
  void aMessageThatIsStreamedIsMaskedInTheTermsOfItsApi() {
    // Given
    filter.load(1, PERSONAL_DATA);
    String start =
        "event: content_block_start\ndata: {\"type\":\"content_block_start\",\"index\":0,\"content_block\":{\"type\":\"text\",\"text\":\"\"}}\n\n";
    String end = "event: message_stop\ndata: {\"type\":\"message_stop\"}\n\n";
    filter.model.streams(
        start,
        text("Ask al"),
        text("ice@exam"),
        text("ple.org."),
        "event: content_block_stop\ndata: {\"type\":\"content_block_stop\",\"index\":0}\n\n",
        end);
    // When
    var answer = ask("/v1/messages", "{\"stream\":true,\"messages\":[]}");
    // Then
    assertThat(answer.body()).startsWith(start).endsWith(end).doesNotContain("ice@");
    assertThat(answer.body().replaceAll("(?s)\"}}\n\n.*?\"text\":\"(?=[^\"])", ""))
        .contains("Ask <EMAIL>.");
  }

  private static String text(String piece) {
    return "event: content_block_delta\ndata: {\"type\":\"content_block_delta\",\"index\":0,\"delta\":{\"type\":\"text_delta\",\"text\":\""
        + piece
        + "\"}}\n\n";
  }

  @Test
  void aBlockEndsAStreamedResponseInTheTermsOfItsApi() {
    // Given
    filter.load(1, AURORA);
    filter.model.streams(
        "event: response.created\ndata: {\"type\":\"response.created\",\"sequence_number\":0,\"response\":{\"id\":\"resp_1\",\"created_at\":7,\"model\":\"tiny\",\"status\":\"in_progress\",\"output\":[]}}\n\n",
        "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"sequence_number\":1,\"item_id\":\"m\",\"output_index\":0,\"content_index\":0,\"delta\":\"see project-aur\"}\n\n",
        "event: response.output_text.delta\ndata: {\"type\":\"response.output_text.delta\",\"sequence_number\":2,\"item_id\":\"m\",\"output_index\":0,\"content_index\":0,\"delta\":\"ora and more\"}\n\n");
    // When
    var answer = ask("/v1/responses", "{\"stream\":true,\"input\":\"x\"}");
    // Then
    assertThat(answer.body())
        .contains("\"incomplete_details\":{\"reason\":\"content_filter\"}")
        .contains("\"id\":\"resp_1\"")
        .contains("event: error\ndata: {\"type\":\"error\",\"code\":\"policy\"")
        .doesNotContain("ora");
  }
}
