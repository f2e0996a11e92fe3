package dev.newel.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Reads what {@link CanonicalJson} writes: strict JSON (RFC 8259) without fractions, duplicate
 * names or nesting deeper than {@value #MAX_DEPTH}. Anything else is refused with the position.
 */
public final class JsonReader {
  private static final int MAX_DEPTH = 32;

  private final String text;
  private int at;

  private JsonReader(String text) {
    this.text = text;
  }

  /**
   * Parses one JSON text into maps, lists, strings, {@code Long}s and booleans.
   *
   * @throws IllegalArgumentException with the character position, when the text has another form
   */
  public static Object read(String text) {
    var reader = new JsonReader(text);
    Object value = reader.value(0);
    if (reader.at != text.length()) {
      throw reader.bad("the text goes on");
    }
    return value;
  }

  private Object value(int depth) {
    if (depth > MAX_DEPTH) {
      throw bad("nested deeper than " + MAX_DEPTH);
    }
    char c = peek();
    return switch (c) {
      case '{' -> object(depth);
      case '[' -> array(depth);
      case '"' -> string();
      case 't' -> literal("true", true);
      case 'f' -> literal("false", false);
      default -> number();
    };
  }

  private Map<String, Object> object(int depth) {
    var out = new LinkedHashMap<String, Object>();
    at++;
    if (peek() == '}') {
      at++;
      return out;
    }
    while (true) {
      String name = string();
      expect(':');
      if (out.putIfAbsent(name, value(depth + 1)) != null) {
        throw bad("duplicate name");
      }
      if (peek() == '}') {
        at++;
        return out;
      }
      expect(',');
    }
  }

  private List<Object> array(int depth) {
    var out = new ArrayList<>();
    at++;
    if (peek() == ']') {
      at++;
      return out;
    }
    while (true) {
      out.add(value(depth + 1));
      if (peek() == ']') {
        at++;
        return out;
      }
      expect(',');
    }
  }

  private String string() {
    expect('"');
    var out = new StringBuilder();
    while (true) {
      char c = next();
      if (c == '"') {
        return out.toString();
      }
      if (c < 0x20) {
        throw bad("control character in a string");
      }
      out.append(c == '\\' ? escape() : c);
    }
  }

  private char escape() {
    char c = next();
    return switch (c) {
      case '"', '\\', '/' -> c;
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' -> {
        int code = 0;
        for (int i = 0; i < 4; i++) {
          int digit = Character.digit(next(), 16);
          if (digit < 0) {
            throw bad("four hex digits expected");
          }
          code = code * 16 + digit;
        }
        yield (char) code;
      }
      default -> throw bad("unknown escape");
    };
  }

  private Object literal(String word, Object value) {
    if (!text.startsWith(word, at)) {
      throw bad("unknown word");
    }
    at += word.length();
    return value;
  }

  private Long number() {
    int start = at;
    while (at < text.length() && "-0123456789".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    try {
      return Long.valueOf(text.substring(start, at));
    } catch (NumberFormatException e) {
      throw bad("a whole number expected", e);
    }
  }

  private char peek() {
    if (at >= text.length()) {
      throw bad("the text ends early");
    }
    return text.charAt(at);
  }

  private char next() {
    char c = peek();
    at++;
    return c;
  }

  private void expect(char c) {
    if (next() != c) {
      at--;
      throw bad("'" + c + "' expected");
    }
  }

  private IllegalArgumentException bad(String what) {
    return bad(what, null);
  }

  private IllegalArgumentException bad(String what, Throwable cause) {
    return new IllegalArgumentException("JSON at character " + at + ": " + what, cause);
  }
}
