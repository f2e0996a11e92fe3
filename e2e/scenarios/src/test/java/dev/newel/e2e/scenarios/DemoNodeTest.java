package dev.newel.e2e.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.newel.audit.merkle.VerifierKey;
import dev.newel.audit.verify.LogFiles;
import dev.newel.audit.verify.Verifier;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** On a real node: what a user types, and what it leaves. */
@Tag("node")
class DemoNodeTest {
  private static final Path TARGET = Script.ROOT.resolve("e2e/target");

  @Test
  void theDemoTellsItsStoryInFortyLinesAndLeavesTranscriptAndTrail() throws Exception {
    // When
    Script.Ended demo = Script.run(9, "make", "demo");
    // Then
    assertThat(demo.exit()).as(demo.output()).isZero();
    List<String> transcript = Files.readAllLines(TARGET.resolve("demo/transcript.txt"));
    assertThat(transcript).hasSizeLessThanOrEqualTo(40);
    assertThat(transcript.stream().filter(l -> l.matches("^ ?\\d+\\. .* s$"))).hasSize(16);
    VerifierKey key = VerifierKey.parse(Files.readString(TARGET.resolve("demo/audit-log.vkey")));
    assertThat(
            Verifier.verify(
                    LogFiles.folder(TARGET.resolve("demo/audit")),
                    Verifier.Options.of(key),
                    _ -> {})
                .findings())
        .isEmpty();
    assertThat(leftovers("newel-demo.")).isEmpty();
  }

  @Test
  void whatIsUpAnswersAndMasksAndBlocksAndIsGoneAfterDown() throws Exception {
    try {
      // When
      Script.Ended up = Script.run(9, "make", "up");
      // Then
      assertThat(up.exit()).as(up.output()).isZero();
      assertThat(up.output()).contains("Five things to try").contains("5. ");
      String url =
          new ObjectMapper()
              .readTree(TARGET.resolve("up/endpoints.json").toFile())
              .path("support-llm")
              .asText();
      assertThat(ask(url, "How do I adjust my brakes?").statusCode()).isEqualTo(200);
      HttpResponse<String> refused = ask(url, "My key is AKIAZ7QW3ERTY5UIOP2A, is it valid?");
      assertThat(refused.statusCode()).isEqualTo(403);
      assertThat(refused.body()).contains("guardrail_blocked").contains("request_id");
      try (var live = new Live(TARGET.resolve("up/kubeconfig"))) {
        assertThat(live.operators()).hasSize(1);
      }
    } finally {
      Script.Ended down = Script.run(3, "make", "down");
      assertThat(down.exit()).as(down.output()).isZero();
    }
    assertThat(TARGET.resolve("up")).doesNotExist();
    assertThat(leftovers("newel-up.")).isEmpty();
  }

  private static HttpResponse<String> ask(String url, String prompt) throws Exception {
    try (var client = HttpClient.newHttpClient()) {
      return client.send(
          HttpRequest.newBuilder(URI.create(url + "/v1/chat/completions"))
              .header("content-type", "application/json")
              .POST(HttpRequest.BodyPublishers.ofString(SupportTeam.chat(prompt, false)))
              .build(),
          HttpResponse.BodyHandlers.ofString());
    }
  }

  /**
   * Mounts that a cluster of this kind left; other copies of the repository have their own names.
   */
  private static List<String> leftovers(String name) throws IOException {
    return Files.readAllLines(Path.of("/proc/self/mounts")).stream()
        .filter(l -> l.contains("/" + name))
        .toList();
  }
}
