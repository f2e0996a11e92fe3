package dev.newel.sidecar;

import static dev.newel.sidecar.Rules.AURORA;
import static dev.newel.sidecar.Rules.OPEN;
import static dev.newel.sidecar.Rules.PERSONAL_DATA;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.audit.EventType;
import dev.newel.audit.Trail;
import io.vertx.core.json.JsonObject;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpClient;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What reaches the model, and what does not. */
@Timeout(60)
class RequestTest {
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

  private static String question(String text) {
    return "{\"model\":\"tiny\",\"messages\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]}";
  }

  @Test
  void withoutABundleNothingPasses() {
    // When
    var chat = filter.chat(question("hello"));
    var models = filter.send(filter.request("/v1/models"), BodyHandlers.ofString());
    // Then
    assertThat(filter.admin("/readyz").statusCode()).isEqualTo(503);
    assertThat(filter.admin("/healthz").statusCode()).isEqualTo(200);
    assertThat(chat.statusCode()).isEqualTo(503);
    assertThat(error(chat).getString("code")).isEqualTo("no_bundle");
    assertThat(models.statusCode()).isEqualTo(503);
    assertThat(filter.model.asked()).isEmpty();
  }

  @Test
  void whatIsMaskedIsMaskedAndEverythingElseStaysByteForByte() {
    // Given
    filter.load(1, PERSONAL_DATA);
    filter.model.answers(
        "{ \"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
            + "\"Paid to DE89 3704 0044 0532 0130 00.\"},\"finish_reason\":\"stop\"}],\"usage\":{\"total_tokens\":7} }");
    String before = "{ \"model\" :\"tiny\", \"temperature\": 1.50e0,\n \"x_unknown\":[ 1,null ],";
    // When
    var answer =
        filter.chat(
            before
                + "\"messages\":[{\"content\":\"caf\\u00e9 \\/ IBAN GB29NWBK60161331926819 card 4111 1111 1111 1111 \uD83D\uDE00 \",\"role\":\"user\"}]}\n");
    // Then
    assertThat(filter.model.onlyQuestion().body())
        .isEqualTo(
            before
                + "\"messages\":[{\"content\":\"caf\\u00e9 \\/ IBAN <IBAN> card <CREDIT_CARD> \uD83D\uDE00 \",\"role\":\"user\"}]}\n");
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.body())
        .isEqualTo(
            "{ \"id\":\"x\",\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":"
                + "\"Paid to <IBAN>.\"},\"finish_reason\":\"stop\"}],\"usage\":{\"total_tokens\":7} }");
  }

  @Test
  void aBlockedRequestNeverReachesTheModel() {
    // Given
    filter.load(1, AURORA);
    // When
    var answer = filter.chat(question("when does Project-Aurora ship?"));
    // Then
    assertThat(answer.statusCode()).isEqualTo(403);
    var error = error(answer);
    assertThat(error.getString("type")).isEqualTo("guardrail_blocked");
    assertThat(error.getString("code")).isEqualTo("policy");
    assertThat(error.getString("message")).isEqualTo("Your request was stopped by policy.");
    assertThat(error.getString("request_id"))
        .isEqualTo(answer.headers().firstValue("x-request-id").orElseThrow());
    assertThat(answer.body()).doesNotContain("secret-project");
    assertThat(filter.model.asked()).isEmpty();
  }

  @Test
  void aBlockedAnswerIsReplacedByAnError() {
    // Given
    filter.load(1, AURORA);
    filter.model.answers(
        "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"project-aurora ships\"}}]}");
    // When
    var answer = filter.chat(question("when?"));
    // Then
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(error(answer).getString("message")).isEqualTo("The answer was stopped by policy.");
    assertThat(answer.body()).doesNotContain("aurora");
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/v1/audio/speech",
    "GET,/v1/chat/completions",
    "GET,/metrics",
    "DELETE,/v1/models/tiny",
  })
  void anEndpointWithoutAKnownShapeIsUninspectable(String method, String path) {
    // Given
    filter.load(1, AURORA);
    // When
    var answer =
        filter.send(
            filter.request(path).method(method, BodyPublishers.ofString("{}")),
            BodyHandlers.ofString());
    // Then
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(error(answer).getString("code")).isEqualTo("uninspectable");
    assertThat(filter.model.asked()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"/v1/models", "/v1/models/tiny", "/v1/models/meta%2FLlama-3.1"})
  void theListOfModelsPasses(String path) {
    // Given
    filter.load(1, AURORA);
    filter.model.answers("{\"object\":\"list\",\"data\":[{\"id\":\"tiny\",\"object\":\"model\"}]}");
    // When
    var answer = filter.send(filter.request(path), BodyHandlers.ofString());
    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(filter.model.onlyQuestion().uri()).isEqualTo(path);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "hello", "[]", "{\"messages\":[}", "{\"a\":1,\"a\":2}", "{} {}"})
  void aBodyThatCannotBeReadIsUninspectable(String body) {
    // Given
    filter.load(1, AURORA);
    // When
    var answer = filter.chat(body);
    // Then
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(error(answer).getString("code")).isEqualTo("uninspectable");
    assertThat(filter.model.asked()).isEmpty();
  }

  @Test
  void aBodyInAnUnknownCodingIsUninspectable() {
    // Given
    filter.load(1, AURORA);
    // When
    var answer =
        filter.send(
            filter.post(RunningSidecar.CHAT, "whatever").header("content-encoding", "br"),
            BodyHandlers.ofString());
    // Then
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(error(answer).getString("message")).contains("content encoding");
    assertThat(filter.model.asked()).isEmpty();
  }

  @Test
  void whatCannotBeLookedAtPassesOnlyWhenThePolicySaysSo() {
    // Given
    filter.load(1, OPEN, AURORA);
    filter.model.answers("{}");
    // When
    var answer = filter.send(filter.post("/v1/audio/speech", "{}"), BodyHandlers.ofString());
    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(filter.model.onlyQuestion().body()).isEqualTo("{}");
    assertThat(filter.admin("/metrics").body())
        .contains("newel_uninspected_bytes_total{reason=\"endpoint\"} 2");
  }

  @Test
  void anOverLongBodyIsRefusedAlsoWhenThePolicyIsOpenAndTheConnectionLives() {
    // Given
    filter.load(1, OPEN, AURORA);
    String tooLong = question("x".repeat((10 << 20) + 1));
    // When
    var answer = filter.chat(tooLong);
    var next = filter.chat(question("hello"));
    // Then
    assertThat(answer.statusCode()).isEqualTo(413);
    assertThat(error(answer).getString("code")).isEqualTo("uninspectable");
    assertThat(next.statusCode()).isEqualTo(200);
    assertThat(filter.model.asked()).hasSize(1);
    assertThat(filter.trail()).extracting(Trail.Entry::type).contains(EventType.REQUEST_DECIDED);
  }

  @Test
  void aClientThatWaitsForContinueIsServed() {
    // Given
    filter.load(1, AURORA);
    // When
    var answer =
        filter.send(
            filter.post(RunningSidecar.CHAT, question("hello")).expectContinue(true),
            BodyHandlers.ofString());
    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
  }

  @Test
  void theModelGetsItsOwnCredentialAndTheClientsTraceButNoHopByHopHeader() throws Exception {
    // Given
    Path token = Files.writeString(folder.resolve("token"), "model-secret\n");
    try (var guarded = new RunningSidecar(folder.resolve("other"), Optional.of(token))) {
      guarded.load(1, AURORA);
      // When
      guarded.send(
          guarded
              .post(RunningSidecar.CHAT, question("hello"))
              .header("authorization", "Bearer client-token")
              .header("x-api-key", "client-key")
              .header("accept-encoding", "gzip")
              .header("traceparent", "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01")
              .header("te", "trailers"),
          BodyHandlers.ofString());
      // Then
      var headers = guarded.model.onlyQuestion().headers();
      assertThat(headers.get("authorization")).isEqualTo("Bearer model-secret");
      assertThat(headers.get("x-api-key")).isNull();
      assertThat(headers.get("te")).isNull();
      assertThat(headers.get("accept-encoding")).isEqualTo("identity");
      assertThat(headers.get("traceparent")).startsWith("00-0af7651916cd43dd8448eb211c80319c-");
      // When the Secret goes away
      Files.delete(token);
      var answer = guarded.chat(question("hello"));
      // Then
      assertThat(answer.statusCode()).isEqualTo(502);
    }
  }

  @Test
  void aModelThatIsNotThereIsSaidSo() {
    // Given
    filter.load(1, AURORA);
    filter.model.close();
    // When
    var answer = filter.chat(question("hello"));
    // Then
    assertThat(answer.statusCode()).isEqualTo(502);
    assertThat(error(answer).getString("code")).isEqualTo("upstream");
  }

  @Test
  void anAnswerInAnUnknownCodingIsUninspectable() {
    // Given
    filter.load(1, AURORA);
    filter.model.does(r -> r.putHeader("content-encoding", "br").end("{}"));
    // When
    var answer = filter.chat(question("hello"));
    // Then
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(error(answer).getString("code")).isEqualTo("uninspectable");
  }

  @Test
  void anOverLongAnswerIsStopped() {
    // Given
    filter.load(1, OPEN, AURORA);
    filter.model.answers("{\"a\":\"" + "x".repeat(10 << 20) + "\"}");
    // When
    var answer = filter.chat(question("hello"));
    // Then
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(error(answer).getString("code")).isEqualTo("uninspectable");
  }

  @Test
  void aClientThatDoesNotWaitEndsTheModelsWorkAndIsRecorded() throws Exception {
    // Given a model that thinks for ever
    filter.load(1, AURORA);
    var thinking = new CompletableFuture<Void>();
    filter.model.does(_ -> thinking.complete(null));
    byte[] body = question("hello").getBytes(UTF_8);
    // When
    try (var socket = new Socket(InetAddress.getLoopbackAddress(), filter.proxyPort())) {
      String head =
          "POST %s HTTP/1.1\r\nhost: x\r\ncontent-length: %d\r\n\r\n"
              .formatted(RunningSidecar.CHAT, body.length);
      socket.getOutputStream().write(head.getBytes(UTF_8));
      socket.getOutputStream().write(body);
      thinking.join();
    }
    // Then
    filter.model.awaitCancel();
    assertThat(filter.audit.await(EventType.REQUEST_FAILED).data())
        .containsEntry("reason", "client_gone");
  }

  @Test
  void http2IsServedLikeHttp1() throws Exception {
    // Given
    filter.load(1, PERSONAL_DATA);
    filter.model.answers("{\"choices\":[]}");
    try (var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_2).build()) {
      // When
      var first = client.send(filter.request("/v1/models").build(), BodyHandlers.ofString());
      var second =
          client.send(
              filter.post(RunningSidecar.CHAT, question("ask bob@example.org")).build(),
              BodyHandlers.ofString());
      // Then
      assertThat(first.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(second.version()).isEqualTo(HttpClient.Version.HTTP_2);
      assertThat(second.statusCode()).isEqualTo(200);
      assertThat(filter.model.asked().getLast().body()).contains("ask <EMAIL>");
    }
  }

  private static JsonObject error(HttpResponse<String> answer) {
    assertThat(answer.headers().firstValue("content-type")).contains("application/json");
    return new JsonObject(answer.body()).getJsonObject("error");
  }
}
