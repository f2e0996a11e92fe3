package dev.newel.filter.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Digits and signs read as the letters they look like. A digit stands for its letter anywhere, a
 * sign only beside or between letters; and only a match that is mostly letters counts, so numbers
 * and prices are no words. The digit one and the bar are {@code i} and {@code l}: two readings.
 */
final class Leet implements Decoder {
  private static final byte DIGIT = 1;
  private static final byte SIGN = 2;

  private static final char[] LETTERS = new char[128];

  static {
    String table = "0o1i3e4a5s7t8b9g@a$s!i|i+t";
    for (int i = 0; i < table.length(); i += 2) {
      LETTERS[table.charAt(i)] = table.charAt(i + 1);
    }
  }

  @Override
  public View view() {
    return View.LEET;
  }

  @Override
  public Decoded decode(NormalizedText parent) {
    String text = parent.text();
    // Whether a sign at the end of what was seen stands between letters is not known yet.
    int length = text.length();
    if (parent.isOpen() && length > 0 && isSign(text.charAt(length - 1))) {
      length--;
    }
    char[] letters = null;
    byte[] marks = null;
    boolean two = false;
    for (int i = 0; i < length; i++) {
      char c = text.charAt(i);
      if (c >= 128 || LETTERS[c] == 0 || (isSign(c) && !standsForALetter(text, i))) {
        continue;
      }
      if (letters == null) {
        letters = text.substring(0, length).toCharArray();
        marks = new byte[length];
      }
      letters[i] = LETTERS[c];
      marks[i] = isSign(c) ? SIGN : DIGIT;
      two |= LETTERS[c] == 'i';
    }
    int pending = Decoded.pending(parent, length);
    if (letters == null || !besideLetters(letters, marks)) {
      return new Decoded(List.of(), pending);
    }
    var texts = new ArrayList<NormalizedText>();
    texts.add(parent.reread(new String(letters), marks, view()));
    if (two) {
      for (int i = 0; i < length; i++) {
        if (marks[i] != 0 && letters[i] == 'i') {
          letters[i] = 'l';
        }
      }
      texts.add(parent.reread(new String(letters), marks, view()));
    }
    return new Decoded(texts, pending);
  }

  /** Whether anything in the text can be accepted at all. */
  private static boolean besideLetters(char[] letters, byte[] marks) {
    for (int i = 0; i < letters.length; i++) {
      if (marks[i] != 0
          && ((i > 0 && marks[i - 1] == 0 && Character.isLetter(letters[i - 1]))
              || (i + 1 < letters.length
                  && marks[i + 1] == 0
                  && Character.isLetter(letters[i + 1])))) {
        return true;
      }
    }
    return false;
  }

  private static boolean isSign(char c) {
    return c == '@' || c == '$' || c == '!' || c == '|' || c == '+';
  }

  private static boolean standsForALetter(String text, int i) {
    char c = text.charAt(i);
    boolean before = i > 0 && isPart(text.charAt(i - 1));
    boolean behind = i + 1 < text.length() && isPart(text.charAt(i + 1));
    boolean loose = c == '@' || c == '$';
    return loose ? before || behind : before && behind;
  }

  private static boolean isPart(char c) {
    return c == '@' || c == '$' || Character.isLetterOrDigit(c);
  }

  /** At least half as many letters as stand-ins; of three characters only signs may stand in. */
  static boolean accepts(NormalizedText text, int start, int end) {
    int letters = 0;
    int digits = 0;
    int signs = 0;
    for (int i = start; i < end; i++) {
      switch (text.mark(i)) {
        case DIGIT -> digits++;
        case SIGN -> signs++;
        default -> letters += Character.isLetter(text.text().charAt(i)) ? 1 : 0;
      }
    }
    int standIns = digits + signs;
    return standIns > 0
        && (letters + standIns < 4
            ? (letters > 0 && digits == 0 && letters + standIns == 3)
            : (letters >= 2 && letters * 2 >= standIns));
  }
}
