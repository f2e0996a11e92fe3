package dev.newel.filter.detect.secrets;

import java.util.Locale;

/**
 * Whether a string looks as if a machine had drawn it: what is assigned to a name that promises a
 * secret, and is no word, path, number or piece of code.
 */
final class TokenValue {
  /** Shannon entropy in bits for each character; English words and identifiers stay below. */
  private static final double LEAST_ENTROPY = 2.5;

  private TokenValue() {}

  /** A token: 16 or more characters in one piece, digits among letters, no repetition. */
  static boolean isToken(String value) {
    return value.length() >= 16
        && isMixed(value)
        && entropy(value) >= LEAST_ENTROPY
        && !isCode(value)
        && !Placeholder.isValue(value);
  }

  /** A password: what people and tools choose; a plain word could be a name of something. */
  static boolean isPassword(String value) {
    return value.length() >= 5
        && value.length() <= 128
        && isUnlikeAWord(value)
        && !isCode(value)
        && value.indexOf('(') < 0
        && !value.toLowerCase(Locale.ROOT).contains("passw")
        && !Placeholder.isValue(value);
  }

  /** Letters and digits, or one of both in hexadecimal length. */
  private static boolean isMixed(String value) {
    int digits = 0;
    int letters = 0;
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      digits += c >= '0' && c <= '9' ? 1 : 0;
      letters += Character.isLetter(c) ? 1 : 0;
    }
    return (digits >= 2 && (letters >= 2 || value.length() >= 24))
        || (letters >= 16 && isMixedCase(value))
        || isLongRun(value);
  }

  /** Twenty letters of one case in one piece: longer than the words that stand where keys do. */
  private static boolean isLongRun(String value) {
    return value.length() >= 20
        && value.chars().allMatch(c -> CharSet.ALPHANUMERIC.has((char) c))
        && isOneCase(value);
  }

  /** Upper case in the midst of lower case, not only at the beginnings of words. */
  private static boolean isMixedCase(String value) {
    int changes = 0;
    for (int i = 1; i < value.length(); i++) {
      boolean up =
          Character.isLowerCase(value.charAt(i - 1)) && Character.isUpperCase(value.charAt(i));
      changes += up ? 1 : 0;
    }
    return changes * 5 >= value.length();
  }

  private static boolean isUnlikeAWord(String value) {
    boolean letter = false;
    boolean other = false;
    for (int i = 0; i < value.length(); i++) {
      letter |= Character.isLetter(value.charAt(i));
      other |= !Character.isLetter(value.charAt(i)) && "_-./ ".indexOf(value.charAt(i)) < 0;
    }
    return (letter && other) || (!letter && value.length() >= 6);
  }

  /** Calls, members, paths, markup: a program's words, not a value. */
  static boolean isCode(String value) {
    if ((value.indexOf('(') >= 0 && value.indexOf(')') >= 0)
        || (value.indexOf('[') >= 0 && value.indexOf(']') >= 0)
        || value.startsWith("/")
        || value.startsWith("./")
        || value.startsWith("http:")
        || value.startsWith("https:")
        || value.startsWith("--")
        || value.contains("->")
        || value.contains("::")
        || value.contains("==")
        || value.contains("\\")) {
      return value.length() < 60 || value.indexOf('(') >= 0 || value.startsWith("http");
    }
    return isDotted(value) || isSnake(value);
  }

  /** {@code process.env.TOKEN}, {@code user.password2}: words joined by dots. */
  private static boolean isDotted(String value) {
    int dot = value.indexOf('.');
    if (dot <= 0 || dot == value.length() - 1) {
      return false;
    }
    String[] words = value.split("\\.", -1);
    String last = words[words.length - 1];
    if (words.length > 2 && last.length() < 5 && last.chars().allMatch(Character::isLowerCase)) {
      return true; // a host
    }
    for (String word : words) {
      if (word.isEmpty()
          || !Character.isLetter(word.charAt(0))
          || digits(word) > 2
          || word.length() > 24) {
        return false;
      }
    }
    return true;
  }

  /** {@code my_secret_name_1}: lower- or upper-case words joined by underscores or hyphens. */
  private static boolean isSnake(String value) {
    String[] words = value.split("[_-]", -1);
    if (words.length < 2) {
      return false;
    }
    for (String word : words) {
      if (word.isEmpty() || digits(word) > 1 || !isOneCase(word) || word.length() > 16) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOneCase(String word) {
    return word.chars().noneMatch(Character::isUpperCase)
        || word.chars().noneMatch(Character::isLowerCase);
  }

  private static int digits(String word) {
    return (int) word.chars().filter(c -> c >= '0' && c <= '9').count();
  }

  static double entropy(String value) {
    int[] counts = new int[128];
    int n = 0;
    for (int i = 0; i < value.length(); i++) {
      if (value.charAt(i) < 128) {
        counts[value.charAt(i)]++;
        n++;
      }
    }
    double bits = 0;
    for (int count : counts) {
      if (count > 0) {
        double p = (double) count / n;
        bits -= p * Math.log(p) / Math.log(2);
      }
    }
    return bits;
  }
}
