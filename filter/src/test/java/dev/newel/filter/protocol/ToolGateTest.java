package dev.newel.filter.protocol;

import static dev.newel.filter.Policies.engine;
import static dev.newel.filter.Policies.everything;
import static dev.newel.filter.Policies.rule;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.policy.Action;
import dev.newel.policy.Check;
import dev.newel.policy.Glob;
import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Calls of tools in streamed answers. */
class ToolGateTest {
  private static final Check.Tools RULES =
      new Check.Tools(
          Check.Tools.Otherwise.DENY,
          List.of(
              new Check.Tools.Allowed(
                  new Glob("mail"), List.of(new Check.Tools.Argument("$.to", "@example\\.com$"))),
              new Check.Tools.Allowed(new Glob("search"), List.of())),
          new TreeSet<>());

  private static String run(Api api, Action action, String... events) {
    var stream =
        new AnswerStream(
            engine(rule("t", RULES, action), rule("pii", everything(), Action.MASK)),
            api,
            "req",
            (_, _) -> {});
    var out = new ByteArrayOutputStream();
    for (String event : events) {
      out.writeBytes(stream.add(event.getBytes(UTF_8)));
    }
    out.writeBytes(stream.end());
    return out.toString(UTF_8);
  }

  private static String chat(String delta, String reason) {
    return "data: {\"choices\":[{\"index\":0,\"delta\":{"
        + delta
        + "},\"finish_reason\":"
        + reason
        + "}]}\n\n";
  }

  private static String call(int index, String name, String arguments) {
    return "\"tool_calls\":[{\"index\":"
        + index
        + (name.isEmpty()
            ? ",\"function\":{"
            : ",\"id\":\"c\",\"function\":{\"name\":\"" + name + "\",")
        + "\"arguments\":"
        + JsonString.quote(arguments)
        + "}}]";
  }

  private static final String SAYS = chat("\"content\":\"\"", "null");

  @Test
  void aDeniedCallIsTakenOutOfAChatAndTheNextOneTakesItsPlace() {
    String out =
        run(
            Api.CHAT,
            Action.MASK,
            SAYS,
            chat(call(0, "mail", "{\"to\":\"eve"), "null"),
            chat(call(1, "search", "{\"q\":1}"), "null"),
            chat(call(0, "", "@evil.org\"}"), "null"),
            chat("", "\"tool_calls\""),
            "data: [DONE]\n\n");
    assertThat(out)
        .isEqualTo(
            SAYS
                + chat(call(0, "search", ""), "null")
                + "data: {\"choices\":[{\"index\":0,\"delta\":{\"tool_calls\":[{\"index\":0,\"function\":{\"arguments\":\"{\\\"q\\\":1}\"}}]},\"finish_reason\":null}]}\n\n"
                + chat("", "\"tool_calls\"")
                + "data: [DONE]\n\n");
  }

  @Test
  void whereNoCallIsLeftAChatDoesNotStopForOne() {
    String out =
        run(
            Api.CHAT,
            Action.MASK,
            SAYS,
            chat(call(0, "shell", "{}"), "null"),
            chat("", "\"tool_calls\""),
            "data: [DONE]\n\n");
    assertThat(out).isEqualTo(SAYS + chat("", "\"stop\"") + "data: [DONE]\n\n");
  }

  @Test
  void aCallIsHeldUntilItsArgumentsCanBeJudgedAndThenStopsOrPasses() {
    String[] denied = {
      SAYS,
      chat(call(0, "mail", "{\"to\":\"eve@evil"), "null"),
      chat(call(0, "", ".org\"}"), "null"),
      chat("", "\"tool_calls\"")
    };
    String[] allowed = denied.clone();
    allowed[1] = chat(call(0, "mail", "{\"to\":\"[@example"), "null");
    allowed[2] = chat(call(0, "", ".com\"}"), "null");
    assertThat(run(Api.CHAT, Action.BLOCK, denied))
        .startsWith(SAYS)
        .contains("content_filter")
        .contains("guardrail_blocked")
        .doesNotContain("mail")
        .doesNotContain("evil");
    var client = ChatClient.read(run(Api.CHAT, Action.BLOCK, allowed).getBytes(UTF_8));
    assertThat(client.texts)
        .containsEntry("0/delta/tool_calls/0/function/name", "mail")
        .containsEntry("0/delta/tool_calls/0/function/arguments", "{\"to\":\"[@example.com\"}");
    assertThat(client.ends).containsExactly("0 tool_calls");
  }

  @Test
  void moreThanWhatIsEverHeldStopsTheAnswer() {
    String piece = chat(call(0, "", "x".repeat(100_000)), "null");
    String[] events = new String[20];
    java.util.Arrays.fill(events, piece);
    events[0] = chat(call(0, "search", "{\"q\":\""), "null");
    assertThat(run(Api.CHAT, Action.MASK, events))
        .contains("detector_error")
        .doesNotContain("xxxx");
  }

  private static String block(String type, int index, String members) {
    return "event: content_block_"
        + type
        + "\ndata: {\"type\":\"content_block_"
        + type
        + "\",\"index\":"
        + index
        + members
        + "}\n\n";
  }

  private static String use(String name) {
    return ",\"content_block\":{\"type\":\"tool_use\",\"id\":\""
        + name
        + "\",\"name\":\""
        + name
        + "\",\"input\":{}}";
  }

  private static final String TEXT =
      block("start", 0, ",\"content_block\":{\"type\":\"text\",\"text\":\"\"}")
          + block("stop", 0, "");

  private static String delta(String reason) {
    return "event: message_delta\ndata: {\"type\":\"message_delta\",\"delta\":{\"stop_reason\":\""
        + reason
        + "\"},\"usage\":{\"output_tokens\":5}}\n\n";
  }

  @Test
  void aDeniedBlockIsTakenOutOfAMessage() {
    String json = ",\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{}\"}";
    assertThat(
            run(
                Api.MESSAGES,
                Action.MASK,
                TEXT,
                block("start", 1, use("shell")),
                block("delta", 1, json),
                block("stop", 1, ""),
                delta("tool_use")))
        .isEqualTo(TEXT + delta("end_turn"));
    assertThat(
            run(
                Api.MESSAGES,
                Action.MASK,
                TEXT,
                block("start", 1, use("shell")),
                block("stop", 1, ""),
                block("start", 2, use("search")),
                block("stop", 2, ""),
                delta("tool_use")))
        .isEqualTo(
            TEXT + block("start", 1, use("search")) + block("stop", 1, "") + delta("tool_use"));
  }

  @Test
  void argumentsOfABlockAreJudgedOnceTheyAreWhole() {
    String[] events = {
      TEXT,
      block("start", 1, use("mail")),
      block(
          "delta",
          1,
          ",\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"{\\\"to\\\":\\\"eve\"}"),
      block(
          "delta",
          1,
          ",\"delta\":{\"type\":\"input_json_delta\",\"partial_json\":\"@evil.org\\\"}\"}"),
      block("stop", 1, "")
    };
    assertThat(run(Api.MESSAGES, Action.BLOCK, events))
        .startsWith(TEXT)
        .contains("permission_error")
        .doesNotContain("evil")
        .doesNotContain("mail");
  }

  private static String item(String type, int number, int index, String members) {
    return "data: {\"type\":\"response."
        + type
        + "\",\"sequence_number\":"
        + number
        + ",\"output_index\":"
        + index
        + members
        + "}\n\n";
  }

  private static String function(String name) {
    return "{\"type\":\"function_call\",\"id\":\"i\",\"call_id\":\"c\",\"name\":\""
        + name
        + "\",\"arguments\":\"{}\"}";
  }

  private static String completed(int number, String output) {
    return "data: {\"type\":\"response.completed\",\"sequence_number\":"
        + number
        + ",\"response\":{\"id\":\"r\",\"output\":["
        + output
        + "]}}\n\n";
  }

  @Test
  void aDeniedItemIsTakenOutOfAResponseAndTheEventsAreCountedWithoutIt() {
    assertThat(
            run(
                Api.RESPONSES,
                Action.MASK,
                item("output_item.added", 0, 0, ",\"item\":" + function("shell")),
                item("function_call_arguments.delta", 1, 0, ",\"delta\":\"{}\""),
                item("output_item.done", 2, 0, ",\"item\":" + function("shell")),
                item("output_item.added", 3, 1, ",\"item\":" + function("search")),
                item("output_item.done", 4, 1, ",\"item\":" + function("search")),
                completed(5, function("shell") + "," + function("search"))))
        .isEqualTo(
            item("output_item.added", 3, 0, ",\"item\":" + function("search"))
                + item("output_item.done", 4, 0, ",\"item\":" + function("search"))
                + completed(5, function("search")));
  }

  @Test
  void aDeniedItemThatOnlyTheEndOfAResponseNamesStopsIt() {
    assertThat(run(Api.RESPONSES, Action.BLOCK, completed(0, function("shell"))))
        .contains("response.incomplete")
        .doesNotContain("shell");
  }
}
