package dev.newel.filter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * A value of a document and where it stands: for changes of its structure. Only documents that a
 * {@link DocumentReader} has read become nodes, so nothing is checked again.
 *
 * @param kind its first token
 * @param text of a string, number or truth value
 * @param start index of its first byte
 * @param end index behind its last byte
 * @param inside members or elements
 */
record Node(JsonToken kind, String text, int start, int end, List<Inside> inside) {
  /**
   * A member or an element.
   *
   * @param name of the member; empty for an element
   * @param start where it begins, a member with its name
   */
  record Inside(String name, int start, Node value) {
    int end() {
      return value.end();
    }
  }

  private static final JsonFactory JSON = new JsonFactory();

  static Node read(byte[] json) {
    try (JsonParser parser = JSON.createParser(json)) {
      parser.nextToken();
      return read(parser);
    } catch (IOException e) {
      throw new IllegalStateException("the document was well formed before", e);
    }
  }

  private static Node read(JsonParser parser) throws IOException {
    JsonToken kind = parser.currentToken();
    int start = start(parser);
    var inside = new ArrayList<Inside>();
    String text = "";
    switch (kind) {
      case START_OBJECT -> {
        while (parser.nextToken() != JsonToken.END_OBJECT) {
          String name = parser.currentName();
          int at = start(parser);
          parser.nextToken();
          inside.add(new Inside(name, at, read(parser)));
        }
      }
      case START_ARRAY -> {
        while (parser.nextToken() != JsonToken.END_ARRAY) {
          int at = start(parser);
          inside.add(new Inside("", at, read(parser)));
        }
      }
      default -> text = parser.getText();
    }
    int end =
        kind.isNumeric() || kind.isBoolean() || kind == JsonToken.VALUE_NULL
            ? start + text.length()
            : Math.toIntExact(parser.currentLocation().getByteOffset());
    return new Node(kind, text, start, end, List.copyOf(inside));
  }

  private static int start(JsonParser parser) {
    return Math.toIntExact(parser.currentTokenLocation().getByteOffset());
  }

  /** The member of this name. */
  Optional<Node> get(String name) {
    return kind == JsonToken.START_OBJECT
        ? inside.stream().filter(i -> i.name().equals(name)).map(Inside::value).findFirst()
        : Optional.empty();
  }

  /** The value at the end of these names. */
  Optional<Node> at(String... names) {
    Optional<Node> node = Optional.of(this);
    for (String name : names) {
      node = node.flatMap(n -> n.get(name));
    }
    return node;
  }

  /** Elements of the array of this name; none when there is no such array. */
  Stream<Node> elements(String name) {
    return get(name).stream()
        .filter(n -> n.kind() == JsonToken.START_ARRAY)
        .flatMap(n -> n.inside().stream())
        .map(Inside::value);
  }

  /** The string of this name, or nothing. */
  String string(String name) {
    return get(name).filter(n -> n.kind() == JsonToken.VALUE_STRING).map(Node::text).orElse("");
  }

  /** Whether it is {@code null}, or a string or an array with nothing in it. */
  boolean isVoid() {
    return switch (kind) {
      case VALUE_NULL -> true;
      case VALUE_STRING -> text.isEmpty();
      case START_ARRAY -> inside.isEmpty();
      default -> false;
    };
  }

  /** Its bytes, as they are written. */
  String written(byte[] json) {
    return new String(json, start, end - start, UTF_8);
  }

  /** What takes these members or elements out, each with a comma. */
  List<Patch> without(Set<Node> gone) {
    var patches = new ArrayList<Patch>();
    boolean kept = false;
    for (int i = 0; i < inside.size(); i++) {
      if (!gone.contains(inside.get(i).value())) {
        kept = true;
      } else {
        int from = kept ? inside.get(i - 1).end() : inside.get(i).start();
        int to = kept || i + 1 == inside.size() ? inside.get(i).end() : inside.get(i + 1).start();
        patches.add(new Patch(from, to, new byte[0]));
      }
    }
    return patches;
  }
}
