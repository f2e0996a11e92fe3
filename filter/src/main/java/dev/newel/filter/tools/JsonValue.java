package dev.newel.filter.tools;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.newel.policy.JsonPath;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Arguments of a call, as far as paths can name them. */
sealed interface JsonValue {
  /** Members by name. */
  record Members(Map<String, JsonValue> members) implements JsonValue {}

  /** Elements in their order. */
  record Elements(List<JsonValue> elements) implements JsonValue {}

  /** A string, number or truth value, as text. */
  record Scalar(String text) implements JsonValue {}

  /** {@code null}: no expression finds anything in it. */
  record Null() implements JsonValue {}

  /** As strict as documents are: what two parsers may read differently is read by none. */
  JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder().maxNestingDepth(100).maxNumberLength(1000).build())
          .build();

  /** Reads one JSON object; empty when it is something else. */
  static Optional<JsonValue> read(String json) {
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        return Optional.empty();
      }
      JsonValue value = value(parser);
      return parser.nextToken() == null ? Optional.of(value) : Optional.empty();
    } catch (IOException e) {
      return Optional.empty();
    }
  }

  private static JsonValue value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        var members = new LinkedHashMap<String, JsonValue>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          members.put(name, value(parser));
        }
        yield new Members(members);
      }
      case START_ARRAY -> {
        var elements = new ArrayList<JsonValue>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          elements.add(value(parser));
        }
        yield new Elements(elements);
      }
      case VALUE_NULL -> new Null();
      default -> new Scalar(parser.getText());
    };
  }

  /** What a step of a path leads to. */
  default Stream<JsonValue> down(JsonPath.Step step) {
    return switch (this) {
      case Members(var members) ->
          switch (step) {
            case JsonPath.Step.Member(String name) -> Stream.ofNullable(members.get(name));
            case JsonPath.Step.Every() -> members.values().stream();
            case JsonPath.Step.Element _ -> Stream.empty();
          };
      case Elements(var elements) ->
          switch (step) {
            case JsonPath.Step.Element(int index) ->
                index < elements.size() ? Stream.of(elements.get(index)) : Stream.empty();
            case JsonPath.Step.Every() -> elements.stream();
            case JsonPath.Step.Member _ -> Stream.empty();
          };
      case Scalar _, Null _ -> Stream.empty();
    };
  }
}
