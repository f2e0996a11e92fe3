package dev.newel.sidecar;

import static dev.newel.sidecar.Rules.AURORA;
import static dev.newel.sidecar.Rules.OPEN;
import static dev.newel.sidecar.Rules.PERSONAL_DATA;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.vertx.core.buffer.Buffer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.Deflater;
import java.util.zip.DeflaterOutputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Bodies that come compressed, on both sides. */
@Timeout(60)
class CodingTest {
  private static final String MAIL =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"ask bob@example.org\"}]}";
  private static final String MASKED =
      "{\"messages\":[{\"role\":\"user\",\"content\":\"ask <EMAIL>\"}]}";

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

  private static byte[] coded(String coding, String text) {
    var out = new ByteArrayOutputStream();
    try (var stream =
        switch (coding) {
          case "gzip" -> new GZIPOutputStream(out);
          case "raw" -> new DeflaterOutputStream(out, new Deflater(6, true));
          default -> new DeflaterOutputStream(out);
        }) {
      stream.write(text.getBytes(UTF_8));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  private HttpResponse<String> post(String coding, byte[] body) {
    var request =
        filter
            .request(RunningSidecar.CHAT)
            .header("content-encoding", coding)
            .POST(BodyPublishers.ofByteArray(body));
    return filter.send(request, BodyHandlers.ofString());
  }

  @ParameterizedTest
  @ValueSource(strings = {"gzip", "deflate", "raw"})
  void aCompressedRequestIsJudgedAndGoesOnPlain(String coding) {
    // Given
    filter.load(1, PERSONAL_DATA);
    // When
    var answer = post(coding.equals("raw") ? "deflate" : coding, coded(coding, MAIL));
    // Then
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(filter.model.onlyQuestion().body()).isEqualTo(MASKED);
    assertThat(filter.model.onlyQuestion().headers().get("content-encoding")).isNull();
  }

  @Test
  void whatExpandsTooFarIsRefusedWhateverThePolicySays() {
    // Given
    filter.load(1, OPEN, AURORA);
    // When
    var ratio = post("gzip", coded("gzip", "{\"a\":\"" + "x".repeat(5 << 20) + "\"}"));
    // Then
    assertThat(ratio.statusCode()).isEqualTo(413);
    assertThat(filter.model.asked()).isEmpty();
  }

  @Test
  void whatIsNotWhatItsCodingSaysIsUninspectable() {
    // Given
    filter.load(1, AURORA);
    byte[] good = coded("gzip", MAIL);
    byte[] damaged = good.clone();
    damaged[damaged.length - 6] ^= 1;
    // Then
    assertThat(post("gzip", MAIL.getBytes(UTF_8)).statusCode()).isEqualTo(403);
    assertThat(post("gzip", Arrays.copyOf(good, good.length - 9)).statusCode()).isEqualTo(403);
    assertThat(post("gzip", damaged).statusCode()).isEqualTo(403);
    assertThat(post("gzip", Arrays.copyOf(good, good.length + 5)).statusCode()).isEqualTo(403);
    assertThat(post("gzip, gzip", coded("gzip", MAIL)).statusCode()).isEqualTo(403);
    assertThat(filter.model.asked()).isEmpty();
  }

  @Test
  void aCodingHiddenBehindAnotherHeaderIsSeen() {
    // Given
    filter.load(1, AURORA);
    // When
    var answer =
        filter.send(
            filter
                .request(RunningSidecar.CHAT)
                .header("content-encoding", "identity")
                .header("content-encoding", "gzip")
                .POST(BodyPublishers.ofByteArray(coded("gzip", "project-aurora"))),
            BodyHandlers.ofString());
    // Then
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(filter.model.asked()).isEmpty();
  }

  @Test
  void aCharsetInWhichTheModelWouldReadAnotherTextIsUninspectable() {
    // Given
    filter.load(1, AURORA);
    // When
    var answer =
        filter.send(
            filter
                .request(RunningSidecar.CHAT)
                .header("content-type", "application/json; charset=\"utf-7\"")
                .POST(BodyPublishers.ofString(MAIL)),
            BodyHandlers.ofString());
    // Then
    assertThat(answer.statusCode()).isEqualTo(403);
    assertThat(filter.model.asked()).isEmpty();
  }

  @Test
  void anAnswerThatIsCompressedAllTheSameIsJudged() {
    // Given
    filter.load(1, PERSONAL_DATA);
    String whole =
        "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":\"bob@example.org\"}}]}";
    filter.model.does(r ->
        r.putHeader("content-encoding", "gzip")
            .putHeader("etag", "\"1\"")
            .end(Buffer.buffer(coded("gzip", whole))));
    // When
    var answer = filter.chat(MAIL);
    // Then
    assertThat(answer.body()).isEqualTo(whole.replace("bob@example.org", "<EMAIL>"));
    assertThat(answer.headers().firstValue("content-encoding")).isEmpty();
    assertThat(answer.headers().firstValue("etag")).isEmpty();
  }

  @Test
  void aStreamThatIsCompressedAllTheSameIsJudged() {
    // Given
    filter.load(1, PERSONAL_DATA);
    byte[] stream =
        coded(
            "gzip",
            """
            data: {"id":"c","choices":[{"index":0,"delta":{"content":"to bob@exam"}}]}

            data: {"id":"c","choices":[{"index":0,"delta":{"content":"ple.org"}}]}

            data: [DONE]

            """);
    filter.model.does(r -> {
      r.putHeader("content-type", "text/event-stream").putHeader("content-encoding", "gzip");
      r.setChunked(true);
      for (byte b : stream) {
        r.write(Buffer.buffer(new byte[] {b}));
      }
      r.end();
    });
    // When
    var answer = filter.chat(MAIL);
    // Then
    assertThat(answer.body()).contains("<EMAIL>").endsWith("[DONE]\n\n").doesNotContain("bob@");
  }
}
