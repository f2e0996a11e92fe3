package dev.newel.sidecar;

import static dev.newel.sidecar.Rules.AURORA;
import static dev.newel.sidecar.Rules.PERSONAL_DATA;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** No text of anybody comes out anywhere but in the answer to who sent it. */
@Timeout(60)
class PlantedTest {
  private static final String MARK = "zqplanted";

  @TempDir Path folder;
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final PrintStream realErr = System.err;
  private final PrintStream realOut = System.out;
  private RunningSidecar filter;

  @BeforeEach
  void start() {
    System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
    System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
    filter = new RunningSidecar(folder);
    filter.load(1, PERSONAL_DATA, AURORA);
  }

  @AfterEach
  void stop() {
    filter.close();
    System.setErr(realErr);
    System.setOut(realOut);
  }

  private static String question(String text) {
    return "{\"model\":\"%1$s\",\"user\":\"%1$s\",\"messages\":[{\"role\":\"user\",\"content\":\"%1$s %2$s\"}]}"
        .formatted(MARK, text);
  }

  private void ask(String path, String body) {
    filter.send(
        filter
            .post(path, body)
            .header("x-" + MARK, MARK)
            .header("authorization", "Bearer " + MARK)
            .header("traceparent", "00-" + MARK),
        BodyHandlers.ofString());
  }

  @Test
  void whatIsPlantedIsInNoChannel() throws IOException {
    // Given
    filter.model.answers(
        "{\"choices\":[{\"message\":{\"content\":\"" + MARK + " bob@example.org\"}}]}");
    // When all that can happen happens
    ask(RunningSidecar.CHAT, question("hello bob-" + MARK + "@example.org"));
    ask(RunningSidecar.CHAT, question("project-aurora"));
    ask(RunningSidecar.CHAT, "{\"" + MARK + "\": " + MARK);
    ask(RunningSidecar.CHAT + "?" + MARK, question("hello"));
    ask("/v1/" + MARK, question("hello"));
    ask("/v1/" + MARK + "/../x", question("hello"));
    ask("/v1/guardrails/check", question("hello"));
    filter.model.streams("data: {\"choices\":[{\"index\":0,\"delta\":{\"content\":\"" + MARK);
    ask(RunningSidecar.CHAT, question("hello"));
    filter.model.does(r ->
        r.setStatusCode(500)
            .putHeader("x-" + MARK, MARK)
            .setStatusMessage(MARK)
            .end("{\"error\":\"" + MARK + "\"}"));
    ask(RunningSidecar.CHAT, question("hello"));
    filter.model.does(r -> r.putHeader("content-encoding", MARK).end(MARK));
    ask(RunningSidecar.CHAT, question("hello"));
    filter.model.does(
        r -> r.putHeader("content-length", "9999").write(MARK).onSuccess(_ -> r.reset()));
    ask(RunningSidecar.CHAT, question("hello"));
    try (var raw = new RawClient(filter.proxyPort())) {
      raw.send("GET /" + MARK + " " + MARK + "\r\n\r\n").status();
    }
    checkApi("{\"text\":\"" + MARK + "\",\"role\":\"x\",\"" + MARK + "\"");
    checkApi("{\"text\":\"" + MARK + " project-aurora\"}");
    var pages = new StringBuilder();
    for (String page : new String[] {"/metrics", "/bundle", "/healthz", "/readyz"}) {
      pages.append(filter.admin(page).body());
    }
    while (filter.traces.asked().stream()
            .mapToLong(a -> a.body().split("spanId", -1).length - 1)
            .sum()
        < 9) {
      Thread.onSpinWait(); // the last spans are on their way
    }
    filter.close();
    // Then
    assertThat(filter.traces.asked()).allSatisfy(a -> assertThat(a.body()).doesNotContain(MARK));
    assertThat(filter.log()).contains("request.blocked").doesNotContain(MARK);
    assertThat(pages.toString()).contains("outcome=\"blocked\"").doesNotContain(MARK);
    assertThat(err.toString(StandardCharsets.UTF_8)).doesNotContain(MARK);
    assertThat(out.toString(StandardCharsets.UTF_8)).doesNotContain(MARK);
    assertThat(trail()).contains("request.decide").doesNotContain(MARK);
  }

  private void checkApi(String body) {
    var uri =
        java.net.URI.create("http://127.0.0.1:" + filter.adminPort() + "/v1/guardrails/check");
    filter.send(
        java.net.http.HttpRequest.newBuilder(uri)
            .POST(java.net.http.HttpRequest.BodyPublishers.ofString(body)),
        BodyHandlers.ofString());
  }

  private String trail() throws IOException {
    var all = new StringBuilder();
    try (var files = Files.walk(folder.resolve("audit"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        all.append(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    }
    return all.toString();
  }
}
