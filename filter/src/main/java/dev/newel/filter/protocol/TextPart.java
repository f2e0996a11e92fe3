package dev.newel.filter.protocol;

import dev.newel.policy.Part;
import java.util.List;

/**
 * A string of a document that can carry text: a value, or the name of a member.
 *
 * @param path names and indices from the root: {@code messages, 0, content}
 * @param part which part of the conversation it belongs to
 * @param start byte index of its opening quote in the document
 * @param end byte index behind its closing quote
 * @param value decoded
 * @param name whether it is the name of the member at {@code path} and not its value
 */
public record TextPart(
    List<Object> path, Part part, int start, int end, String value, boolean name) {
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

  /** Never the text. */
  @Override
  public String toString() {
    return "TextPart[" + pointer() + " " + part + "]";
  }
}
