package dev.newel.filter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.filter.decide.Sweep;
import dev.newel.policy.Part;
import java.util.List;

/**
 * Something in a document that can carry text.
 *
 * @param path names and indices from the root: {@code messages, 0, content}
 * @param part which part of the conversation it belongs to
 * @param form how it is written
 * @param start index of its first byte in the document, an opening quote for example
 * @param end index behind its last byte
 * @param written its characters: of a string without the quotes and decoded
 * @param value what detectors read: of a text in JSON, its {@link JsonText}
 */
public record TextPart(
    List<Object> path, Part part, Form form, int start, int end, String written, String value) {

  /** How a text is written in its document. */
  public enum Form {
    /** A string. */
    STRING,
    /** The name of the member at the path. */
    NAME,
    /** A number in a place of somebody's own; masked, it becomes a string. */
    NUMBER,
    /** A string that holds a JSON text. */
    JSON_STRING,
    /** A value of any kind that is judged as one text. */
    JSON
  }

  /** JSON pointer (RFC 6901). */
  public String pointer() {
    return pointer(path);
  }

  static String pointer(List<Object> path) {
    var out = new StringBuilder();
    for (Object step : path) {
      out.append('/').append(step.toString().replace("~", "~0").replace("/", "~1"));
    }
    return out.toString();
  }

  /** Whether it is the name of a member. */
  public boolean name() {
    return form == Form.NAME;
  }

  /**
   * What is to be written in its place.
   *
   * @param json the document
   * @param edits in order, in indices of {@link #value}
   */
  Patch patch(byte[] json, List<Sweep.Edit> edits) {
    byte[] bytes =
        switch (form) {
          case STRING, NAME -> JsonString.edit(json, start, end, edits);
          case NUMBER -> JsonString.literal(Sweep.apply(value, edits));
          case JSON_STRING ->
              JsonString.edit(json, start, end, JsonText.of(written).inWritten(edits));
          case JSON -> Sweep.apply(written, JsonText.of(written).inWritten(edits)).getBytes(UTF_8);
        };
    return new Patch(start, end, bytes);
  }

  /** A string with other characters; the same ones stay as they are written, escapes included. */
  Patch replaced(byte[] json, String characters) {
    return new Patch(
        start,
        end,
        characters.equals(written)
            ? java.util.Arrays.copyOfRange(json, start, end)
            : JsonString.literal(characters));
  }

  /** Never the text. */
  @Override
  public String toString() {
    return "TextPart[" + pointer() + " " + part + " " + form + "]";
  }
}
