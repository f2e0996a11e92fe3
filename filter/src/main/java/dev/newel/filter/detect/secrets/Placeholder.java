package dev.newel.filter.detect.secrets;

import java.util.Locale;

/** Tells what stands for a secret from a secret: documentation, templates, code that reads one. */
final class Placeholder {
  private static final String[] SAYS_SO = {
    "example",
    "your",
    "xxxx",
    "changeme",
    "change_me",
    "change-me",
    "replace",
    "placeholder",
    "dummy",
    "insert",
    "redacted",
    "todo",
    "****",
    "....",
    "…",
    "notreal",
    "not_a_real",
    "here_",
    "_here",
    "-here",
    "<",
    ">",
    "${",
    "{{",
    "}}",
    "$(",
    "%(",
    "#{",
    "__",
  };

  private Placeholder() {}

  /** Whether a token with a known form is one that nobody can use. */
  static boolean isToken(String token) {
    String folded = token.toLowerCase(Locale.ROOT);
    for (int i = 0; i < 16; i++) {
      if (folded.contains(SAYS_SO[i])) {
        return true;
      }
    }
    return distinct(tail(token)) < 5;
  }

  /** Whether an assigned value says that a secret belongs there. */
  static boolean isValue(String value) {
    String folded = value.toLowerCase(Locale.ROOT);
    for (String say : SAYS_SO) {
      if (folded.contains(say)) {
        return true;
      }
    }
    char first = value.charAt(0);
    boolean variable =
        first == '$'
            && value.length() > 1
            && "{(_ABCDEFGHIJKLMNOPQRSTUVWXYZ".indexOf(value.charAt(1)) >= 0
            && value.indexOf('/') > 0;
    return variable
        || (first == '$' && value.length() > 1 && isName(value.substring(1)) && hasNoCase(value))
        || (first == '%' && value.endsWith("%"))
        || distinct(value) < 3;
  }

  private static boolean isName(String value) {
    return value.chars().allMatch(c -> CharSet.ALPHANUMERIC.has((char) c) || c == '_');
  }

  /** {@code $DB_PASSWORD} and {@code $password}, but not {@code $aBc9}. */
  private static boolean hasNoCase(String value) {
    boolean lower = value.equals(value.toLowerCase(Locale.ROOT));
    boolean digit = value.chars().anyMatch(Character::isDigit);
    return (lower && !digit) || value.equals(value.toUpperCase(Locale.ROOT));
  }

  private static String tail(String token) {
    return token.substring(token.length() / 3);
  }

  private static int distinct(String text) {
    return (int) text.chars().distinct().limit(9).count();
  }
}
