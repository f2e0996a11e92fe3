package dev.newel.sidecar;

import static dev.newel.sidecar.Rules.AURORA;
import static dev.newel.sidecar.Rules.PERSONAL_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Texts are judged at the admin port as {@code newel check} judges them. */
@Timeout(60)
class CheckApiTest {
  private static final String MASKED =
      "{\"id\":\"a\",\"action\":\"Mask\",\"masked\":\"\uD83D\uDE00 mail <EMAIL> \uD83D\uDE00\",\"findings\":["
          + "{\"rule\":\"GuardrailPolicy/test/pii\",\"detector\":\"sensitive\",\"entity\":\"EMAIL\",\"start\":7,\"end\":22,\"score\":1.0,\"view\":\"plain\"}"
          + "],\"inspected\":24,\"total\":24}";
  private static final String MAIL =
      "{\"id\":\"a\",\"text\":\"\uD83D\uDE00 mail bob@example.org \uD83D\uDE00\",\"direction\":\"input\",\"role\":\"user\"}";

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

  private HttpResponse<String> check(String body, String type) {
    URI uri = URI.create("http://127.0.0.1:" + filter.adminPort() + "/v1/guardrails/check");
    var request =
        HttpRequest.newBuilder(uri)
            .header("content-type", type)
            .POST(BodyPublishers.ofString(body));
    return filter.send(request, BodyHandlers.ofString());
  }

  private HttpResponse<String> check(String body) {
    return check(body, "application/json");
  }

  @Test
  void anObjectGivesAnObjectAndNothingReachesModelOrTrail() {
    // Given
    filter.load(1, PERSONAL_DATA);
    int before = filter.trail().size();
    // When
    var answer = check(MAIL);
    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body()).isEqualTo(MASKED);
    assertThat(answer.headers().firstValue("x-newel-revision"))
        .contains(new JsonObject(filter.admin("/bundle").body()).getString("revision"));
    assertThat(filter.model.asked()).isEmpty();
    assertThat(filter.trail()).hasSize(before);
  }

  @Test
  void anArrayGivesAnArrayInTheSameOrder() {
    // Given
    filter.load(1, PERSONAL_DATA, AURORA);
    // When
    var answer = check("[" + MAIL + ",{\"text\":\"project-aurora\",\"direction\":\"output\"}]");
    // Then
    assertThat(answer.body())
        .startsWith("[" + MASKED + ",{\"id\":2,\"action\":\"Block\",\"masked\":null,")
        .endsWith("\"inspected\":14,\"total\":14}]");
  }

  @Test
  void linesGiveLines() {
    // Given
    filter.load(1, PERSONAL_DATA);
    // When
    var answer = check(MAIL + "\r\n\n{\"text\":\"x\"}", "application/x-ndjson");
    // Then
    assertThat(answer.headers().firstValue("content-type")).contains("application/x-ndjson");
    assertThat(answer.body().lines())
        .containsExactly(
            MASKED,
            "{\"id\":3,\"action\":\"Allow\",\"masked\":\"x\",\"findings\":[],\"inspected\":1,\"total\":1}");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "|is not a JSON object",
        "7|is not a JSON object",
        "{}|has no field text",
        "{\"text\":7}|field text is no string",
        "{\"text\":\"x\",\"role\":\"pirate\"}|write one of assistant, developer",
        "{\"text\":\"x\",\"direction\":\"up\"}|write one of input, output",
        "{\"text\":\"x\",\"text\":\"y\"}|is not well-formed JSON at column",
        "{\"text\":\"x\"} {}|goes on behind",
        "[{\"text\":\"x\"},{}]|[1] has no field text",
        "{\"text\":\"x\",\"id\":[]}|field id",
      })
  void whatCannotBeReadIsSaidSo(String body, String message) {
    // Given
    filter.load(1, PERSONAL_DATA);
    // When
    var answer = check(body == null ? "" : body);
    // Then
    assertThat(answer.statusCode()).isEqualTo(400);
    assertThat(new JsonObject(answer.body()).getJsonObject("error").getString("message"))
        .contains(message);
  }

  @Test
  void limitsAreNamed() {
    // Given
    filter.load(1, PERSONAL_DATA);
    // When
    var many = check("[" + "{\"text\":\"x\"},".repeat(1000) + "{\"text\":\"x\"}]");
    var large = check("{\"text\":\"" + "x".repeat(10 << 20) + "\"}");
    // Then
    assertThat(many.statusCode()).isEqualTo(400);
    assertThat(many.body()).contains("has more than 1000 texts");
    assertThat(large.statusCode()).isEqualTo(413);
    assertThat(large.body()).contains("the most is 10485760 bytes");
  }

  @Test
  void withoutAPolicyNothingIsJudged() {
    assertThat(check(MAIL).statusCode()).isEqualTo(503);
    filter.load(1, PERSONAL_DATA);
    assertThat(filter.admin("/v1/guardrails/check").statusCode()).isEqualTo(405);
  }

  @Test
  void whoComesWhenAllTurnsAreTakenIsToComeBackAndTurnsAreGivenBack() throws Exception {
    // Given as many clients as there are turns, each in the middle of its request
    filter.load(1, PERSONAL_DATA);
    var clients = new ArrayList<Socket>();
    for (int i = 0; i < 4; i++) {
      var client = new Socket(InetAddress.getLoopbackAddress(), filter.adminPort());
      clients.add(client);
      client
          .getOutputStream()
          .write(
              "POST /v1/guardrails/check HTTP/1.1\r\nhost: x\r\nexpect: 100-continue\r\ncontent-length: 9\r\n\r\n{"
                  .getBytes(StandardCharsets.US_ASCII));
    }
    // When
    var refused = check(MAIL);
    while (refused.statusCode() == 200) { // the others' heads may not be read yet
      refused = check(MAIL);
    }
    // Then
    assertThat(refused.statusCode()).isEqualTo(429);
    assertThat(refused.headers().firstValue("retry-after")).contains("1");
    for (Socket client : clients) {
      client.close();
    }
    while (check(MAIL).statusCode() != 200) {
      Thread.onSpinWait();
    }
  }
}
