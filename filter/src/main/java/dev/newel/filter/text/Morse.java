package dev.newel.filter.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Morse code (ITU-R M.1677-1): four or more characters, parted by one space; words by more or by a
 * slash. Dots and dashes may be any that look so.
 */
final class Morse implements Decoder {
  private static final int SHORTEST = 4;

  /** The longest code of the table. */
  private static final int MAX_SYMBOLS = 6;

  /** The most characters between two codes. */
  private static final int WIDEST = 4;

  private static final String DOTS = ".\u00b7\u2022\u2219*";
  private static final String DASHES = "-\u2010\u2012\u2013\u2014\u2015\u2212_";

  /** Character and code, in the order of the recommendation. */
  private static final String TABLE =
      "a.- b-... c-.-. d-.. e. f..-. g--. h.... i.. j.--- k-.- l.-.. m-- n-. o--- p.--. q--.- r.-."
          + " s... t- u..- v...- w.-- x-..- y-.-- z--.. 1.---- 2..--- 3...-- 4....- 5..... 6-...."
          + " 7--... 8---.. 9----. 0-----"
          + " ?..--.. ,--..-- :---... '.----. /-..-. (-.--. )-.--.- @.--.-. =-...- +.-.-.";

  /** By code: a one, then a bit for each symbol. */
  private static final char[] LETTERS = new char[1 << (MAX_SYMBOLS + 1)];

  static {
    for (String entry : TABLE.split(" ", -1)) {
      int code = 1;
      for (int i = 1; i < entry.length(); i++) {
        code = (code << 1) | (entry.charAt(i) == '-' ? 1 : 0);
      }
      LETTERS[code] = entry.charAt(0);
    }
  }

  @Override
  public View view() {
    return View.MORSE;
  }

  @Override
  public Decoded decode(NormalizedText parent) {
    return new Reader(parent).read();
  }

  private static boolean isSymbol(char c) {
    return c < 0x80 ? c == '.' || c == '-' || c == '_' || c == '*' : isRareSymbol(c);
  }

  private static boolean isRareSymbol(char c) {
    return DOTS.indexOf(c) >= 0 || DASHES.indexOf(c) >= 0;
  }

  private final class Reader {
    private final NormalizedText parent;
    private final String text;
    private final List<NormalizedText> texts = new ArrayList<>();
    private TextBuilder letters;
    private int count;
    private int first;
    private int behind;

    Reader(NormalizedText parent) {
      this.parent = parent;
      this.text = parent.text();
    }

    Decoded read() {
      int length = text.length();
      int i = 0;
      while (i < length) {
        char c = text.charAt(i);
        if (!isSymbol(c)) {
          if (count > 0 && " /|\n\r\t".indexOf(c) < 0) {
            flush(false);
          }
          i++;
          continue;
        }
        int start = i++;
        while (i < length && isSymbol(text.charAt(i))) {
          i++;
        }
        if (count > 0 && start - behind > WIDEST) {
          flush(false);
        }
        if (i == length && parent.isOpen() && i - start <= MAX_SYMBOLS) {
          return paused(start);
        }
        code(start, i);
      }
      if (count > 0 && parent.isOpen() && length - behind <= WIDEST) {
        return paused(length);
      }
      flush(false);
      return new Decoded(texts, Decoded.pending(parent, length));
    }

    private Decoded paused(int at) {
      int from = count > 0 && count < SHORTEST ? first : at;
      flush(true);
      return new Decoded(texts, Decoded.pending(parent, from));
    }

    private void code(int start, int end) {
      int code = 1;
      for (int i = start; i < end && end - start <= MAX_SYMBOLS; i++) {
        code = (code << 1) | (DASHES.indexOf(text.charAt(i)) >= 0 ? 1 : 0);
      }
      if (LETTERS[code] == 0) {
        flush(false);
        return;
      }
      if (count == 0) {
        first = start;
        letters = new TextBuilder(parent.original(), 32);
      } else if (start - behind > 1) {
        put(' ', behind, start);
      }
      put(LETTERS[code], start, end);
      count++;
      behind = end;
    }

    private void put(char c, int from, int to) {
      letters.put(c, parent.originalStart(from), parent.originalEnd(to));
    }

    private void flush(boolean open) {
      if (count >= SHORTEST) {
        texts.add(letters.build(parent.then(view()), open));
      }
      letters = null;
      count = 0;
    }
  }
}
