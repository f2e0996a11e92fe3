package dev.newel.filter.text;

import java.util.List;

/** ASCII letters moved by thirteen places. */
final class Rot13 implements Decoder {
  /** Fewer letters than these are found in innocent text by chance. */
  private static final int FEWEST = 6;

  @Override
  public View view() {
    return View.ROT13;
  }

  @Override
  public Decoded decode(NormalizedText parent) {
    String text = parent.text();
    char[] moved = new char[text.length()];
    for (int i = 0; i < moved.length; i++) {
      moved[i] = move(text.charAt(i));
    }
    return new Decoded(
        List.of(parent.reread(new String(moved), null, view())),
        Decoded.pending(parent, text.length()));
  }

  static char move(char c) {
    if (c >= 'a' && c <= 'z') {
      return (char) (c < 'n' ? c + 13 : c - 13);
    }
    if (c >= 'A' && c <= 'Z') {
      return (char) (c < 'N' ? c + 13 : c - 13);
    }
    return c;
  }

  /** Six letters or more that read better moved than as they were written. */
  static boolean accepts(NormalizedText text, int start, int end) {
    int letters = 0;
    for (int i = start; i < end; i++) {
      if (move(text.text().charAt(i)) != text.text().charAt(i)) {
        letters++;
      }
    }
    return letters >= FEWEST && LetterPairs.gainOfMoving(text.text(), start, end) < 0;
  }
}
