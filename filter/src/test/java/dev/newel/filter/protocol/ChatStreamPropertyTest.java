package dev.newel.filter.protocol;

import static dev.newel.filter.Policies.engine;
import static dev.newel.filter.Policies.everything;
import static dev.newel.filter.Policies.pattern;
import static dev.newel.filter.Policies.rule;
import static dev.newel.filter.Policies.words;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.filter.Engine;
import dev.newel.filter.detect.Origin;
import dev.newel.policy.Action;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** However the bytes of a stream are cut, clients read what masking the whole texts would give. */
class ChatStreamPropertyTest {
  private static final String[] PIECES = {
    "mail alice.b+c@example.co.uk now",
    "@",
    "bob@x",
    ".example.org",
    "DE89 3704 0044 0532 0130 00",
    "gb29nwbk60161331926819",
    "4111 1111 1111 1111",
    "project-aurora",
    "Project\u200b-Aurora",
    "123456-X",
    "\ud83d\ude00",
    "\ufb01\uff11\u00e9\u20ac",
    "\"quoted\" \\ {\"finish_reason\":\"stop\"}",
    "\n\r\t\u2028",
    "data: [DONE]\n\n",
    " ",
    "normal words here ",
    "x",
  };

  private static final String[] PLACES = {"content", "reasoning_content", "refusal"};

  private static final Engine ENGINE =
      engine(
          rule("pii", everything(), Action.MASK),
          rule("w", words("project-aurora", "foo"), Action.MASK),
          rule("p", pattern("\\b[0-9]{6}-X\\b"), Action.MASK));

  private static final Engine BLOCKING =
      engine(
          rule("pii", everything(), Action.MASK), rule("w", words("project-aurora"), Action.BLOCK));

  /** As {@link #BLOCKING}, but the word has no effect. */
  private static final Engine NOT_BLOCKING = engine(rule("pii", everything(), Action.MASK));

  /** One answer: its stream, and the texts that were put into it. */
  @SuppressWarnings("ArrayRecordComponent") // never compared
  private record Answer(byte[] stream, Map<String, String> texts, int choices) {}

  @Test
  void anyCutGivesTheMaskingOfTheWhole() {
    long seed = Long.getLong("newel.seed", 20261126L);
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int round = 0; round < 1500; round++) {
      Answer answer = answer(random);
      Map<String, String> expected = new TreeMap<>();
      answer
          .texts()
          .forEach((place, text) ->
              expected.put(place, ENGINE.judge(text, Origin.ANSWER).masked().orElseThrow()));
      var client = ChatClient.read(stream(ENGINE, answer.stream(), random));
      assertThat(client.texts)
          .as("round %d, stream %s", round, new String(answer.stream(), UTF_8))
          .isEqualTo(expected);
      assertThat(client.ends).hasSize(answer.choices());
      assertThat(client.others)
          .containsExactly("{\"choices\":[],\"usage\":{\"total_tokens\":3}}", "[DONE]");
    }
  }

  @Test
  void whereverItIsCutABlockGivesOutABeginningOfTheMaskedTextsAndNeverTheWord() {
    long seed = Long.getLong("newel.seed", 20261127L);
    System.out.println("seed " + seed);
    var random = new Random(seed);
    int blocked = 0;
    for (int round = 0; round < 1500; round++) {
      int number = round;
      Answer answer = answer(random);
      boolean blocks =
          answer.texts().values().stream()
              .anyMatch(t -> BLOCKING.judge(t, Origin.ANSWER).action() == Action.BLOCK);
      var client = ChatClient.read(stream(BLOCKING, answer.stream(), random));
      assertThat(client.others.getFirst().contains("guardrail_blocked"))
          .as("round %d", round)
          .isEqualTo(blocks);
      if (blocks) {
        blocked++;
        client.texts.forEach((place, text) ->
            assertThat(BLOCKING.judge(text, Origin.ANSWER).action())
                .as("round %d, %s", number, place)
                .isNotEqualTo(Action.BLOCK));
        client.texts.forEach((place, text) -> {
          String sent = answer.texts().get(place);
          assertThat(NOT_BLOCKING.judge(sent, Origin.ANSWER).masked().orElseThrow())
              .as("round %d, %s", number, place)
              .startsWith(text);
        });
      }
    }
    assertThat(blocked).isBetween(100, 1400);
  }

  private static byte[] stream(Engine engine, byte[] bytes, Random random) {
    var stream = new AnswerStream(engine, Api.CHAT, "req", (_, _) -> {});
    var out = new ByteArrayOutputStream();
    int most = 1 + random.nextInt(random.nextBoolean() ? 8 : 400);
    for (int at = 0; at < bytes.length; ) {
      int to = Math.min(bytes.length, at + 1 + random.nextInt(most));
      out.writeBytes(stream.add(Arrays.copyOfRange(bytes, at, to)));
      at = to;
    }
    out.writeBytes(stream.end());
    return out.toByteArray();
  }

  private static Answer answer(Random random) {
    String end = List.of("\n", "\r\n", "\r").get(random.nextInt(3));
    int choices = 1 + random.nextInt(3);
    Map<String, String> texts = new TreeMap<>();
    var stream = new StringBuilder();
    for (int i = random.nextInt(25); i >= 0; i--) {
      var parts = new ArrayList<String>();
      for (int c = 0; c < choices; c++) {
        if (parts.isEmpty() || random.nextInt(3) == 0) {
          String place = PLACES[random.nextInt(PLACES.length)];
          String piece = piece(random);
          int choice = parts.isEmpty() ? random.nextInt(choices) : c;
          if (parts.stream().noneMatch(p -> p.startsWith("{\"index\":" + choice))) {
            parts.add(
                "{\"index\":"
                    + choice
                    + ",\"delta\":{"
                    + delta(place, piece, random)
                    + "},\"finish_reason\":null}");
            texts.merge(name(choice, place), piece, String::concat);
          }
        }
      }
      event(String.join(",", parts), end, random, stream);
    }
    for (int c = 0; c < choices; c++) {
      String last = piece(random);
      texts.merge(name(c, "content"), last, String::concat);
      event(
          "{\"index\":"
              + c
              + ",\"delta\":{"
              + delta("content", last, random)
              + "},\"finish_reason\":\"stop\"}",
          end,
          random,
          stream);
    }
    stream.append("data: {\"choices\":[],\"usage\":{\"total_tokens\":3}}").append(end).append(end);
    stream.append("data: [DONE]").append(end).append(end);
    return new Answer(stream.toString().getBytes(UTF_8), texts, choices);
  }

  private static void event(String choices, String end, Random random, StringBuilder stream) {
    if (random.nextInt(6) == 0) {
      stream.append(": comment").append(end);
    }
    stream.append("data: {\"id\":\"c\",\"choices\":[").append(choices).append("]}");
    stream.append(end).append(end);
  }

  private static String name(int choice, String place) {
    return place.startsWith("tool")
        ? choice + "/delta/" + place + "/function/arguments"
        : choice + "/delta/" + place;
  }

  private static String delta(String place, String text, Random random) {
    String literal = literal(text, random);
    return place.startsWith("tool")
        ? "\"tool_calls\":[{\"index\":"
            + place.substring(11)
            + ",\"function\":{\"arguments\":"
            + literal
            + "}}]"
        : "\"" + place + "\":" + literal;
  }

  private static String piece(Random random) {
    String piece = PIECES[random.nextInt(PIECES.length)];
    int from = random.nextInt(piece.length());
    int to = from + 1 + random.nextInt(piece.length() - from);
    boolean whole = random.nextInt(3) > 0;
    // A server sends whole characters.
    return whole
            || Character.isSurrogate(piece.charAt(from))
            || Character.isSurrogate(piece.charAt(to - 1))
        ? piece
        : piece.substring(from, to);
  }

  /** A literal that escapes some of what need not be escaped. */
  private static String literal(String text, Random random) {
    var out = new StringBuilder("\"");
    text.codePoints()
        .forEach(point -> {
          if (point < 0x20 || point == '"' || point == '\\' || random.nextInt(8) == 0) {
            for (char c : Character.toChars(point)) {
              out.append("\\u%04x".formatted((int) c));
            }
          } else {
            out.appendCodePoint(point);
          }
        });
    return out.append('"').toString();
  }
}
