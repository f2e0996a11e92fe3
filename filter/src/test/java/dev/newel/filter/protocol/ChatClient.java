package dev.newel.filter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What a client library makes of a stream: strings of a choice are added up by index, as the
 * official Python client does, ids and names included. Shares no code with what is tested.
 */
final class ChatClient {
  private static final JsonFactory JSON = new JsonFactory();

  /** Strings by place: {@code 0/delta/content}. */
  final Map<String, String> texts = new TreeMap<>();

  /** Choices in the order they ended, with the reason: {@code 0 stop}. */
  final List<String> ends = new ArrayList<>();

  /** Data that carries no choice: usage, errors, {@code [DONE]}. */
  final List<String> others = new ArrayList<>();

  /** Lines that are no data. */
  final List<String> lines = new ArrayList<>();

  static ChatClient read(byte[] stream) {
    var client = new ChatClient();
    for (String line : new String(stream, UTF_8).split("\r\n|\n|\r", -1)) {
      if (line.startsWith("data:")) {
        client.data(line.substring(5).strip());
      } else if (!line.isEmpty()) {
        client.lines.add(line);
      }
    }
    return client;
  }

  private void data(String json) {
    if (!json.contains("\"choices\":[{")) {
      others.add(json);
      return;
    }
    try (JsonParser parser = JSON.createParser(json)) {
      while (parser.nextToken() != null) {
        if (parser.currentToken() == JsonToken.FIELD_NAME
            && parser.currentName().equals("choices")) {
          parser.nextToken();
          list(parser, "");
        }
      }
    } catch (IOException e) {
      throw new AssertionError("not JSON: " + json, e);
    }
  }

  /** Elements carry their index as their first member. */
  private void list(JsonParser parser, String prefix) throws IOException {
    while (parser.nextToken() == JsonToken.START_OBJECT) {
      parser.nextToken();
      if (!"index".equals(parser.currentName())) {
        throw new AssertionError("no index first");
      }
      object(parser, prefix + parser.nextIntValue(-1) + "/");
    }
  }

  private void object(JsonParser parser, String prefix) throws IOException {
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      String name = parser.currentName();
      switch (parser.nextToken()) {
        case VALUE_STRING -> {
          if (name.equals("finish_reason")) {
            ends.add(prefix.charAt(0) + " " + parser.getText());
          } else {
            if (ends.stream().anyMatch(e -> e.startsWith(prefix.substring(0, 1)))) {
              throw new AssertionError("text behind the end of choice " + prefix);
            }
            texts.merge(prefix + name, parser.getText(), String::concat);
          }
        }
        case START_OBJECT -> object(parser, prefix + name + "/");
        case START_ARRAY -> list(parser, prefix + name + "/");
        default -> {}
      }
    }
  }
}
