package dev.newel.filter.model;

/**
 * Sentences that can be told without having seen the whole text: where one begins depends on at
 * most {@value #LOOK_BEHIND} characters before it, where it ends on {@value #LOOK_AHEAD} behind it.
 * A text without full stops is cut at words that its own characters choose, so that every way to
 * read it in pieces gives the same sentences. Equal to {@code models/train/sentences.py}.
 */
public final class Sentences {
  /** Longer ones end here. */
  public static final int MAX_LENGTH = 240;

  /** How far a stop must be known to be one. */
  public static final int LOOK_AHEAD = 1;

  private static final int LOOK_BEHIND = 160;

  /** White space between a stop and a beginning. */
  private static final int MAX_GAP = 32;

  private Sentences() {}

  /** Whether a sentence, or a part of an endless one, begins here. */
  public static boolean beginsAt(String text, int at) {
    if (isSpace(text.charAt(at)) || (at > 0 && Character.isLowSurrogate(text.charAt(at)))) {
      return false;
    }
    int before = at - 1;
    while (before >= 0 && at - before <= MAX_GAP && isSpace(text.charAt(before))) {
      if (text.charAt(before) == '\n') {
        return true;
      }
      before--;
    }
    if (before < 0) {
      return true;
    }
    boolean gap = before < at - 1;
    if (isStop(text.charAt(before), gap)) {
      return true;
    }
    return gap && chosen(text, at) && !stopBefore(text, before);
  }

  /** Where the sentence that begins here ends. */
  public static int end(String text, int start) {
    int limit = Math.min(text.length(), start + MAX_LENGTH);
    for (int i = start; i < limit; i++) {
      char c = text.charAt(i);
      boolean gap = i + 1 < text.length() && isSpace(text.charAt(i + 1));
      if (c == '\n') {
        return i;
      }
      if (isStop(c, gap)) {
        return i + 1;
      }
    }
    boolean split = limit < text.length() && Character.isLowSurrogate(text.charAt(limit));
    return split ? limit - 1 : limit;
  }

  /** One word in four or so. */
  private static boolean chosen(String text, int at) {
    return ((text.charAt(at) * 31 + (at + 1 < text.length() ? text.charAt(at + 1) : 0)) & 3) == 0;
  }

  private static boolean stopBefore(String text, int before) {
    for (int i = before; i >= 0 && before - i < LOOK_BEHIND - MAX_GAP; i--) {
      char c = text.charAt(i);
      if (c == '\n' || isStop(c, i < before && isSpace(text.charAt(i + 1)))) {
        return true;
      }
    }
    return before < LOOK_BEHIND - MAX_GAP;
  }

  private static boolean isStop(char c, boolean gap) {
    return c == '。' || c == '！' || c == '？' || (gap && (c == '.' || c == '!' || c == '?'));
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
