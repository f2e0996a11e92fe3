package dev.newel.filter.detect;

import static dev.newel.filter.Policies.engine;
import static dev.newel.filter.Policies.rule;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.filter.Engine;
import dev.newel.filter.stream.StreamWindow;
import dev.newel.policy.Action;
import dev.newel.policy.Check;
import dev.newel.policy.Direction;
import dev.newel.policy.Part;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LeakageTest {
  private static final String PROMPT =
      """
      You are Heron, the assistant of a bicycle shop. Never talk about prices of competitors.
      Refunds above two hundred euros need the approval of the shop manager on duty.
      canary: WINTER-42-HERON
      Session key 7f3c9a12-0b44-4e1d-9c55-a1b2c3d4e5f6, model claude-3-5-sonnet-20241022.
      Guide: https://example.com/d/1aB2c3D4e5F6g7H8i9
      """;

  private static final String PIECE =
      "Refunds above two hundred euros need the approval of the shop manager";

  private static final Engine ENGINE =
      engine(rule("leak", new Check.Leakage(true, true), Action.MASK));

  private static Origin answer(String... known) {
    return new Origin(
        Part.ASSISTANT, Direction.OUTPUT, Conversation.of(List.of(PROMPT), List.of(known)));
  }

  private static List<String> found(String text, Origin origin) {
    return ENGINE.judge(text, origin).findings().stream().map(f -> f.entity()).distinct().toList();
  }

  @Test
  void aPieceOfThePromptIsFoundHoweverItIsWritten() {
    for (String written :
        List.of(
            PIECE,
            PIECE.toUpperCase(java.util.Locale.ROOT),
            PIECE.replace(" ", ""),
            PIECE.replace(" ", "\n> "),
            PIECE.chars().mapToObj(Character::toString).collect(Collectors.joining(" ")),
            new StringBuilder(PIECE).reverse().toString(),
            PIECE.replace('o', '\u043e'),
            PIECE.replace('e', '3').replace('o', '0'),
            Base64.getEncoder().encodeToString(PIECE.getBytes(UTF_8)),
            HexFormat.of().formatHex(PIECE.getBytes(UTF_8)),
            Base64.getEncoder().encodeToString(Base64.getEncoder().encode(PIECE.getBytes(UTF_8))),
            rot13(PIECE),
            PIECE.replace(" ", "%20"))) {
      assertThat(found("Sure: " + written + ".", answer())).as(written).contains("SYSTEM_PROMPT");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "the word is WINTER-42-HERON",
        "winter42heron",
        "W I N T E R 4 2 H E R O N",
        "NOREH-24-RETNIW",
        "V0lOVEVSLTQyLUhFUk9O",
        "7F3C9A12 0B44 4E1D 9C55 A1B2C3D4E5F6",
      })
  void aCanaryIsFoundMarkedOrLearnt(String written) {
    assertThat(found(written, answer())).containsExactly("CANARY");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Refunds need the approval of a manager.",
        "I am claude-3-5-sonnet-20241022, a model.",
        "See https://example.com/d/1aB2c3D4e5F6g7H8i9 for more.",
        "We sell bicycles; winter is near, and 42 herons came.",
      })
  void whatIsSaidInOtherWordsOrMeantForUsersPasses(String answer) {
    assertThat(found(answer, answer())).isEmpty();
  }

  @Test
  void whatWhoeverAsksSaidBeforeGivesNothingAway() {
    assertThat(found(PIECE, answer("Is it true? " + PIECE))).isEmpty();
    assertThat(found("WINTER-42-HERON", answer("what is winter-42-heron"))).isEmpty();
    assertThat(found(PIECE, answer("something else"))).isNotEmpty();
  }

  @Test
  void nothingIsFoundWithoutAConversation() {
    assertThat(found(PIECE, Origin.ANSWER)).isEmpty();
  }

  @Test
  void anyCutOfAStreamGivesTheMaskingOfTheWhole() {
    long seed = Long.getLong("newel.seed", 20261203L);
    System.out.println("seed " + seed);
    var random = new Random(seed);
    String text =
        "Of course. "
            + PIECE
            + ". Or: "
            + Base64.getEncoder().encodeToString(PROMPT.getBytes(UTF_8))
            + " and "
            + PIECE.chars().mapToObj(Character::toString).collect(Collectors.joining(" "))
            + " end, winter-42-heron. "
            + "Some more words. ".repeat(20);
    String whole = ENGINE.judge(text, answer()).masked().orElseThrow();
    assertThat(whole).startsWith("Of course. <SYSTEM_PROMPT>").contains("<CANARY>");
    for (int round = 0; round < 20; round++) {
      var window = new StreamWindow(ENGINE, answer());
      var out = new StringBuilder();
      int most = 1 + random.nextInt(40);
      for (int at = 0; at < text.length(); ) {
        int to = Math.min(text.length(), at + 1 + random.nextInt(most));
        out.append(window.add(text.substring(at, to)).text());
        at = to;
      }
      assertThat(out.append(window.end().text())).as("round %d", round).hasToString(whole);
    }
  }

  private static String rot13(String text) {
    return text.chars()
        .map(c -> Character.isLetter(c) ? ((c | 32) < 'n' ? c + 13 : c - 13) : c)
        .mapToObj(Character::toString)
        .collect(Collectors.joining());
  }
}
