package dev.newel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalJsonTest {
  @Test
  void namesAreSortedByCodeUnitsAsInTheExampleOfRfc8785() {
    // Given: RFC 8785, 3.2.3
    var map = new HashMap<String, Object>();
    map.put("\u20ac", "Euro Sign");
    map.put("\r", "Carriage Return");
    map.put("\ufb33", "Hebrew Letter Dalet With Dagesh");
    map.put("1", "One");
    map.put("\ud83d\ude00", "Emoji: Grinning Face");
    map.put("\u0080", "Control");
    map.put("\u00f6", "Latin Small Letter O With Diaeresis");

    // Then
    assertThat(CanonicalJson.write(map))
        .isEqualTo(
            "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u0080\":\"Control\",\"\u00f6\":\"Latin"
                + " Small Letter O With Diaeresis\",\"\u20ac\":\"Euro Sign\",\"\ud83d\ude00\":\"Emoji:"
                + " Grinning Face\",\"\ufb33\":\"Hebrew Letter Dalet With Dagesh\"}");
  }

  @Test
  void escapesAreTheShortestThatRfc8785Allows() {
    assertThat(CanonicalJson.write("\u20ac$\u000f\nA'B\"\\\\\"/\b\t\f\r\u007f"))
        .isEqualTo("\"\u20ac$\\u000f\\nA'B\\\"\\\\\\\\\\\"/\\b\\t\\f\\r\u007f\"");
  }

  @Test
  void whatHasNoCanonicalFormIsRefused() {
    for (Object bad :
        List.of(1.5, 1L << 53, -(1L << 53), Long.MIN_VALUE, "\ud83d", "\ude00x", 'c')) {
      assertThatThrownBy(() -> CanonicalJson.write(List.of(bad)))
          .isInstanceOf(IllegalArgumentException.class);
    }
    assertThat(CanonicalJson.write((1L << 53) - 1)).isEqualTo("9007199254740991");
  }

  @Test
  void readingGivesBackWhatWasWritten() {
    long seed = Long.getLong("newel.seed", 20261127L);
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int i = 0; i < 5_000; i++) {
      // Given
      Object value = value(random, 4);

      // When
      String json = CanonicalJson.write(value);

      // Then
      assertThat(JsonReader.read(json)).isEqualTo(value);
      assertThat(CanonicalJson.write(JsonReader.read(json))).isEqualTo(json);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " 1",
        "1 ",
        "{",
        "[1,]",
        "{\"a\":1,\"a\":2}",
        "{\"a\" :1}",
        "{a:1}",
        "1.5",
        "1e3",
        "-",
        "--1",
        "null",
        "tru",
        "\"",
        "\"\\x\"",
        "\"\\u12g4\"",
        "\"\t\"",
        "[1}",
        "99999999999999999999",
      })
  void anythingElseIsRefusedWithThePosition(String text) {
    assertThatThrownBy(() -> JsonReader.read(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("JSON at character ");
  }

  @Test
  void deepNestingIsRefusedBeforeItFillsTheStack() {
    assertThatThrownBy(() -> JsonReader.read("[".repeat(1_000_000)))
        .hasMessage("JSON at character 33: nested deeper than 32");
  }

  private static Object value(Random random, int depth) {
    return switch (random.nextInt(depth == 0 ? 3 : 5)) {
      case 0 -> text(random);
      case 1 -> random.nextLong(-(1L << 53) + 1, 1L << 53);
      case 2 -> random.nextBoolean();
      case 3 -> {
        var list = new ArrayList<Object>();
        for (int i = random.nextInt(4); i > 0; i--) {
          list.add(value(random, depth - 1));
        }
        yield list;
      }
      default -> {
        Map<String, Object> map = new HashMap<>();
        for (int i = random.nextInt(4); i > 0; i--) {
          map.put(text(random), value(random, depth - 1));
        }
        yield map;
      }
    };
  }

  /** Any characters but lone surrogates, with a liking for those that need care. */
  private static String text(Random random) {
    var out = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      int point = random.nextInt(random.nextBoolean() ? 0x80 : Character.MAX_CODE_POINT + 1);
      if (point < 0xd800 || point > 0xdfff) {
        out.appendCodePoint(point);
      }
    }
    return out.toString();
  }
}
