package dev.newel.filter.check;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import dev.newel.policy.Direction;
import dev.newel.policy.Part;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * One text to judge: {@code {"id", "text", "direction": "input|output", "role": "user|tool|…"}};
 * only the text is needed. Other fields are passed over, so that a test file may carry what its
 * authors need.
 *
 * @param id as it was given: JSON of a string, a number, a truth value or null
 * @param text what to judge
 * @param direction which way it travels; input when it is not said
 * @param part whose text it is; the user's, or of an output the assistant's, when it is not said
 */
public record GivenText(String id, String text, Direction direction, Part part) {
  private static final int LONGEST_QUOTE = 40;

  private static final Map<String, Direction> DIRECTIONS =
      new TreeMap<>(Map.of("input", Direction.INPUT, "output", Direction.OUTPUT));

  private static final Map<String, Part> ROLES =
      new TreeMap<>(
          Map.of(
              "system", Part.SYSTEM,
              "developer", Part.SYSTEM,
              "user", Part.USER,
              "assistant", Part.ASSISTANT,
              "tool_call", Part.TOOL_CALL,
              "tool", Part.TOOL_RESULT,
              "function", Part.TOOL_RESULT));

  /**
   * Reads the object that the parser stands in front of; afterwards it stands at its end.
   *
   * @param number the id of a text that has none
   */
  static GivenText read(JsonParser parser, int number) throws IOException, BadTextException {
    if (parser.currentToken() != JsonToken.START_OBJECT) {
      throw new BadTextException("is not a JSON object; write {\"id\": …, \"text\": …}");
    }
    String id = Integer.toString(number);
    String text = null;
    Direction direction = Direction.INPUT;
    Optional<Part> part = Optional.empty();
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      JsonToken value = parser.nextToken();
      switch (name) {
        case "id" -> id = id(parser, value);
        case "text" -> {
          if (value != JsonToken.VALUE_STRING) {
            throw new BadTextException("field text is no string; write \"text\": \"…\"");
          }
          text = parser.getText();
        }
        case "direction" -> direction = choice(parser, "direction", DIRECTIONS);
        case "role" -> part = Optional.of(choice(parser, "role", ROLES));
        default -> parser.skipChildren();
      }
    }
    if (text == null) {
      throw new BadTextException("has no field text; write the text to judge into it");
    }
    Part otherwise = direction == Direction.INPUT ? Part.USER : Part.ASSISTANT;
    return new GivenText(id, text, direction, part.orElse(otherwise));
  }

  private static String id(JsonParser parser, JsonToken value)
      throws IOException, BadTextException {
    if (value.isStructStart()) {
      throw new BadTextException("field id is neither a string nor a number");
    }
    return value == JsonToken.VALUE_STRING ? JsonLine.quote(parser.getText()) : parser.getText();
  }

  private static <T> T choice(JsonParser parser, String field, Map<String, T> choices)
      throws IOException, BadTextException {
    boolean known =
        parser.currentToken() == JsonToken.VALUE_STRING && choices.containsKey(parser.getText());
    if (!known) {
      throw new BadTextException(
          "field %s is %s; write one of %s"
              .formatted(field, shown(parser), String.join(", ", choices.keySet())));
    }
    return choices.get(parser.getText());
  }

  private static String shown(JsonParser parser) throws IOException {
    if (parser.currentToken() != JsonToken.VALUE_STRING) {
      return "no string";
    }
    String text = parser.getText();
    return JsonLine.quote(
        text.length() <= LONGEST_QUOTE ? text : text.substring(0, LONGEST_QUOTE) + "…");
  }

  /** Never the text. */
  @Override
  public String toString() {
    return "GivenText[" + id + " " + direction + " " + part + "]";
  }
}
