package dev.newel.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class CanonicalEventsTest {
  @Test
  void namesAreSortedByCodeUnitsAtEveryLevel() {
    // Given: RFC 8785, 3.2.3, one level down
    Map<String, Object> data = new HashMap<>();
    for (String name : List.of("\u20ac", "\r", "\ufb33", "1", "\ud83d\ude00", "\u0080", "\u00f6")) {
      data.put(name, true);
    }

    // Then
    assertThat(CanonicalEvents.write(Map.of("data", data)))
        .isEqualTo(
            "{\"data\":{\"\\r\":true,\"1\":true,\"\u0080\":true,\"\u00f6\":true,\"\u20ac\":true,"
                + "\"\ud83d\ude00\":true,\"\ufb33\":true}}");
  }

  @Test
  void escapesAreThoseOfRfc8785() {
    assertThat(CanonicalEvents.write(Map.of("x", "\u20ac$\u000f\n'\"\\/\b\t\f\r\u007f\u2028</")))
        .isEqualTo("{\"x\":\"\u20ac$\\u000f\\n'\\\"\\\\/\\b\\t\\f\\r\u007f\u2028</\"}");
  }

  @Test
  void whatHasNoCanonicalFormIsRefused() {
    for (Object bad : Arrays.asList(0.5, 0.5f, null, 'c', "\ud83d", "\ude00", new int[0])) {
      Map<String, Object> event = new HashMap<>();
      event.put("x", Arrays.asList(bad));
      assertThatThrownBy(() -> CanonicalEvents.write(event))
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"b\":1,\"a\":2}",
        "{\"a\": 1}",
        "{\"a\":1} ",
        "{\"a\":1}{}",
        "{\"a\":1,\"a\":1}",
        "{\"a\":1.0}",
        "{\"a\":-0}",
        "{\"a\":1e2}",
        "{\"a\":null}",
        "{\"a\":\"\\u0041\"}",
        "{\"a\":\"\\u000F\"}",
        "{\"a\":\"\\/\"}",
        "{\"a\":\"\\ud83d\"}",
        "[]",
        "",
      })
  void anyOtherFormOfALineIsRefused(String line) {
    assertThatThrownBy(() -> CanonicalEvents.read(line))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void numbersStayWithinWhatEveryJsonReaderKeeps() {
    // Given: RFC 8785, 3.1 and RFC 7493, 2.2
    long most = (1L << 53) - 1;

    // Then
    assertThat(CanonicalEvents.write(Map.of("x", most))).isEqualTo("{\"x\":9007199254740991}");
    assertThatThrownBy(() -> CanonicalEvents.write(Map.of("x", most + 1)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CanonicalEvents.write(Map.of("x", Long.MIN_VALUE)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> CanonicalEvents.write(Map.of("x", -most - 1)))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @EnumSource
  void everyTypeIsFoundByItsWireName(EventType type) {
    assertThat(EventType.of(type.wire())).isEqualTo(type);
    assertThat(type.description()).endsWith(".");
  }

  @Test
  void anUnknownTypeIsRefused() {
    assertThatThrownBy(() -> EventType.of("policy.loaded"))
        .hasMessage("unknown event type policy.loaded");
  }
}
