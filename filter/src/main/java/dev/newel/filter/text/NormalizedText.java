package dev.newel.filter.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * A text in one of its {@linkplain View views}, as detectors see it, with the way back to what was
 * written.
 *
 * <p>In the plain view each code point is taken by itself: invisible ones vanish, the others become
 * their NFKC form (Unicode Standard Annex 15). Nothing composes across code points, so how a part
 * of a text is normalised never depends on how the text was cut, except that a run of invisible
 * characters stands for breaks from its {@value #MAX_INVISIBLE}th on. What was decoded is
 * normalised in the same way.
 *
 * <p>{@link #text} keeps the case, {@link #folded} does not; both have the same indices.
 */
public final class NormalizedText {
  /** Longer runs of invisible characters separate what stands on both sides. */
  public static final int MAX_INVISIBLE = 256;

  private final String original;
  private final String text;

  /** Both are null where every index is its own, as in plain ASCII: most texts, and long ones. */
  private final int[] starts;

  private final int[] ends;

  /** What was done to each character, in the terms of the last view; null when nothing was. */
  private final byte[] marks;

  private final List<View> path;
  private final boolean open;
  private String folded;

  NormalizedText(
      String original,
      String text,
      int[] starts,
      int[] ends,
      byte[] marks,
      List<View> path,
      boolean open) {
    this.original = original;
    this.text = text;
    this.starts = starts;
    this.ends = ends;
    this.marks = marks;
    this.path = path;
    this.open = open;
  }

  /**
   * The plain view of any string; lone surrogates become U+FFFD.
   *
   * @throws TextLimitException when a long text grows to more than four times its length
   */
  public static NormalizedText of(String original) {
    return of(original, true);
  }

  /**
   * The plain view of a text, or of the beginning of one.
   *
   * @param ended whether nothing more will come
   * @throws TextLimitException when a long text grows to more than four times its length
   */
  static NormalizedText of(String original, boolean ended) {
    if (isAscii(original)) {
      return new NormalizedText(original, original, null, null, null, List.of(), !ended);
    }
    var builder = new TextBuilder(original, original.length());
    int i = 0;
    while (i < original.length()) {
      int point = original.codePointAt(i);
      int length = Character.charCount(point);
      builder.add(point, i, i + length);
      i += length;
    }
    return builder.build(List.of(), !ended);
  }

  static boolean isAscii(String text) {
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) >= 0x80) {
        return false;
      }
    }
    return true;
  }

  /** Another reading of this text, with the same indices. */
  NormalizedText reread(String reading, byte[] marks, View view) {
    return new NormalizedText(original, reading, starts, ends, marks, then(view), open);
  }

  /** The path of what is made from this text. */
  List<View> then(View view) {
    var longer = new ArrayList<View>(path);
    longer.add(view);
    return List.copyOf(longer);
  }

  /** The form in which words are compared in all but the plain view, in lower case. */
  public static String skeletonOf(String word) {
    return Skeleton.of(word);
  }

  /** What was written. */
  public String original() {
    return original;
  }

  /** As it reads in this view, in the case it was written. */
  public String text() {
    return text;
  }

  /** As it reads in this view, in lower case (Unicode simple mapping). */
  public String folded() {
    if (folded == null) {
      folded = fold(text);
    }
    return folded;
  }

  private static String fold(String text) {
    if (isAscii(text)) {
      return text.toLowerCase(Locale.ROOT);
    }
    char[] chars = text.toCharArray();
    for (int i = 0; i < chars.length; i++) {
      chars[i] = Character.toLowerCase(chars[i]);
    }
    return new String(chars);
  }

  /** The last step of the way from what was written to this reading. */
  public View view() {
    return path.isEmpty() ? View.PLAIN : path.getLast();
  }

  /** All steps, the first one first; empty for the plain view. */
  public List<View> path() {
    return path;
  }

  /** All steps in a word: {@code plain}, {@code leet}, {@code base64+rot13}. */
  public String viewName() {
    return path.isEmpty()
        ? View.PLAIN.label()
        : path.stream().map(View::label).collect(Collectors.joining("+"));
  }

  /** Whether the text may go on: it reaches to where a stream has been seen. */
  public boolean isOpen() {
    return open;
  }

  /** Length of {@link #text} and {@link #folded} in UTF-16 code units. */
  public int length() {
    return text.length();
  }

  /** Where in the original the character at this index begins. */
  public int originalStart(int index) {
    if (starts == null) {
      return index;
    }
    return index == text.length() ? originalEnd(index, original.length()) : starts[index];
  }

  /** The end of what is written here: of the whole original for the plain view. */
  private int originalEnd(int index, int length) {
    return path.isEmpty() ? length : originalEnd(index);
  }

  /**
   * Where in the original the text before this index ends: invisible characters behind it do not
   * belong to it.
   */
  public int originalEnd(int index) {
    if (ends == null) {
      return index;
    }
    return index == 0 ? 0 : ends[index - 1];
  }

  /** Where in the original this reading begins. */
  public int begin() {
    return starts == null || text.isEmpty() ? 0 : starts[0];
  }

  /** Where in the original this reading ends. */
  public int end() {
    return originalEnd(text.length());
  }

  /** The first index whose character begins at or behind this position of the original. */
  public int indexAt(int position) {
    if (starts == null) {
      return Math.min(position, text.length());
    }
    int low = 0;
    int high = text.length();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (starts[middle] < position) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }

  /** What was done to the character at this index; 0 for nothing. */
  byte mark(int index) {
    return marks == null ? 0 : marks[index];
  }

  /**
   * Whether a match in this reading can be meant: enough of it was disguised in the way that the
   * view undoes, so that innocent text which happens to read so does not count. Depends on the
   * characters of the span alone.
   */
  public boolean accepts(int start, int end) {
    return switch (view()) {
      case SKELETON -> Skeleton.accepts(this, start, end);
      case LEET -> Leet.accepts(this, start, end);
      case ROT13 -> Rot13.accepts(this, start, end);
      default -> true;
    };
  }

  /** Never the text. */
  @Override
  public String toString() {
    return "NormalizedText[" + viewName() + ", " + text.length() + " characters]";
  }
}
