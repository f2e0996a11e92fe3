package dev.newel.filter.text;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.List;

/** Puts a reading together, character by character, each with the span that it was read from. */
final class TextBuilder {
  /** Parts what stands on both sides: a noncharacter, in no word. */
  static final char BREAK = '\uffff';

  /** How much longer than what was written a long text may become, and from which length on. */
  private static final int MAX_GROWTH = 4;

  private static final int LONG = 1 << 16;

  private final String original;
  private final StringBuilder text;
  private int[] starts;
  private int[] ends;
  private byte[] marks;
  private int invisible;

  TextBuilder(String original, int capacity) {
    this.original = original;
    this.text = new StringBuilder(capacity);
    this.starts = new int[capacity + 16];
    this.ends = new int[capacity + 16];
  }

  int length() {
    return text.length();
  }

  /** Adds a code point in its normal form, read from this span of the original. */
  void add(int point, int from, int to) {
    if (point < 0x80) {
      invisible = 0;
      put((char) point, from, to);
    } else if (Invisible.is(point)) {
      if (++invisible >= NormalizedText.MAX_INVISIBLE) {
        put(BREAK, from, to);
      }
    } else {
      invisible = 0;
      if (NormalForm.isStable(point)) {
        put((char) point, from, to);
        return;
      }
      String one =
          Character.isSurrogate((char) point) && point < 0x10000
              ? "\ufffd"
              : Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKC);
      for (int i = 0; i < one.length(); i++) {
        put(one.charAt(i), from, to);
      }
    }
  }

  /** Adds a character as it is. */
  void put(char c, int from, int to) {
    int length = text.length();
    if (length == starts.length) {
      if (length > LONG && length > (long) MAX_GROWTH * original.length()) {
        throw new TextLimitException(length, (long) MAX_GROWTH * original.length());
      }
      int capacity = length + (length >> 1) + 16;
      starts = Arrays.copyOf(starts, capacity);
      ends = Arrays.copyOf(ends, capacity);
    }
    starts[length] = from;
    ends[length] = to;
    text.append(c);
  }

  /** Adds a character and what was done to it. */
  void put(char c, int from, int to, byte mark) {
    put(c, from, to);
    if (mark != 0 || marks != null) {
      if (marks == null || marks.length < text.length()) {
        marks = marks == null ? new byte[starts.length] : Arrays.copyOf(marks, starts.length);
      }
      marks[text.length() - 1] = mark;
    }
  }

  /** Says of the last character that something was done to it, if nothing else was. */
  void remark(byte mark) {
    int last = text.length() - 1;
    if (last >= 0 && (marks == null || last >= marks.length || marks[last] == 0)) {
      char c = text.charAt(last);
      text.setLength(last);
      put(c, starts[last], ends[last], mark);
    }
  }

  /** The reading. */
  NormalizedText build(List<View> path, boolean open) {
    int length = text.length();
    return new NormalizedText(
        original,
        text.toString(),
        Arrays.copyOf(starts, length),
        Arrays.copyOf(ends, length),
        marks == null ? null : Arrays.copyOf(marks, length),
        path,
        open);
  }
}
