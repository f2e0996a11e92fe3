package dev.newel.filter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.filter.decide.Sweep;
import java.io.ByteArrayOutputStream;
import java.util.List;

/** JSON string literals as bytes: which byte a character came from, and how to write one. */
final class JsonString {
  private JsonString() {}

  /**
   * The literal with edits applied; every byte outside the edits stays as it is, escapes included.
   *
   * @param json the document
   * @param start index of the opening quote
   * @param end index behind the closing quote
   * @param edits in order, in UTF-16 indices of the decoded value
   */
  static byte[] edit(byte[] json, int start, int end, List<Sweep.Edit> edits) {
    var out = new ByteArrayOutputStream(end - start);
    int character = 0;
    int from = start;
    int at = start + 1;
    for (Sweep.Edit edit : edits) {
      while (character < edit.start()) {
        character += units(json, at);
        at = next(json, at);
      }
      out.write(json, from, at - from);
      while (character < edit.end()) {
        character += units(json, at);
        at = next(json, at);
      }
      from = at;
      byte[] replacement = escaped(edit.replacement()).getBytes(UTF_8);
      out.write(replacement, 0, replacement.length);
    }
    out.write(json, from, end - from);
    return out.toByteArray();
  }

  /** Index behind the closing quote of the literal whose opening quote is at {@code start}. */
  static int end(byte[] json, int start) {
    int at = start + 1;
    while (json[at] != '"') {
      at = next(json, at);
    }
    return at + 1;
  }

  /** A whole literal, quotes included. */
  static byte[] literal(String value) {
    byte[] body = escaped(value).getBytes(UTF_8);
    byte[] out = new byte[body.length + 2];
    out[0] = '"';
    System.arraycopy(body, 0, out, 1, body.length);
    out[out.length - 1] = '"';
    return out;
  }

  /** A whole literal as characters, for documents that are made here. */
  static String quote(String value) {
    return '"' + escaped(value) + '"';
  }

  /** How many UTF-16 units the character or escape at this byte stands for. */
  private static int units(byte[] json, int at) {
    return (json[at] & 0xf8) == 0xf0 ? 2 : 1;
  }

  /** The byte behind the character or escape at this byte. */
  private static int next(byte[] json, int at) {
    int b = json[at] & 0xff;
    if (b == '\\') {
      return at + (json[at + 1] == 'u' ? 6 : 2);
    }
    return at + (b < 0x80 ? 1 : b < 0xe0 ? 2 : b < 0xf0 ? 3 : 4);
  }

  /** What stands between the quotes. */
  static String escaped(String value) {
    var out = new StringBuilder(value.length() + 8);
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\n' -> out.append("\\n");
        case '\r' -> out.append("\\r");
        case '\t' -> out.append("\\t");
        default -> {
          if (c < 0x20 || isLone(value, i)) {
            out.append("\\u%04x".formatted((int) c));
          } else {
            out.append(c);
          }
        }
      }
    }
    return out.toString();
  }

  private static boolean isLone(String value, int i) {
    char c = value.charAt(i);
    if (Character.isHighSurrogate(c)) {
      return i + 1 == value.length() || !Character.isLowSurrogate(value.charAt(i + 1));
    }
    return Character.isLowSurrogate(c)
        && (i == 0 || !Character.isHighSurrogate(value.charAt(i - 1)));
  }
}
