package dev.newel.audit;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.json.JsonWriteFeature;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collection;
import java.util.Map;

/**
 * RFC 8785 for events: sorted names, no white space, lower-case escapes. Events hold no fractions,
 * so Jackson's own number form is the canonical one; anything else is refused.
 */
final class CanonicalEvents {
  /** RFC 7493, 2.2: what a reader that knows only doubles still tells apart. */
  private static final long MAX_NUMBER = (1L << 53) - 1;

  private static final JsonMapper MAPPER =
      JsonMapper.builder()
          .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
          .disable(JsonWriteFeature.WRITE_HEX_UPPER_CASE)
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private CanonicalEvents() {}

  static String write(Map<String, ?> event) {
    refuseFractions(event);
    try {
      return MAPPER.writeValueAsString(event);
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("the event has no canonical form: " + message(e), e);
    }
  }

  /**
   * Parses a line and checks that it is in canonical form.
   *
   * @throws IllegalArgumentException when it is not
   */
  static Map<String, Object> read(String line) {
    Map<String, Object> event = parse(line);
    if (!write(event).equals(line)) {
      throw new IllegalArgumentException("not in canonical form (RFC 8785)");
    }
    return event;
  }

  /** The members of an event whose form is known to be right. */
  static Map<String, Object> parse(String line) {
    try {
      return MAPPER.readValue(line, new TypeReference<>() {});
    } catch (JsonProcessingException e) {
      throw new IllegalArgumentException("not JSON: " + message(e), e);
    }
  }

  /** Without the excerpt of the source that Jackson adds: it may hold what must not be logged. */
  private static String message(JsonProcessingException e) {
    return e.getOriginalMessage();
  }

  private static void refuseFractions(Object value) {
    switch (value) {
      case Map<?, ?> map -> map.values().forEach(CanonicalEvents::refuseFractions);
      case Collection<?> items -> items.forEach(CanonicalEvents::refuseFractions);
      case String s -> refuseLoneSurrogates(s);
      case Boolean _, Integer _ -> {}
      case Long n -> {
        if (Math.abs(n) > MAX_NUMBER || n == Long.MIN_VALUE) {
          throw new IllegalArgumentException(
              n + " is beyond the whole numbers that JSON keeps; record it as text");
        }
      }
      case null, default ->
          throw new IllegalArgumentException(
              "an event holds strings, whole numbers, booleans, lists and maps, not "
                  + (value == null ? "null" : value.getClass().getName()));
    }
  }

  private static void refuseLoneSurrogates(String s) {
    for (int i = 0; i < s.length(); i++) {
      if (Character.isSurrogate(s.charAt(i))) {
        if (Character.charCount(s.codePointAt(i)) != 2) {
          throw new IllegalArgumentException("a lone surrogate has no canonical form");
        }
        i++;
      }
    }
  }
}
