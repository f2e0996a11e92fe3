package dev.newel.filter.detect;

import dev.newel.policy.Entity;
import java.util.List;

/**
 * Finds one kind of sensitive data. Looks at most {@link Entity#LOOK_AHEAD} characters beyond a
 * match.
 */
interface Recognizer {
  Entity entity();

  /** The longest match in characters. */
  default int maxLength() {
    return entity().maxLength();
  }

  /** Adds the matches that begin in the window. */
  void find(String text, Window window, List<Match> matches);

  static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  static boolean isLetter(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }

  static boolean isAlphanumeric(char c) {
    return isDigit(c) || isLetter(c);
  }
}
