package dev.newel.cli.check;

import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.IntNode;
import dev.newel.policy.Direction;
import dev.newel.policy.Part;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * One text to judge. Fields other than these are passed over, so that a test file may carry what
 * its authors need.
 *
 * @param id as it was given; the number of the line when there is none
 * @param text what to judge
 * @param direction which way it travels
 * @param part whose text it is
 */
record TextLine(JsonNode id, String text, Direction direction, Part part) {
  private static final ObjectMapper JSON =
      new ObjectMapper(
          new JsonFactoryBuilder()
              .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
              .streamReadConstraints(
                  StreamReadConstraints.builder()
                      .maxNestingDepth(100)
                      .maxStringLength(InputLines.MAX_LINE)
                      .build())
              .build());

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
   * Reads a line.
   *
   * @param number of the line, for messages and as an id
   * @throws BadInputException when it is none
   */
  static TextLine parse(byte[] line, int number) throws BadInputException {
    JsonNode json = json(line);
    if (!json.isObject()) {
      throw new BadInputException("is not a JSON object; write {\"id\": …, \"text\": …}");
    }
    JsonNode text = json.path("text");
    if (!text.isTextual()) {
      throw new BadInputException(
          text.isMissingNode()
              ? "has no field text; write the text to judge into it"
              : "field text is no string; write \"text\": \"…\"");
    }
    JsonNode id = json.path("id");
    if (id.isContainerNode()) {
      throw new BadInputException("field id is neither a string nor a number");
    }
    Direction direction = choice(json, "direction", DIRECTIONS, Direction.INPUT);
    Part otherwise = direction == Direction.INPUT ? Part.USER : Part.ASSISTANT;
    return new TextLine(
        id.isMissingNode() ? IntNode.valueOf(number) : id,
        text.textValue(),
        direction,
        choice(json, "role", ROLES, otherwise));
  }

  private static <T> T choice(JsonNode json, String field, Map<String, T> choices, T otherwise)
      throws BadInputException {
    JsonNode value = json.path(field);
    if (value.isMissingNode()) {
      return otherwise;
    }
    T chosen = value.isTextual() ? choices.get(value.textValue()) : null;
    if (chosen == null) {
      throw new BadInputException(
          "field %s is %s; write one of %s"
              .formatted(field, value, String.join(", ", choices.keySet())));
    }
    return chosen;
  }

  private static JsonNode json(byte[] line) throws BadInputException {
    String text;
    try {
      text = StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(line)).toString();
    } catch (CharacterCodingException e) {
      throw new BadInputException("is not in UTF-8; convert the file");
    }
    try (JsonParser parser = JSON.createParser(text)) {
      JsonNode node = JSON.readTree(parser);
      if (parser.nextToken() != null) {
        throw new BadInputException("goes on behind its JSON object; write one object a line");
      }
      return node;
    } catch (JsonProcessingException e) {
      long column = e.getLocation() == null ? 0 : e.getLocation().getColumnNr();
      throw new BadInputException(
          "is not well-formed JSON at column " + column + ": " + e.getOriginalMessage());
    } catch (IOException e) {
      throw new BadInputException("is not well-formed JSON: " + e.getMessage());
    }
  }
}
