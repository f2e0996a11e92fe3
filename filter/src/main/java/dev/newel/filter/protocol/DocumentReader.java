package dev.newel.filter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonFactoryBuilder;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import dev.newel.policy.Direction;
import dev.newel.policy.Part;
import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads a {@link Document} in one pass over its tokens. */
final class DocumentReader {
  private static final int MAX_DEPTH = 100;

  /** Longer strings of base64 in content that is not text are that content and not looked at. */
  private static final int MAX_BLOB = 256;

  /** Numbers that tell events, choices and items apart. */
  private static final Set<String> INDICES =
      Set.of("index", "output_index", "content_index", "summary_index", "sequence_number");

  private static final JsonFactory FACTORY =
      new JsonFactoryBuilder()
          .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
          .streamReadConstraints(
              StreamReadConstraints.builder()
                  .maxNestingDepth(MAX_DEPTH)
                  .maxNumberLength(1000)
                  .build())
          .build();

  /** A text and where it was found: its part is known once everything around it is. */
  private record Found(
      List<Object> path, Frame frame, TextPart.Form form, int start, int end, String written) {}

  private final byte[] json;
  private final Shape shape;
  private final Direction direction;
  private final JsonParser parser;
  private final List<Object> path = new ArrayList<>();
  private final List<Found> found = new ArrayList<>();
  private final Map<Uninspectable, Long> uninspectable = new HashMap<>();
  private final Map<String, Document.Scalar> scalars = new HashMap<>();
  private final List<Document.Logprobs> logprobs = new ArrayList<>();

  private DocumentReader(byte[] json, Shape shape, Direction direction, JsonParser parser) {
    this.json = json;
    this.shape = shape;
    this.direction = direction;
    this.parser = parser;
  }

  static Document read(byte[] json, Shape shape, Direction direction)
      throws Document.MalformedException {
    Utf8.require(json);
    try (JsonParser parser = FACTORY.createParser(json)) {
      if (parser.nextToken() != JsonToken.START_OBJECT) {
        throw new Document.MalformedException("the body is not a JSON object");
      }
      var reader = new DocumentReader(json, shape, direction, parser);
      reader.object(Frame.root());
      if (parser.nextToken() != null) {
        throw new Document.MalformedException("the body goes on behind its JSON object");
      }
      return reader.document();
    } catch (IOException e) {
      // Jackson's message may quote the body; where it stopped is enough.
      throw new Document.MalformedException("the body is not well-formed JSON");
    }
  }

  private void value(Frame frame, Object step) throws IOException {
    switch (parser.currentToken()) {
      case START_OBJECT -> object(frame.inside(step, shape));
      case START_ARRAY -> array(frame.inside(step, shape));
      case VALUE_STRING -> string(frame, step);
      case VALUE_TRUE, VALUE_FALSE -> keep(parser.getText(), start(), end());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> number(frame, step);
      default -> {}
    }
  }

  private void object(Frame frame) throws IOException {
    int start = start();
    int before = found.size();
    var counted = new HashMap<>(uninspectable);
    while (parser.nextToken() != JsonToken.END_OBJECT) {
      String name = parser.currentName();
      path.addLast(name);
      if (!shape.isName(frame.defined(), name)) {
        int at = start();
        add(frame, TextPart.Form.NAME, at, JsonString.end(json, at), name);
      }
      JsonToken token = parser.nextToken();
      if (token == JsonToken.VALUE_STRING) {
        frame.says(name, parser.getText(), shape);
      }
      requireIndex(frame, name, token);
      boolean nested = token == JsonToken.START_OBJECT || token == JsonToken.START_ARRAY;
      if (nested && direction == Direction.OUTPUT && name.equals("logprobs")) {
        int at = start();
        parser.skipChildren();
        logprobs.add(
            new Document.Logprobs(at, end(), token == JsonToken.START_ARRAY ? "[]" : "null"));
      } else if (nested && frame.defined() && shape.jsonValues().contains(name)) {
        int at = start();
        parser.skipChildren();
        String written = new String(json, at, end() - at, UTF_8);
        add(frame, TextPart.Form.JSON, at, end(), written);
      } else {
        int at = start();
        value(frame, name);
        if (nested
            && direction == Direction.OUTPUT
            && frame.defined()
            && shape.unreadable().contains(name)) {
          count(Uninspectable.CONTENT_TYPE, end() - at);
        }
      }
      path.removeLast();
    }
    if (frame.isUnknown(shape)) {
      // What lies inside was counted as something less.
      uninspectable.clear();
      uninspectable.putAll(counted);
      count(Uninspectable.CONTENT_TYPE, end() - start);
      found.subList(before, found.size()).removeIf(f -> isBlob(f.written()));
    }
  }

  /**
   * What tells texts of an answer apart is a plain number: clients may take others for the same
   * one, 0.0 for 0, and join what was judged apart.
   */
  private void requireIndex(Frame frame, String name, JsonToken token) throws IOException {
    if (direction == Direction.OUTPUT && frame.defined() && INDICES.contains(name)) {
      boolean plain = token == JsonToken.VALUE_NUMBER_INT && parser.getText().matches("[0-9]{1,9}");
      if (!plain && token != JsonToken.VALUE_NULL) {
        throw new IOException("an index is no plain number");
      }
    }
  }

  private void array(Frame frame) throws IOException {
    int index = 0;
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      path.addLast(index);
      value(frame, index++);
      path.removeLast();
    }
  }

  private void string(Frame frame, Object step) throws IOException {
    int start = start();
    String value = parser.getText();
    int end = end();
    boolean defined = frame.defined();
    if (step instanceof String name) {
      if (shape.isChoice(defined, name, value)) {
        keep(value, start, end);
        return;
      }
      if (shape.isOpaque(defined, name, value)) {
        return;
      }
      if (defined && shape.jsonStrings().contains(name)) {
        add(frame, TextPart.Form.JSON_STRING, start, end, value);
        return;
      }
    }
    add(frame, TextPart.Form.STRING, start, end, value);
  }

  private void number(Frame frame, Object step) throws IOException {
    String value = parser.getText();
    int start = start();
    int end = start + value.length();
    if (!frame.defined()) {
      add(frame, TextPart.Form.NUMBER, start, end, value);
    } else if (step instanceof String name) {
      if (path.size() == 1 || INDICES.contains(name)) {
        keep(value, start, end);
      }
    } else if (shape.tokens().contains(frame.array())) {
      count(Uninspectable.TOKENS, end - start);
    }
  }

  private void add(Frame frame, TextPart.Form form, int start, int end, String written) {
    found.add(new Found(List.copyOf(path), frame, form, start, end, written));
  }

  private void keep(String value, int start, int end) {
    scalars.put(TextPart.pointer(path), new Document.Scalar(value, start, end));
  }

  private void count(Uninspectable reason, long bytes) {
    uninspectable.merge(reason, bytes, Long::sum);
  }

  /** Where the current token begins. */
  private int start() {
    return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
  }

  /** Behind the current token, once it was read. */
  private int end() {
    return Math.toIntExact(parser.currentLocation().getByteOffset());
  }

  private static boolean isBlob(String value) {
    return value.length() > MAX_BLOB && value.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private Document document() {
    Part fallback = direction == Direction.INPUT ? Part.USER : Part.ASSISTANT;
    List<TextPart> texts = found.stream().map(f -> text(f, fallback)).toList();
    return new Document(
        json, texts, Map.copyOf(uninspectable), Map.copyOf(scalars), List.copyOf(logprobs));
  }

  private TextPart text(Found f, Part fallback) {
    Part part = f.frame().part(f.path().getLast(), shape, fallback);
    TextPart.Form form = f.form();
    // Tools answer in JSON more often than not.
    if (form == TextPart.Form.STRING
        && part == Part.TOOL_RESULT
        && JsonText.isLikely(f.written())) {
      form = TextPart.Form.JSON_STRING;
    }
    String value =
        form == TextPart.Form.JSON || form == TextPart.Form.JSON_STRING
            ? JsonText.of(f.written()).text()
            : f.written();
    return new TextPart(f.path(), part, form, f.start(), f.end(), f.written(), value);
  }
}
