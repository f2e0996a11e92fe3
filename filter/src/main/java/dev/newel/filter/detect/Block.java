package dev.newel.filter.detect;

/**
 * A stretch of text in which nobody pauses: encoded data, a long token, a key over many lines.
 * Prose has none that is longer than a word. Tokens and keys have no longest length; a detector
 * that knows where the block begins in which it stands can tell that a token goes on, however long
 * it is.
 */
public final class Block {
  /** The most characters that one goes back. */
  public static final int MAX = 8_192;

  /** Blanks and quotes beside a line end, as in indented or quoted keys, do not end a block. */
  private static final int LAYOUT = 24;

  private Block() {}

  /** Where the block begins in which this index stands: the index itself when it stands in none. */
  public static int start(String text, int index) {
    int start = index;
    int least = Math.max(0, index - MAX);
    while (start > least && (isInside(text.charAt(start - 1)) || isLayout(text, start - 1))) {
      start--;
    }
    return start;
  }

  private static boolean isInside(char c) {
    return (c >= '0' && c <= '9')
        || (c >= 'A' && c <= 'Z')
        || (c >= 'a' && c <= 'z')
        || "+/=_-.%~!@:;\\\r\n".indexOf(c) >= 0;
  }

  private static boolean isLayout(String text, int at) {
    return isBlank(text.charAt(at)) && (besideLineEnd(text, at, -1) || besideLineEnd(text, at, 1));
  }

  private static boolean besideLineEnd(String text, int at, int step) {
    for (int i = at + step; i >= 0 && i < text.length() && Math.abs(i - at) < LAYOUT; i += step) {
      char c = text.charAt(i);
      if (c == '\n' || c == '\\' || (c == 'n' && i > 0 && text.charAt(i - 1) == '\\')) {
        return true;
      }
      if (!isBlank(c)) {
        return false;
      }
    }
    return false;
  }

  private static boolean isBlank(char c) {
    return " \t\"'+,|>".indexOf(c) >= 0;
  }
}
