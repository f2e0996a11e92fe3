package dev.newel.filter.protocol;

import static dev.newel.filter.Policies.engine;
import static dev.newel.filter.Policies.everything;
import static dev.newel.filter.Policies.rule;
import static dev.newel.filter.Policies.words;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.filter.Engine;
import dev.newel.policy.Action;
import java.io.ByteArrayOutputStream;
import org.junit.jupiter.api.Test;

class AnswerStreamTest {
  private static final Engine MASKING = engine(rule("pii", everything(), Action.MASK));
  private static final Engine BLOCKING =
      engine(rule("pii", everything(), Action.MASK), rule("w", words("aurora"), Action.BLOCK));

  private static byte[] run(Engine engine, String... pieces) {
    var stream = new AnswerStream(engine, Api.CHAT, "req-1", (_, _) -> {});
    var out = new ByteArrayOutputStream();
    for (String piece : pieces) {
      out.writeBytes(stream.add(piece.getBytes(UTF_8)));
    }
    out.writeBytes(stream.end());
    return out.toByteArray();
  }

  private static String chunk(String choices) {
    return "data: {\"id\":\"c\",\"model\":\"tiny\",\"choices\":[" + choices + "]}\n\n";
  }

  private static String says(int choice, String delta) {
    return "{\"index\":" + choice + ",\"delta\":{" + delta + "},\"finish_reason\":null}";
  }

  private static String ends(int choice, String reason) {
    return "{\"index\":" + choice + ",\"delta\":{},\"finish_reason\":\"" + reason + "\"}";
  }

  private static String content(String text) {
    return "\"content\":\"" + text + "\"";
  }

  @Test
  void whatNeedsNoEditPassesByteForByte() {
    String stream =
        ": keepalive\n\nid: 7\nevent: message\n"
            + chunk(says(0, "\"role\":\"assistant\"," + content("")))
            + chunk(ends(0, "stop"))
            + "data:  {\"choices\" : [], \"usage\":{\"total_tokens\": 1e1 }} \n\ndata: [DONE]\n\n";
    assertThat(new String(run(MASKING, stream), UTF_8)).isEqualTo(stream);
  }

  @Test
  void choicesAndKindsOfTextDoNotMix() {
    var client =
        ChatClient.read(
            run(
                MASKING,
                chunk(says(0, content("a bob@x")) + "," + says(1, content("b DE89 3704 0044 "))),
                chunk(says(1, content("0532 0130 00 c"))),
                chunk(says(0, "\"reasoning_content\":\"hm eve@y.org\"")),
                chunk(says(0, content(".example d"))),
                chunk(ends(0, "stop") + "," + ends(1, "length")),
                "data: [DONE]\n\n"));
    assertThat(client.texts)
        .containsEntry("0/delta/content", "a <EMAIL> d")
        .containsEntry("0/delta/reasoning_content", "hm <EMAIL>")
        .containsEntry("1/delta/content", "b <IBAN> c");
    assertThat(client.ends).containsExactlyInAnyOrder("0 stop", "1 length");
    assertThat(client.others).containsExactly("[DONE]");
  }

  @Test
  void parallelToolCallsAreToldApartByTheirIndex() {
    String first =
        "{\"index\":0,\"id\":\"call_a\",\"type\":\"function\",\"function\":{\"name\":\"mail\",\"arguments\":\"\"}}";
    String second =
        "{\"index\":1,\"id\":\"call_b\",\"type\":\"function\",\"function\":{\"name\":\"pay\",\"arguments\":\"\"}}";
    var client =
        ChatClient.read(
            run(
                MASKING,
                chunk(says(0, "\"tool_calls\":[" + first + "]")),
                chunk(says(0, tool(0, "{\\\"to\\\":\\\"bob@ex"))),
                chunk(says(0, "\"tool_calls\":[" + second + "]")),
                chunk(says(0, tool(1, "{\\\"card\\\":\\\"4111 1111 "))),
                chunk(says(0, tool(0, "ample.org\\\"}"))),
                chunk(says(0, tool(1, "1111 1111\\\"}"))),
                chunk(ends(0, "tool_calls")),
                "data: [DONE]\n\n"));
    assertThat(client.texts)
        .containsEntry("0/delta/tool_calls/0/function/arguments", "{\"to\":\"<EMAIL>\"}")
        .containsEntry("0/delta/tool_calls/1/function/arguments", "{\"card\":\"<CREDIT_CARD>\"}")
        .containsEntry("0/delta/tool_calls/0/id", "call_a")
        .containsEntry("0/delta/tool_calls/1/id", "call_b")
        .containsEntry("0/delta/tool_calls/0/function/name", "mail")
        .containsEntry("0/delta/tool_calls/1/function/name", "pay");
  }

  private static String tool(int index, String arguments) {
    return "\"tool_calls\":[{\"index\":"
        + index
        + ",\"function\":{\"arguments\":\""
        + arguments
        + "\"}}]";
  }

  @Test
  void aWholeCallInTheLastEventKeepsItsIdOnce() {
    String call =
        "{\"index\":0,\"id\":\"call_a\",\"type\":\"function\",\"function\":{\"name\":\"mail\",\"arguments\":\"bob@example.org\"}}";
    var client =
        ChatClient.read(
            run(
                MASKING,
                chunk(says(0, content("one eve@y.or"))),
                chunk(
                    "{\"index\":0,\"delta\":{\"role\":\"assistant\",\"content\":\"g\",\"tool_calls\":["
                        + call
                        + "]},\"finish_reason\":\"tool_calls\"}")));
    assertThat(client.texts)
        .containsEntry("0/delta/content", "one <EMAIL>")
        .containsEntry("0/delta/role", "assistant")
        .containsEntry("0/delta/tool_calls/0/id", "call_a")
        .containsEntry("0/delta/tool_calls/0/function/name", "mail")
        .containsEntry("0/delta/tool_calls/0/function/arguments", "<EMAIL>");
    assertThat(client.ends).containsExactly("0 tool_calls");
  }

  @Test
  void aBlockLetsNothingUndecidedOfItsEventPass() {
    // Given rules on short words, so that the block falls in the event that completes the word
    Engine words =
        engine(
            rule("mask", words("bob"), Action.MASK), rule("block", words("aurora"), Action.BLOCK));
    var stream = new AnswerStream(words, Api.CHAT, "req-1", (_, _) -> {});
    var out = new ByteArrayOutputStream();
    // When the word stands in the first of two texts of one event
    out.writeBytes(
        stream.add(
            chunk(says(0, content("we ship au")) + "," + says(1, content("fine ")))
                .getBytes(UTF_8)));
    out.writeBytes(
        stream.add(
            chunk(
                    says(0, content("rora soon, really soon"))
                        + ","
                        + says(1, content("bob and more text of the second")))
                .getBytes(UTF_8)));
    // Then
    assertThat(stream.isDone()).isTrue();
    var client = ChatClient.read(out.toByteArray());
    assertThat(client.texts).containsEntry("0/delta/content", "we ship ");
    assertThat(client.texts.getOrDefault("1/delta/content", "")).isIn("", "fine ");
    assertThat(client.ends).containsExactly("0 content_filter", "1 content_filter");
    assertThat(client.others).hasSize(2);
    assertThat(client.others.getFirst())
        .contains("\"type\":\"guardrail_blocked\"")
        .contains("\"request_id\":\"req-1\"");
    assertThat(client.others.getLast()).isEqualTo("[DONE]");
  }

  @Test
  void aStoppedAnswerSaysNothingMore() {
    Engine oneWord = engine(rule("w", words("aurora"), Action.BLOCK));
    var stream = new AnswerStream(oneWord, Api.CHAT, "req-1", (_, _) -> {});
    byte[] first = stream.add(chunk(says(0, content("aurora rises"))).getBytes(UTF_8));
    assertThat(new String(first, UTF_8)).endsWith("data: [DONE]\n\n");
    assertThat(stream.isDone()).isTrue();
    assertThat(stream.add(chunk(says(0, content("more"))).getBytes(UTF_8))).isEmpty();
    assertThat(stream.end()).isEmpty();
    assertThat(stream.verdict().refusal()).isPresent();
  }

  @Test
  void whatCannotBeReadStopsTheAnswer() {
    for (String bad :
        new String[] {"data: hello\n\n", "data: {\"a\":1,\"a\":2}\n\n", "\ufeffdata: x\n\n"}) {
      var client = ChatClient.read(run(BLOCKING, bad));
      assertThat(client.ends).as(bad).containsExactly("0 content_filter");
      assertThat(client.others.getFirst()).contains("\"code\":\"uninspectable\"");
    }
  }

  @Test
  void logprobsAreTakenOutBecauseTheyRepeatWhatMayBeMasked() {
    var client =
        ChatClient.read(
            run(
                MASKING,
                chunk(
                    "{\"index\":0,\"delta\":{\"content\":\"x\"},\"logprobs\":{\"content\":[{\"token\":\"x\"}]},\"finish_reason\":null}")));
    assertThat(client.texts).hasToString("{0/delta/content=x}");
  }

  @Test
  void anErrorOfTheModelArrivesWholeAndMasked() {
    String out =
        new String(
            run(
                MASKING,
                "data: {\"error\":{\"message\":\"ask bob@example.org\",\"type\":\"overloaded\"}}\n\n"),
            UTF_8);
    assertThat(out)
        .isEqualTo("data: {\"error\":{\"message\":\"ask <EMAIL>\",\"type\":\"overloaded\"}}\n\n");
  }

  @Test
  void anAnswerThatEndsWithoutDoneGivesOutWhatItHeldBack() {
    var client = ChatClient.read(run(MASKING, chunk(says(0, content("mail bob@example.org")))));
    assertThat(client.texts).containsEntry("0/delta/content", "mail <EMAIL>");
  }

  @Test
  void dataOfSeveralLinesStaysSo() {
    String stream =
        "data: {\"choices\":[{\"index\":0,\ndata: \"delta\":{\"content\":\"bob@example.org\"},\ndata: \"finish_reason\":\"stop\"}]}\n\n";
    assertThat(new String(run(MASKING, stream), UTF_8))
        .isEqualTo(stream.replace("bob@example.org", "<EMAIL>"));
  }

  @Test
  void piecesOfOneTextMeetWhateverTheyLookLike() {
    String tool = "\"role\":\"tool\",";
    byte[] out =
        run(
            MASKING,
            chunk(says(0, tool + content("{bob@ex"))),
            chunk(says(0, tool + content("ample.org"))),
            chunk(ends(0, "stop")));
    assertThat(ChatClient.read(out).texts).containsEntry("0/delta/content", "<EMAIL>");
  }

  @Test
  void anIndexThatClientsCouldTakeForAnotherIsMalformed() {
    for (String index : new String[] {"0.0", "-0", "\"0\"", "1e0", "99999999999"}) {
      String event = chunk(says(0, content("x")).replace("\"index\":0", "\"index\":" + index));
      assertThat(new String(run(MASKING, event), UTF_8))
          .as(index)
          .contains("\"code\":\"uninspectable\"");
    }
  }

  @Test
  void aTextThatGoesOnBehindItsEndStopsTheAnswer() {
    String out =
        new String(
            run(
                MASKING,
                chunk(says(0, content("bob@ex"))),
                chunk(ends(0, "stop")),
                chunk(says(0, content("")).replace("null", "\"stop\"")),
                chunk(says(1, content("x"))),
                chunk(says(0, content("ample.org")))),
            UTF_8);
    assertThat(out).contains("detector_error").doesNotContain("ample.org");
  }

  @Test
  void soundAndPicturesAreNotText() {
    for (String delta :
        new String[] {
          "\"audio\":{\"data\":\"AAAA\"}",
          "\"images\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:x\"}}]"
        }) {
      assertThat(new String(run(MASKING, chunk(says(0, delta))), UTF_8))
          .as(delta)
          .contains("\"code\":\"uninspectable\"");
    }
  }
}
