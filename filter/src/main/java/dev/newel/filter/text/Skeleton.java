package dev.newel.filter.text;

import java.util.List;

/**
 * What looks alike is alike: letters of other scripts that look like Latin ones (Unicode Technical
 * Standard 39), letters without their marks, digits of all scripts. Both sides of a comparison are
 * brought to this form.
 *
 * <p>Innocent words of other scripts look like Latin ones, too. So what counts is a match in which
 * scripts are mixed, or one of five or more letters.
 */
final class Skeleton implements Decoder {
  /** A Latin letter lost its marks or its ornament, or a digit came from another script. */
  private static final byte LATIN = 1;

  /** A character of another script. */
  private static final byte FOREIGN = 2;

  /** Fewer letters of another script are a word of that script by chance. */
  private static final int FEWEST = 5;

  @Override
  public View view() {
    return View.SKELETON;
  }

  @Override
  public Decoded decode(NormalizedText parent) {
    int pending = Decoded.pending(parent, parent.length());
    String text = parent.text();
    if (NormalizedText.isAscii(text)) {
      return new Decoded(List.of(), pending);
    }
    var builder = new TextBuilder(parent.original(), text.length());
    for (int i = 0; i < text.length(); ) {
      int point = text.codePointAt(i);
      int next = i + Character.charCount(point);
      add(point, parent.originalStart(i), parent.originalEnd(next), builder);
      i = next;
    }
    return new Decoded(List.of(builder.build(parent.then(view()), parent.isOpen())), pending);
  }

  private static void add(int point, int from, int to, TextBuilder builder) {
    if (point < 0x80) {
      builder.put((char) point, from, to, (byte) 0);
      return;
    }
    String like = Confusables.prototype(point);
    if (like == null) {
      for (char c : Character.toChars(point)) {
        builder.put(c, from, to, (byte) 0);
      }
      return;
    }
    byte mark =
        Character.UnicodeScript.of(point) == Character.UnicodeScript.LATIN
                || !Character.isLetter(point)
            ? LATIN
            : FOREIGN;
    if (like.isEmpty()) {
      builder.remark(LATIN);
    }
    for (int i = 0; i < like.length(); i++) {
      builder.put(like.charAt(i), from, to, mark);
    }
  }

  /** The form of a word to compare with, in lower case. */
  static String of(String word) {
    var out = new StringBuilder();
    NormalizedText plain = NormalizedText.of(word);
    plain
        .text()
        .codePoints()
        .forEach(point -> {
          String like = point < 0x80 ? null : Confusables.prototype(point);
          if (like == null) {
            out.appendCodePoint(point);
          } else {
            out.append(like);
          }
        });
    for (int i = 0; i < out.length(); i++) {
      out.setCharAt(i, Character.toLowerCase(out.charAt(i)));
    }
    return out.toString();
  }

  static boolean accepts(NormalizedText text, int start, int end) {
    int own = 0;
    int latin = 0;
    int foreign = 0;
    for (int i = start; i < end; i++) {
      switch (text.mark(i)) {
        case LATIN -> latin++;
        case FOREIGN -> foreign++;
        default -> own += isLatin(text.text().charAt(i)) ? 1 : 0;
      }
    }
    return latin > 0 || (foreign > 0 && (own > 0 || foreign >= FEWEST));
  }

  private static boolean isLatin(char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }
}
