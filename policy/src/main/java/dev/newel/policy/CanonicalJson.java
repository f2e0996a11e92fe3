package dev.newel.policy;

import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes JSON in the canonical form of RFC 8785: object members sorted by the UTF-16 code units of
 * their names, no white space, shortest escapes. Numbers are whole; there is nothing else in a
 * policy, and so no rule for floating point is needed.
 */
public final class CanonicalJson {
  private CanonicalJson() {}

  /**
   * @param value maps with string keys, collections, strings, booleans, {@code Integer} and {@code
   *     Long} within ±(2^53−1)
   * @throws IllegalArgumentException for any other type, a larger number or a lone surrogate
   */
  public static String write(Object value) {
    var out = new StringBuilder(256);
    write(value, out);
    return out.toString();
  }

  private static void write(Object value, StringBuilder out) {
    switch (value) {
      case String s -> string(s, out);
      case Boolean b -> out.append(b.booleanValue());
      case Integer i -> out.append(i.intValue());
      case Long l -> number(l, out);
      case Map<?, ?> map -> object(map, out);
      case Collection<?> items -> array(items, out);
      default ->
          throw new IllegalArgumentException(
              "no canonical form for a " + value.getClass().getName());
    }
  }

  private static void number(long value, StringBuilder out) {
    if (Math.abs(value) > (1L << 53) - 1 || value == Long.MIN_VALUE) { // which has no abs
      throw new IllegalArgumentException(value + " is beyond the whole numbers that JSON keeps");
    }
    out.append(value);
  }

  private static void object(Map<?, ?> map, StringBuilder out) {
    var sorted = new TreeMap<String, Object>();
    map.forEach((k, v) -> sorted.put((String) k, v));
    char separator = '{';
    for (var e : sorted.entrySet()) {
      out.append(separator);
      string(e.getKey(), out);
      out.append(':');
      write(e.getValue(), out);
      separator = ',';
    }
    out.append(separator == '{' ? "{}" : "}");
  }

  private static void array(Collection<?> items, StringBuilder out) {
    char separator = '[';
    for (Object item : items) {
      out.append(separator);
      write(item, out);
      separator = ',';
    }
    out.append(separator == '[' ? "[]" : "]");
  }

  private static void string(String s, StringBuilder out) {
    out.append('"');
    for (int i = 0; i < s.length(); i++) {
      char c = s.charAt(i);
      switch (c) {
        case '"' -> out.append("\\\"");
        case '\\' -> out.append("\\\\");
        case '\b' -> out.append("\\b");
        case '\t' -> out.append("\\t");
        case '\n' -> out.append("\\n");
        case '\f' -> out.append("\\f");
        case '\r' -> out.append("\\r");
        default -> {
          if (c < 0x20) {
            out.append(String.format("\\u%04x", (int) c));
          } else if (!Character.isSurrogate(c)) {
            out.append(c);
          } else if (Character.isHighSurrogate(c)
              && i + 1 < s.length()
              && Character.isLowSurrogate(s.charAt(i + 1))) {
            out.append(c).append(s.charAt(++i));
          } else {
            throw new IllegalArgumentException("a lone surrogate has no canonical form");
          }
        }
      }
    }
    out.append('"');
  }
}
