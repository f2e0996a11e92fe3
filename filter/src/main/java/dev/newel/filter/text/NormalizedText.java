package dev.newel.filter.text;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.Locale;

/**
 * A text as detectors see it, with the way back to what was written.
 *
 * <p>Each code point is taken by itself: invisible ones vanish, the others become their NFKC form
 * (Unicode Standard Annex 15). Nothing composes across code points, so how a part of a text is
 * normalised never depends on how the text was cut, except that a run of more than {@value
 * #MAX_INVISIBLE} invisible characters stands for a break.
 *
 * <p>{@link #text} keeps the case, {@link #folded} does not; both have the same indices.
 */
public final class NormalizedText {
  /** Longer runs of invisible characters separate what stands on both sides. */
  public static final int MAX_INVISIBLE = 256;

  /** What stands for such a run: a noncharacter, in no word and no pattern. */
  private static final char BREAK = '\uffff';

  private final String original;
  private final String text;
  private final String folded;

  /** Both are null for plain ASCII, where every index is its own: most texts, and long ones. */
  private final int[] starts;

  private final int[] ends;

  private NormalizedText(String original, String text, String folded, int[] starts, int[] ends) {
    this.original = original;
    this.text = text;
    this.folded = folded;
    this.starts = starts;
    this.ends = ends;
  }

  /** Normalises any string; lone surrogates become U+FFFD. */
  public static NormalizedText of(String original) {
    if (isAscii(original)) {
      return new NormalizedText(original, original, original.toLowerCase(Locale.ROOT), null, null);
    }
    var builder = new Builder(original);
    int i = 0;
    while (i < original.length()) {
      int point = original.codePointAt(i);
      int length = Character.charCount(point);
      builder.add(point, i, i + length);
      i += length;
    }
    return builder.build();
  }

  private static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** What was written. */
  public String original() {
    return original;
  }

  /** Normalised, in the case it was written. */
  public String text() {
    return text;
  }

  /** Normalised, in lower case (Unicode simple mapping). */
  public String folded() {
    return folded;
  }

  /** Length of {@link #text} and {@link #folded} in UTF-16 code units. */
  public int length() {
    return text.length();
  }

  /** Where in the original the normalised character at this index begins. */
  public int originalStart(int index) {
    if (starts == null) {
      return index;
    }
    return index == text.length() ? original.length() : starts[index];
  }

  /**
   * Where in the original the normalised text before this index ends: invisible characters behind
   * it do not belong to it.
   */
  public int originalEnd(int index) {
    if (ends == null) {
      return index;
    }
    return index == 0 ? 0 : ends[index - 1];
  }

  private static final class Builder {
    private final String original;
    private final StringBuilder text;
    private final StringBuilder folded;
    private int[] starts;
    private int[] ends;
    private int invisible;

    Builder(String original) {
      this.original = original;
      this.text = new StringBuilder(original.length());
      this.folded = new StringBuilder(original.length());
      this.starts = new int[original.length() + 16];
      this.ends = new int[original.length() + 16];
    }

    void add(int point, int from, int to) {
      if (point < 0x80) {
        invisible = 0;
        put((char) point, from, to);
      } else if (Invisible.is(point)) {
        if (++invisible == MAX_INVISIBLE) {
          put(BREAK, from, to);
        }
      } else {
        invisible = 0;
        String one =
            Character.isSurrogate((char) point) && point < 0x10000
                ? "\ufffd"
                : Normalizer.normalize(Character.toString(point), Normalizer.Form.NFKC);
        for (int i = 0; i < one.length(); i++) {
          put(one.charAt(i), from, to);
        }
      }
    }

    private void put(char c, int from, int to) {
      if (text.length() == starts.length) {
        starts = Arrays.copyOf(starts, starts.length * 2);
        ends = Arrays.copyOf(ends, ends.length * 2);
      }
      starts[text.length()] = from;
      ends[text.length()] = to;
      text.append(c);
      folded.append(Character.toLowerCase(c));
    }

    NormalizedText build() {
      return new NormalizedText(original, text.toString(), folded.toString(), starts, ends);
    }
  }
}
