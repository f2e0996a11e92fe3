package dev.newel.filter.text;

/** Hexadecimal digits without anything between them, read from both places. */
final class HexRuns implements Decoder {
  /** Eight bytes. */
  private static final int SHORTEST = 2 * Islands.SHORTEST;

  @Override
  public View view() {
    return View.HEX;
  }

  @Override
  public Decoded decode(NormalizedText parent) {
    String text = parent.text();
    int length = text.length();
    var islands = new Islands(parent, view());
    int pending = length;
    int i = 0;
    while (i < length) {
      if (digit(text.charAt(i)) < 0) {
        i++;
        continue;
      }
      int end = i + 1;
      while (end < length && digit(text.charAt(end)) >= 0) {
        end++;
      }
      boolean open = parent.isOpen() && end == length;
      if (end - i >= SHORTEST) {
        pending = Math.min(pending, read(text, i, end, open, islands));
        pending = Math.min(pending, read(text, i + 1, end, open, islands));
      } else if (open) {
        pending = Math.min(pending, i);
      }
      i = end;
    }
    return new Decoded(islands.texts(), Decoded.pending(parent, pending));
  }

  private static int read(String text, int from, int end, boolean open, Islands islands) {
    var bytes = new Utf8Reader(islands);
    int i = from;
    for (; i + 2 <= end; i += 2) {
      bytes.add((digit(text.charAt(i)) << 4) | digit(text.charAt(i + 1)), i, i + 2);
    }
    if (open) {
      return bytes.pause(i);
    }
    bytes.end();
    return text.length();
  }

  static int digit(char c) {
    return c < 128 ? Character.digit(c, 16) : -1;
  }
}
