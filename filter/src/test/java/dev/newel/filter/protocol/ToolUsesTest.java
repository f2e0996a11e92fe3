package dev.newel.filter.protocol;

import static dev.newel.filter.Policies.engine;
import static dev.newel.filter.Policies.rule;
import static dev.newel.policy.Direction.INPUT;
import static dev.newel.policy.Direction.OUTPUT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.policy.Action;
import dev.newel.policy.Check;
import dev.newel.policy.Direction;
import dev.newel.policy.Glob;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Which tools may be called, and what a document reads like without those that may not. */
class ToolUsesTest {
  /** Mail to colleagues and searching; nothing else. */
  private static final Check.Tools RULES =
      new Check.Tools(
          Check.Tools.Otherwise.DENY,
          List.of(
              new Check.Tools.Allowed(
                  new Glob("mail_*"),
                  List.of(new Check.Tools.Argument("$.to[*]", "^[^@]+@example\\.com$"))),
              new Check.Tools.Allowed(new Glob("search"), List.of())),
          new TreeSet<>(List.of(new Glob("mail_delete"))));

  private static Inspector.Decided inspect(
      Api api, String json, Direction direction, Action action) {
    return new Inspector(engine(rule("t", RULES, action)), api, (_, _) -> {})
        .inspect(json.getBytes(UTF_8), direction);
  }

  private static String masked(Api api, String json, Direction direction) {
    return new String(inspect(api, json, direction, Action.MASK).body().orElseThrow(), UTF_8);
  }

  private static String call(String name, String arguments) {
    return "{\"id\":\"%s\",\"type\":\"function\",\"function\":{\"name\":\"%s\",\"arguments\":%s}}"
        .formatted(name, name, JsonString.quote(arguments));
  }

  private static String answer(String reason, String... calls) {
    return "{\"choices\":[{\"index\":0,\"message\":{\"role\":\"assistant\",\"content\":null%s},\"finish_reason\":\"%s\"}],\"usage\":{\"total_tokens\":3}}"
        .formatted(
            calls.length == 0 ? "" : ",\"tool_calls\":[" + String.join(", ", calls) + "]", reason);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "mail_send|{\"to\":[\"bob@example.com\",\"eve@example.com\"]}|true",
        "mail_send|{\"to\":[\"bob@example.com\",\"eve@evil.org\"]}|false",
        "mail_send|{\"to\":[\"bob\\u0040example.com\"]}|true",
        "mail_send|{\"to\":[[\"eve@evil.org\"]]}|false",
        "mail_send|{\"to\":[null]}|false",
        "mail_send|{\"to\":[\"bob@example.com\"],\"to\":[\"eve@evil.org\"]}|false",
        "mail_send|not json|false",
        "mail_send|{}|true",
        "mail_send||true",
        "mail_delete|{}|false",
        "search|anything|true",
        "Search|{}|false",
        "shell|{}|false",
      })
  void aCallMayBeMadeWhenItsNameAndArgumentsMay(String name, String arguments, boolean allowed) {
    String json = answer("tool_calls", call(name, arguments == null ? "" : arguments));
    var decided = inspect(Api.CHAT, json, OUTPUT, Action.BLOCK);
    assertThat(decided.verdict().action()).isEqualTo(allowed ? Action.ALLOW : Action.BLOCK);
    assertThat(decided.body().map(b -> new String(b, UTF_8)).orElse("none"))
        .isEqualTo(allowed ? json : "none");
  }

  @Test
  void aDeniedCallIsTakenOutOfAnAnswerAndTheOthersStay() {
    String search = call("search", "{}");
    assertThat(masked(Api.CHAT, answer("tool_calls", call("a", ""), search, call("b", "")), OUTPUT))
        .isEqualTo(answer("tool_calls", search));
    assertThat(masked(Api.CHAT, answer("tool_calls", call("a", ""), call("b", "")), OUTPUT))
        .isEqualTo(answer("stop"));
  }

  @Test
  void definitionsPastCallsAndTheirResultsAreTakenOutOfARequest() {
    String json =
        """
        {"tools":[{"type":"function","function":{"name":"shell"}},{"type":"function","function":{"name":"search"}}],
         "tool_choice":{"type":"function","function":{"name":"shell"}},
         "messages":[{"role":"user","content":"hi"},
          {"role":"assistant","content":null,"tool_calls":[%s]},
          {"role":"tool","tool_call_id":"shell","content":"root"},
          {"role":"user","content":"on"}]}
        """
            .formatted(call("shell", "{}"));
    assertThat(masked(Api.CHAT, json, INPUT))
        .isEqualTo(
            """
            {"tools":[{"type":"function","function":{"name":"search"}}],
             "messages":[{"role":"user","content":"hi"},
              {"role":"user","content":"on"}]}
            """);
  }

  @Test
  void whereNoToolIsLeftNothingSpeaksOfTools() {
    assertThat(
            masked(
                Api.CHAT,
                "{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"shell\"}}],\"tool_choice\":\"auto\",\"parallel_tool_calls\":true,\"messages\":[]}",
                INPUT))
        .isEqualTo("{\"messages\":[]}");
  }

  @Test
  void itemsOfResponsesAreTakenOutWithTheirResults() {
    assertThat(
            masked(
                Api.RESPONSES,
                "{\"tools\":[{\"type\":\"web_search\"},{\"type\":\"function\",\"name\":\"search\"}],\"input\":[{\"role\":\"user\",\"content\":\"x\"},{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"shell\",\"arguments\":\"{}\"},{\"type\":\"function_call_output\",\"call_id\":\"c\",\"output\":\"root\"}]}",
                INPUT))
        .isEqualTo(
            "{\"tools\":[{\"type\":\"function\",\"name\":\"search\"}],\"input\":[{\"role\":\"user\",\"content\":\"x\"}]}");
    assertThat(
            masked(
                Api.RESPONSES,
                "{\"status\":\"completed\",\"output\":[{\"type\":\"function_call\",\"call_id\":\"c\",\"name\":\"shell\",\"arguments\":\"{}\"},{\"type\":\"web_search_call\",\"id\":\"w\"}]}",
                OUTPUT))
        .isEqualTo("{\"status\":\"completed\",\"output\":[]}");
  }

  @Test
  void blocksOfMessagesAreTakenOutWithTheirResults() {
    assertThat(
            masked(
                Api.MESSAGES,
                "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"y\"},{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"mail_send\",\"input\":{\"to\":[\"eve@evil.org\"]}}]},{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"tool_use_id\":\"t\",\"content\":\"sent\"}]}]}",
                INPUT))
        .isEqualTo(
            "{\"messages\":[{\"role\":\"user\",\"content\":\"x\"},{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"y\"}]}]}");
    assertThat(
            masked(
                Api.MESSAGES,
                "{\"content\":[{\"type\":\"text\",\"text\":\"y\"},{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"shell\",\"input\":{}}],\"stop_reason\":\"tool_use\"}",
                OUTPUT))
        .isEqualTo(
            "{\"content\":[{\"type\":\"text\",\"text\":\"y\"}],\"stop_reason\":\"end_turn\"}");
  }
}
