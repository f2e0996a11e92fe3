package dev.newel.cli.check;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.cli.Main;
import dev.newel.cli.Ran;
import java.io.BufferedOutputStream;
import java.io.BufferedReader;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** Texts in, judgements out. */
class CheckTest {
  private static final String POLICY =
      """
      apiVersion: newel.dev/v1alpha1
      kind: ClusterGuardrailPolicy
      metadata: {name: base}
      spec:
        scope: [User, Assistant, ToolResult]
        rules:
        - {name: pii, sensitive: {entities: [EMAIL, IBAN]}, input: Mask, output: Mask}
        - {name: project, words: {values: [aurora]}, input: Block}
        - {name: ticket, pattern: {expressions: ['T-[0-9]{3}']}, input: Detect}
      """;

  @TempDir Path folder;
  private String policy;

  @BeforeEach
  void write() throws IOException {
    policy = Files.writeString(folder.resolve("policy.yaml"), POLICY).toString();
  }

  private Ran check(String in) {
    return Ran.newel(in, "check", "--policy", policy);
  }

  @Test
  void writesWhatWasFoundWithPositionsInCodePoints() {
    // When
    var ran =
        check(
            "{\"id\":\"a\",\"text\":\"\uD83D\uDE00 mail bob@ex\u200bample.org \uD83D\uDE00 T-123\",\"direction\":\"input\",\"role\":\"user\"}\n");
    // Then
    assertThat(ran.err()).isEmpty();
    assertThat(ran.code()).isZero();
    assertThat(ran.lines())
        .containsExactly(
            "{\"id\":\"a\",\"action\":\"Mask\",\"masked\":\"\uD83D\uDE00 mail <EMAIL> \uD83D\uDE00 T-123\",\"findings\":["
                + "{\"rule\":\"ClusterGuardrailPolicy/base/pii\",\"detector\":\"sensitive\",\"entity\":\"EMAIL\",\"start\":7,\"end\":23,\"score\":1.0,\"view\":\"plain\"},"
                + "{\"rule\":\"ClusterGuardrailPolicy/base/ticket\",\"detector\":\"pattern\",\"entity\":\"TICKET\",\"start\":26,\"end\":31,\"score\":1.0,\"view\":\"plain\"}"
                + "],\"inspected\":31,\"total\":31}");
  }

  @Test
  void aBlockHasNoMaskedTextAndEndsWithOne() {
    var ran = check("{\"id\":1,\"text\":\"Aurora\"}\n{\"id\":2,\"text\":\"fine\"}\n");
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.lines().getFirst())
        .startsWith("{\"id\":1,\"action\":\"Block\",\"masked\":null,");
    assertThat(ran.lines().getLast())
        .isEqualTo(
            "{\"id\":2,\"action\":\"Allow\",\"masked\":\"fine\",\"findings\":[],\"inspected\":4,\"total\":4}");
  }

  @Test
  void directionAndRoleDecideWhichRulesLook() {
    var ran =
        check(
            """
            {"id":"answer","text":"aurora","direction":"output"}
            {"id":"result","text":"aurora","role":"tool"}
            {"id":"system","text":"aurora","role":"system"}
            """);
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.lines().get(0)).contains("\"action\":\"Allow\"").contains("\"inspected\":6");
    assertThat(ran.lines().get(1)).contains("\"action\":\"Block\"");
    assertThat(ran.lines().get(2))
        .contains("\"action\":\"Allow\"")
        .contains("\"inspected\":0,\"total\":6");
  }

  @Test
  void aBadLineIsNamedAndNothingBehindItIsLost() {
    // Given
    var in = new ByteArrayOutputStream();
    String[] bad = {
      "nonsense",
      "[]",
      "{\"id\":1}",
      "{\"text\":7}",
      "{\"text\":\"x\",\"direction\":\"sideways\"}",
      "{\"text\":\"x\",\"role\":\"pirate\"}",
      "{\"text\":\"x\"} {}",
      "{\"text\":\"x\",\"text\":\"y\"}",
      "{\"text\":\"x\",\"id\":{}}",
    };
    for (String line : bad) {
      in.writeBytes((line + "\r\n").getBytes(UTF_8));
    }
    in.writeBytes(new byte[] {'{', (byte) 0xff, '}', '\n', ' ', '\n'});
    in.writeBytes("{\"text\":\"the last, without a line feed: aurora\"}".getBytes(UTF_8));
    // When
    var ran = Ran.newel(in.toByteArray(), "check", "--policy", policy, "--jsonl", "-");
    // Then
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err().lines()).hasSize(bad.length + 1);
    for (int i = 0; i <= bad.length; i++) {
      assertThat(ran.err()).contains("newel check: standard input, line " + (i + 1) + ": ");
    }
    assertThat(ran.lines()).hasSize(1);
    assertThat(ran.out()).startsWith("{\"id\":12,\"action\":\"Block\"");
  }

  @Test
  void anOverLongLineIsNamedWithTheLimit() throws IOException {
    // Given
    Path file = folder.resolve("texts.jsonl");
    Files.writeString(
        file,
        "{\"text\":\""
            + "x".repeat(InputLines.MAX_LINE)
            + "\"}\n{\"id\":\"next\",\"text\":\"y\"}\n");
    // When
    var ran = Ran.newel("", "check", "--policy", policy, "--jsonl", file.toString());
    // Then
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err())
        .contains(file + ", line 1: has ")
        .contains("the most is " + InputLines.MAX_LINE);
    assertThat(ran.lines()).hasSize(1);
    assertThat(ran.out()).startsWith("{\"id\":\"next\"");
  }

  @Test
  void anUnpairedSurrogateSurvives() {
    var ran = check("{\"id\":1,\"text\":\"a\\ud83d b\"}\n");
    assertThat(ran.out()).contains("\"masked\":\"a\\ud83d b\"").contains("\"total\":4");
  }

  @Test
  void aFileThatIsNotThereIsNamed() {
    var ran = Ran.newel("", "check", "--policy", policy, "--jsonl", folder + "/none.jsonl");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains(folder + "/none.jsonl cannot be opened");
  }

  @Test
  @Timeout(60)
  void answersEachLineBeforeTheNextIsThere() throws Exception {
    var questions = new PipedOutputStream();
    var answers = new PipedInputStream();
    var in = new PipedInputStream(questions);
    var out =
        new PrintStream(new BufferedOutputStream(new PipedOutputStream(answers)), false, UTF_8);
    Thread.ofVirtual().start(() -> Main.run(in, out, out, "check", "--policy", policy));
    try (questions;
        var reader = new BufferedReader(new InputStreamReader(answers, UTF_8))) {
      for (int i = 0; i < 3; i++) {
        // When
        questions.write(("{\"id\":" + i + ",\"text\":\"x\"}\n").getBytes(UTF_8));
        questions.flush();
        // Then
        assertThat(reader.readLine()).startsWith("{\"id\":" + i + ",");
      }
    }
  }
}
