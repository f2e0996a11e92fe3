package dev.newel.filter.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** JSON as maps, lists and strings; numbers and truth values are the text they are written as. */
final class Tree {
  private static final JsonFactory JSON = new JsonFactory();

  private Tree() {}

  static Object read(String json) {
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      Object value = value(parser);
      if (parser.nextToken() != null) {
        throw new AssertionError("goes on: " + json);
      }
      return value;
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + json, e);
    }
  }

  private static Object value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> {
        Map<String, Object> out = new LinkedHashMap<>();
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          parser.nextToken();
          out.put(name, value(parser));
        }
        yield out;
      }
      case START_ARRAY -> {
        List<Object> out = new ArrayList<>();
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          out.add(value(parser));
        }
        yield out;
      }
      case VALUE_NULL -> "null";
      default -> parser.getText();
    };
  }

  /** The value at this path, or an error that shows what is there. */
  static Object at(Object tree, Object... path) {
    Object at = tree;
    for (Object step : path) {
      at =
          step instanceof Integer i && at instanceof List<?> list
              ? list.get(i)
              : at instanceof Map<?, ?> map ? map.get(step) : null;
      if (at == null) {
        throw new AssertionError("nothing at " + List.of(path) + " of " + tree);
      }
    }
    return at;
  }

  static boolean has(Object tree, String name) {
    return tree instanceof Map<?, ?> map && map.containsKey(name);
  }
}
