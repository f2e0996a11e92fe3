package dev.newel.filter.protocol;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.newel.filter.decide.Sweep;
import dev.newel.policy.Part;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A JSON document of the OpenAI chat API, request or answer: where its texts are, and how to put
 * edited ones back. Every string is a text unless {@link ProtocolNames} knows that it is none, so a
 * field that is new tomorrow is looked at today.
 *
 * @param json the bytes
 * @param texts in the order of the document
 * @param uninspectable what cannot be looked at, and how many bytes of it
 * @param scalars some further values, by pointer: what a proxy needs to know
 */
public record Document(
    @SuppressWarnings("ArrayRecordComponent") byte[] json,
    List<TextPart> texts,
    Map<Uninspectable, Long> uninspectable,
    Map<String, Object> scalars) {
  private static final int MAX_DEPTH = 100;

  private static final Set<String> TEXT_PARTS =
      Set.of("text", "refusal", "input_text", "output_text");

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(1000)
                  .build())
          .build();

  /** A document that is not well formed; the message never quotes it. */
  public static final class MalformedException extends Exception {
    private static final long serialVersionUID = 1;

    MalformedException(String message) {
      super(message);
    }
  }

  /**
   * Parses a request or an answer.
   *
   * @throws MalformedException when it is not one JSON object in UTF-8 without duplicate names
   */
  public static Document parse(byte[] json) throws MalformedException {
    Utf8.require(json);
    var walk = new Walk(json);
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new MalformedException("the body is not a JSON object");
      }
      walk.value(parser);
      if (parser.nextToken() != null) {
        throw new MalformedException("the body goes on behind its JSON object");
      }
    } catch (IOException e) {
      // Jackson's message may quote the body; where it stopped is enough.
      throw new MalformedException("the body is not well-formed JSON");
    }
    return walk.document();
  }

  /** A value that was kept, as text; empty when there is none. */
  public Optional<String> scalar(String pointer) {
    return Optional.ofNullable(scalars.get(pointer)).map(Object::toString);
  }

  /**
   * The document with these edits: bytes outside of them stay as they are.
   *
   * @param edits by text; texts without an entry stay
   */
  public byte[] edit(Map<TextPart, List<Sweep.Edit>> edits) {
    if (edits.values().stream().allMatch(List::isEmpty)) {
      return json;
    }
    var out = new ByteArrayOutputStream(json.length + 64);
    int at = 0;
    for (TextPart text : texts) {
      List<Sweep.Edit> some = edits.getOrDefault(text, List.of());
      if (!some.isEmpty()) {
        out.write(json, at, text.start() - at);
        out.writeBytes(JsonString.edit(json, text.start(), text.end(), some));
        at = text.end();
      }
    }
    out.write(json, at, json.length - at);
    return out.toByteArray();
  }

  /** The document with whole texts replaced. */
  public byte[] replace(Map<TextPart, String> values) {
    var out = new ByteArrayOutputStream(json.length + 64);
    int at = 0;
    for (TextPart text : texts) {
      String value = values.get(text);
      if (value != null) {
        out.write(json, at, text.start() - at);
        out.writeBytes(value.equals(text.value()) ? slice(text) : JsonString.literal(value));
        at = text.end();
      }
    }
    out.write(json, at, json.length - at);
    return out.toByteArray();
  }

  private byte[] slice(TextPart text) {
    return java.util.Arrays.copyOfRange(json, text.start(), text.end());
  }

  /** One pass over the tokens. */
  private static final class Walk {
    private final byte[] json;
    private final List<Object> path = new ArrayList<>();
    private final List<TextPart> texts = new ArrayList<>();
    private final Map<Uninspectable, Long> uninspectable = new HashMap<>();
    private final Map<String, Object> scalars = new HashMap<>();
    private final Map<Object, Part> roles = new HashMap<>();

    Walk(byte[] json) {
      this.json = json;
    }

    void value(JsonParser parser) throws IOException {
      switch (parser.currentToken()) {
        case START_OBJECT -> object(parser);
        case START_ARRAY -> array(parser);
        case VALUE_STRING -> string(parser);
        case VALUE_TRUE, VALUE_FALSE -> truth(parser.getBooleanValue());
        case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(parser);
        default -> {}
      }
    }

    private void object(JsonParser parser) throws IOException {
      long start = parser.currentTokenLocation().getByteOffset();
      String type = null;
      while (parser.nextToken() != JsonToken.END_OBJECT) {
        String name = parser.currentName();
        path.addLast(name);
        if (!ProtocolNames.isName(path)) {
          int at = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
          add(at, JsonString.end(json, at), name, true);
        }
        if (parser.nextToken() == JsonToken.VALUE_STRING && name.equals("type")) {
          type = parser.getText();
        }
        if (name.equals("logprobs")
            && parser.currentToken() != JsonToken.VALUE_NULL
            && parser.currentToken() != JsonToken.VALUE_FALSE) {
          count(Uninspectable.LOGPROBS, 1);
        }
        value(parser);
        path.removeLast();
      }
      if (type != null && isContentPart() && !TEXT_PARTS.contains(type)) {
        count(Uninspectable.CONTENT_TYPE, parser.currentLocation().getByteOffset() - start);
      }
    }

    /** An element of an array called {@code content}. */
    private boolean isContentPart() {
      return path.size() >= 2
          && path.getLast() instanceof Integer
          && "content".equals(path.get(path.size() - 2));
    }

    private void array(JsonParser parser) throws IOException {
      int index = 0;
      while (parser.nextToken() != JsonToken.END_ARRAY) {
        path.addLast(index++);
        value(parser);
        path.removeLast();
      }
    }

    private void string(JsonParser parser) throws IOException {
      int start = Math.toIntExact(parser.currentTokenLocation().getByteOffset());
      String value = parser.getText();
      int end = Math.toIntExact(parser.currentLocation().getByteOffset());
      if (path.getLast().equals("role") && path.size() >= 3) {
        roles.put(path.get(path.size() - 2), part(value));
      }
      if (ProtocolNames.isChoice(path, value)) {
        scalars.put(TextPart.pointer(path), value);
      } else {
        add(start, end, value, false);
      }
    }

    /** Which part it belongs to is said at the end. */
    private void add(int start, int end, String value, boolean name) {
      texts.add(new TextPart(List.copyOf(path), Part.USER, start, end, value, name));
    }

    private void truth(boolean value) {
      scalars.put(TextPart.pointer(path), value);
    }

    private void number(JsonParser parser) throws IOException {
      boolean kept = path.size() == 1 || path.getLast().equals("index");
      if (parser.currentToken() == JsonToken.VALUE_NUMBER_INT && kept) {
        scalars.put(TextPart.pointer(path), parser.getText());
      }
    }

    private void count(Uninspectable reason, long bytes) {
      uninspectable.merge(reason, bytes, Long::sum);
    }

    private static Part part(String role) {
      return switch (role) {
        case "system", "developer" -> Part.SYSTEM;
        case "assistant" -> Part.ASSISTANT;
        case "tool", "function" -> Part.TOOL_RESULT;
        default -> Part.USER;
      };
    }

    /** A message's role may stand behind its content, so parts are told apart at the end. */
    private Part part(List<Object> path) {
      Object root = path.getFirst();
      if (path.contains("tool_calls")
          || path.contains("function_call")
          || root.equals("tools")
          || root.equals("functions")) {
        return Part.TOOL_CALL;
      }
      if (root.equals("choices")) {
        return Part.ASSISTANT;
      }
      return root.equals("messages") && path.size() > 1
          ? roles.getOrDefault(path.get(1), Part.USER)
          : Part.USER;
    }

    Document document() {
      List<TextPart> placed =
          texts.stream()
              .map(t ->
                  new TextPart(t.path(), part(t.path()), t.start(), t.end(), t.value(), t.name()))
              .toList();
      return new Document(json, placed, Map.copyOf(uninspectable), Map.copyOf(scalars));
    }
  }
}
