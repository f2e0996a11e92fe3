package dev.newel.filter.protocol;

import static dev.newel.filter.Policies.engine;
import static dev.newel.filter.Policies.everything;
import static dev.newel.filter.Policies.rule;
import static dev.newel.filter.Policies.words;
import static dev.newel.policy.Direction.INPUT;
import static dev.newel.policy.Direction.OUTPUT;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.newel.filter.Engine;
import dev.newel.policy.Action;
import dev.newel.policy.Direction;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Where each API puts its texts, and what masking makes of documents. */
class DocumentsTest {
  private static final Engine MASKING =
      engine(rule("pii", everything(), Action.MASK), rule("w", words("aurora"), Action.MASK));

  private static List<String> texts(Api api, Direction direction, String json) {
    try {
      return Document.parse(json.getBytes(UTF_8), api, direction).texts().stream()
          .map(t -> t.part() + " " + t.pointer() + " " + t.value())
          .toList();
    } catch (Document.MalformedException e) {
      throw new AssertionError(e);
    }
  }

  private static String masked(Api api, Direction direction, String json) {
    var decided =
        new Inspector(MASKING, api, (_, _) -> {}).inspect(json.getBytes(UTF_8), direction);
    return new String(decided.body().orElseThrow(), UTF_8);
  }

  private static Document parsed(String json) throws Document.MalformedException {
    return Document.parse(json.getBytes(UTF_8), Api.CHAT, INPUT);
  }

  @Test
  void responses() {
    assertThat(
            texts(
                Api.RESPONSES,
                INPUT,
                """
                {"model":"m","instructions":"be kind","previous_response_id":"resp_1","input":[
                 {"role":"developer","content":"short"},
                 {"type":"message","role":"user","content":[{"type":"input_text","text":"hi"}]},
                 {"type":"reasoning","id":"rs","summary":[{"type":"summary_text","text":"hm"}]},
                 {"type":"function_call","call_id":"c","name":"mail","arguments":"{\\"a\\":\\"x\\\\ny\\"}"},
                 {"type":"function_call_output","call_id":"c","output":"[\\"\\\\u0041\\"]"}],
                 "tools":[{"type":"function","name":"mail","description":"sends"}]}
                """))
        .containsExactly(
            "SYSTEM /instructions be kind",
            "SYSTEM /input/0/content short",
            "USER /input/1/content/0/text hi",
            "ASSISTANT /input/2/summary/0/text hm",
            "TOOL_CALL /input/3/name mail",
            "TOOL_CALL /input/3/arguments {\"a\":\"x\ny\"}",
            "TOOL_RESULT /input/4/output [\"A\"]",
            "TOOL_CALL /tools/0/name mail",
            "TOOL_CALL /tools/0/description sends");
  }

  @Test
  void messages() {
    assertThat(
            texts(
                Api.MESSAGES,
                INPUT,
                """
                {"model":"m","max_tokens":9,"system":[{"type":"text","text":"be kind"}],"messages":[
                 {"role":"user","content":"hi"},
                 {"role":"assistant","content":[{"type":"thinking","thinking":"hm","signature":"c2ln"},
                  {"type":"tool_use","id":"t","name":"mail","input":{"a":"x\\ny","n":1}}]},
                 {"role":"user","content":[{"type":"tool_result","tool_use_id":"t","content":[{"type":"text","text":"sent"}]},
                  {"type":"document","source":{"type":"text","media_type":"text/plain","data":"report"},"title":"Q3"}]}],
                 "tools":[{"name":"mail","description":"sends","input_schema":{"type":"object"}}]}
                """))
        .containsExactly(
            "SYSTEM /system/0/text be kind",
            "USER /messages/0/content hi",
            "ASSISTANT /messages/1/content/0/thinking hm",
            "ASSISTANT /messages/1/content/0/signature c2ln",
            "TOOL_CALL /messages/1/content/1/name mail",
            "TOOL_CALL /messages/1/content/1/input {\"a\":\"x\ny\",\"n\":1}",
            "TOOL_RESULT /messages/2/content/0/content/0/text sent",
            "TOOL_RESULT /messages/2/content/1/source/data report",
            "TOOL_RESULT /messages/2/content/1/title Q3",
            "TOOL_CALL /tools/0/name mail",
            "TOOL_CALL /tools/0/description sends");
  }

  @Test
  void completionsAndEmbeddings() {
    assertThat(texts(Api.COMPLETIONS, INPUT, "{\"prompt\":[\"a\",\"b\"],\"suffix\":\"c\",\"n\":2}"))
        .containsExactly("USER /prompt/0 a", "USER /prompt/1 b", "USER /suffix c");
    assertThat(
            texts(
                Api.EMBEDDINGS,
                OUTPUT,
                "{\"object\":\"list\",\"data\":[{\"object\":\"embedding\",\"index\":0,\"embedding\":[0.1,-2e-3]},{\"embedding\":\"AACAPwAAgD8=\"}]}"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "COMPLETIONS|{\"prompt\":[1,2,3]}|TOKENS",
        "COMPLETIONS|{\"prompt\":[[1,2],[3]]}|TOKENS",
        "EMBEDDINGS|{\"input\":[1,2]}|TOKENS",
        "CHAT|{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_audio\",\"input_audio\":{\"data\":\"x\"}}]}]}|CONTENT_TYPE",
        "RESPONSES|{\"input\":[{\"role\":\"user\",\"content\":[{\"type\":\"input_image\",\"image_url\":\"u\"}]}]}|CONTENT_TYPE",
        "RESPONSES|{\"input\":[{\"type\":\"computer_call_output\",\"output\":{\"type\":\"computer_screenshot\"}}]}|CONTENT_TYPE",
        "MESSAGES|{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"image\",\"source\":{\"type\":\"base64\"}}]}]}|CONTENT_TYPE",
        "MESSAGES|{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"tool_result\",\"content\":[{\"type\":\"image\"}]}]}]}|CONTENT_TYPE",
        "MESSAGES|{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"document\",\"source\":{\"type\":\"base64\",\"data\":\"x\"}}]}]}|CONTENT_TYPE",
      })
  void whatIsNoTextIsRefused(Api api, String json, Uninspectable reason) throws Exception {
    assertThat(Document.parse(json.getBytes(UTF_8), api, INPUT).uninspectable())
        .containsOnlyKeys(reason);
    assertThat(
            new Inspector(MASKING, api, (_, _) -> {})
                .inspect(json.getBytes(UTF_8), INPUT)
                .verdict()
                .refusal()
                .orElseThrow()
                .code())
        .isEqualTo("uninspectable");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        // escapes inside of arguments are read and kept
        "{\"a\":\"x\\nbob@example.org\\ty\",\"b\":\"\\u00e9\\/\"}|{\"a\":\"x\\n<EMAIL>\\ty\",\"b\":\"\\u00e9\\/\"}",
        "{\"a\":\"\\u0062ob\\u0040example.org\"}|{\"a\":\"<EMAIL>\"}",
        // numbers are texts, and masked ones are strings
        "{\"card\":4111111111111111,\"n\":7}|{\"card\":\"<CREDIT_CARD>\",\"n\":7}",
        "[4111111111111111]|[\"<CREDIT_CARD>\"]",
        // names of members are texts, too
        "{\"bob@example.org\":1}|{\"<EMAIL>\":1}",
        // what is no JSON is plain text
        "{'to': bob@example.org}|{'to': <EMAIL>}",
        "{\"a\":bob@example.org}|{\"a\":<EMAIL>}",
        "{\"a\":\"bob@example.org|{\"a\":\"<EMAIL>",
        "bob@example.org|<EMAIL>",
      })
  void argumentsStayTheJsonTheyAre(String arguments, String expected) {
    String json =
        "{\"choices\":[{\"message\":{\"tool_calls\":[{\"function\":{\"arguments\":%s}}]}}]}";
    assertThat(masked(Api.CHAT, OUTPUT, json.formatted(JsonString.quote(arguments))))
        .isEqualTo(json.formatted(JsonString.quote(expected)));
  }

  @Test
  void valuesOfAToolsInputAreEditedInPlace() {
    String json =
        "{\"content\":[{\"type\":\"tool_use\",\"id\":\"t\",\"name\":\"pay\",\"input\":{ \"to\" : \"b\\u006fb@example.org\", \"card\":4111111111111111,\"\\u00e9\":[1.50] }}]}";
    assertThat(masked(Api.MESSAGES, OUTPUT, json))
        .isEqualTo(
            json.replace("b\\u006fb@example.org", "<EMAIL>")
                .replace("4111111111111111", "\"<CREDIT_CARD>\""));
  }

  @Test
  void numbersInASchemaOfATool() {
    String json =
        "{\"tools\":[{\"type\":\"function\",\"function\":{\"name\":\"f\",\"parameters\":{\"type\":\"object\",\"default\":4111111111111111,\"maximum\":100}}}]}";
    assertThat(masked(Api.CHAT, INPUT, json))
        .isEqualTo(json.replace("4111111111111111", "\"<CREDIT_CARD>\""));
  }

  @Test
  void whatIsSplitOverPartsOfAMessageIsMaskedInEach() {
    String json =
        "{\"messages\":[{\"role\":\"user\",\"content\":[{\"type\":\"text\",\"text\":\"pay 4111 1111\"},{\"type\":\"text\",\"text\":\" 1111 1111 now\"},{\"type\":\"text\",\"text\":\"aurora\"}]},{\"role\":\"user\",\"content\":\"x\"}]}";
    assertThat(masked(Api.CHAT, INPUT, json))
        .isEqualTo(
            json.replace("4111 1111", "<CREDIT_CARD>")
                .replace(" 1111 1111", "<CREDIT_CARD>")
                .replace("aurora", "<W>"));
  }

  @Test
  void logprobsOfAnAnswerAreTakenOutOnlyWhereARuleMayChangeIt() {
    String json =
        "{\"choices\":[{\"message\":{\"content\":\"hi\"},\"logprobs\":{\"content\":[{\"token\":\"bob@example.org\"}]}}]}";
    assertThat(masked(Api.CHAT, OUTPUT, json))
        .isEqualTo("{\"choices\":[{\"message\":{\"content\":\"hi\"},\"logprobs\":null}]}");
    var detecting = engine(rule("w", words("aurora"), Action.DETECT));
    var decided =
        new Inspector(detecting, Api.CHAT, (_, _) -> {}).inspect(json.getBytes(UTF_8), OUTPUT);
    assertThat(new String(decided.body().orElseThrow(), UTF_8)).isEqualTo(json);
  }

  @Test
  void hugeNumbersPassAsTheyAreWrittenAndOverLongOnesAreMalformed() throws Exception {
    String json = "{\"seed\":1%s,\"temperature\":1e-400}".formatted("0".repeat(900));
    assertThat(masked(Api.CHAT, INPUT, json)).isEqualTo(json);
    assertThatThrownBy(() -> parsed("{\"seed\":1" + "0".repeat(1001) + "}"))
        .isInstanceOf(Document.MalformedException.class);
  }

  @Test
  void loneSurrogatesAreReadAsSuchAndStayAsTheyAreWritten() {
    String json =
        "{\"messages\":[{\"role\":\"user\",\"content\":\"\\ud83d bob@example.org \\ude00\"}]}";
    assertThat(masked(Api.CHAT, INPUT, json)).isEqualTo(json.replace("bob@example.org", "<EMAIL>"));
  }

  @Test
  void fieldsThatContradictEachOtherAreAllLookedAt() {
    String json =
        "{\"prompt\":\"aurora\",\"input\":\"aurora\",\"messages\":[{\"role\":\"user\",\"content\":\"aurora\",\"text\":\"aurora\"}]}";
    for (Api api : Api.values()) {
      assertThat(masked(api, INPUT, json)).as("%s", api).doesNotContain("aurora");
    }
  }

  @Test
  void aRoleInAToolsOwnDataIsNoRole() {
    assertThat(
            texts(
                Api.CHAT,
                INPUT,
                "{\"tools\":[{\"function\":{\"parameters\":{\"role\":\"system\",\"x\":{\"type\":\"message\",\"y\":\"z\"}}}}]}"))
        .allMatch(t -> t.startsWith("TOOL_CALL"));
  }
}
