package dev.newel.filter.text;

import java.util.Arrays;

/**
 * Base64 (RFC 4648), both alphabets. A run of {@value #SHORTEST} or more characters is read from
 * each of the four places where a group can begin, so neither what was put before it nor where a
 * stream was cut hides anything; at the wrong three it hardly ever reads as text.
 */
final class Base64Runs implements Decoder {
  /** Twelve bytes. Longer than nearly every word. */
  static final int SHORTEST = 16;

  private static final byte[] VALUES = new byte[128];

  static {
    Arrays.fill(VALUES, (byte) -1);
    String alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (int i = 0; i < alphabet.length(); i++) {
      VALUES[alphabet.charAt(i)] = (byte) i;
    }
    VALUES['-'] = 62;
    VALUES['_'] = 63;
  }

  @Override
  public View view() {
    return View.BASE64;
  }

  @Override
  public Decoded decode(NormalizedText parent) {
    String text = parent.text();
    int length = text.length();
    var islands = new Islands(parent, view());
    int pending = length;
    int i = 0;
    while (i < length) {
      if (value(text.charAt(i)) < 0) {
        i++;
        continue;
      }
      int end = i + 1;
      while (end < length && value(text.charAt(end)) >= 0) {
        end++;
      }
      if (end - i >= SHORTEST) {
        var run = new Run(text, i, end, parent.isOpen());
        pending = Math.min(pending, run.read(islands));
        end = run.end;
      } else if (end == length) {
        pending = Math.min(pending, i);
      }
      i = end;
    }
    return new Decoded(islands.texts(), Decoded.pending(parent, pending));
  }

  private static int value(char c) {
    return c < 128 ? VALUES[c] : -1;
  }

  /** A run, perhaps over several lines. */
  private static final class Run {
    private final String text;
    private int[] at;
    private int count;
    private final int end;

    /** Whether more of it may come. */
    private final boolean open;

    Run(String text, int from, int firstEnd, boolean more) {
      this.text = text;
      this.at = new int[firstEnd - from + 16];
      int i = from;
      int line = 0;
      boolean last = false;
      while (true) {
        while (i < text.length() && value(text.charAt(i)) >= 0) {
          put(i++);
          line++;
        }
        int next = line >= SHORTEST ? nextLine(i) : i;
        if (next == i) {
          last = i == text.length();
          break;
        }
        if (next == text.length()) {
          last = true;
          break;
        }
        if (value(text.charAt(next)) < 0) {
          break;
        }
        line = 0;
        i = next;
      }
      this.end = i;
      this.open = more && last;
    }

    private void put(int index) {
      if (count == at.length) {
        at = Arrays.copyOf(at, count * 2);
      }
      at[count++] = index;
    }

    /** Behind a line break and up to four characters of indentation; the index itself if none. */
    private int nextLine(int index) {
      int i = index;
      if (i < text.length() && text.charAt(i) == '\r') {
        i++;
      }
      if (i == text.length()) {
        return i;
      }
      if (text.charAt(i) != '\n') {
        return index;
      }
      i++;
      for (int n = 0; n < 4 && i < text.length() && " \t>".indexOf(text.charAt(i)) >= 0; n++) {
        i++;
      }
      return i;
    }

    /** Reads at all four places; the index from which on nothing is certain. */
    int read(Islands islands) {
      int pending = text.length();
      for (int first = 0; first < 4; first++) {
        pending = Math.min(pending, read(first, islands));
      }
      return pending;
    }

    private int read(int first, Islands islands) {
      var bytes = new Utf8Reader(islands);
      int q = first;
      for (; q + 4 <= count; q += 4) {
        int bits = bits(q, 4);
        bytes.add(bits >> 16, at[q], at[q + 1] + 1);
        bytes.add((bits >> 8) & 0xff, at[q + 1], at[q + 2] + 1);
        bytes.add(bits & 0xff, at[q + 2], at[q + 3] + 1);
      }
      if (open) {
        return bytes.pause(q < count ? at[q] : end);
      }
      int rest = count - q;
      if (rest >= 2) {
        int bits = bits(q, rest);
        bytes.add(bits >> 16, at[q], at[q + 1] + 1);
        if (rest == 3) {
          bytes.add((bits >> 8) & 0xff, at[q + 1], at[q + 2] + 1);
        }
      }
      bytes.end();
      return text.length();
    }

    /** 24 bits of a group of which this many characters are there. */
    private int bits(int group, int there) {
      int bits = 0;
      for (int i = 0; i < 4; i++) {
        bits = (bits << 6) | (i < there ? value(text.charAt(at[group + i])) : 0);
      }
      return bits;
    }
  }
}
