package dev.newel.e2e.stub;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StubServerTest {
  private static final String ASK = "{\"model\":\"m\",\"messages\":[]}";

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

  @Test
  void answersPolitelyUntilItIsTold() throws IOException {
    // When
    var answer = client.call("post", "/v1/chat/completions", ASK);
    // Then
    assertThat(answer.exit()).isZero();
    assertThat(answer.err()).isEqualTo("HTTP 200");
    assertThat(answer.json().at("/choices/0/message/content").asText())
        .isEqualTo(Script.POLITE.answer());
    assertThat(answer.json().at("/usage/total_tokens").asInt()).isPositive();
  }

  @Test
  void aScriptHoldsForTheRequestsAfterIt() throws IOException {
    // Given
    client.script("schlüssel 🔑", 1, true);
    // When
    var answer = client.call("post", "/v1/chat/completions", ASK);
    // Then
    assertThat(answer.json().at("/choices/0/message/content").asText()).isEqualTo("schlüssel 🔑");
  }

  @Test
  void tellsWhatItReceivedInOrderUntilThatIsCleared() throws IOException {
    // Given
    client.call("post", "/v1/chat/completions?x=1", ASK);
    client.call("get", "/v1/models");
    client.call("get", "/healthz");
    // When
    var received = client.call("get", "/stub/received").json();
    // Then
    assertThat(received).hasSize(2);
    assertThat(received.at("/0/path").asText()).isEqualTo("/v1/chat/completions?x=1");
    assertThat(received.at("/0/body").asText()).isEqualTo(ASK);
    assertThat(received.at("/0/headers/content-type").asText()).isEqualTo("application/json");
    assertThat(received.at("/1/path").asText()).isEqualTo("/v1/models");
    assertThat(client.call("delete", "/stub/received").json()).isEmpty();
    assertThat(client.call("get", "/stub/received").json()).isEmpty();
  }

  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"answer":"a","chunk":0}          | chunk is 0; the least is 1
          {"answer":"a","delayMillis":-1}   | delayMillis is -1; write 0 to 60000 milliseconds
          {"chunk":3}                       | answer is missing; write the text to answer
          {"answer":"a","chunks":3}         | Unrecognized field "chunks"
          nonsense                          | the script is not JSON
          """)
  void aWrongScriptIsRefusedWithTheReason(String script, String message) throws IOException {
    // When
    var refused = client.call("put", "/stub/script", script);
    // Then
    assertThat(refused.exit()).isEqualTo(1);
    assertThat(refused.err()).isEqualTo("HTTP 400");
    assertThat(refused.json().at("/error/message").asText()).startsWith(message);
    assertThat(client.call("post", "/v1/chat/completions", ASK).out()).contains("Thank you");
  }

  @Test
  void whatItDoesNotKnowIsNotFoundButRecorded() throws IOException {
    // When
    var answer = client.call("get", "/v1/embeddings");
    // Then
    assertThat(answer.err()).isEqualTo("HTTP 404");
    assertThat(client.call("get", "/stub/received").json().at("/0/path").asText())
        .isEqualTo("/v1/embeddings");
  }

  @Test
  void listsItsModelAndItsHealth() throws IOException {
    assertThat(client.call("get", "/v1/models").json().at("/data/0/id").asText()).isEqualTo("stub");
    assertThat(client.call("get", "/healthz").json().get("status").asText()).isEqualTo("ok");
  }
}
