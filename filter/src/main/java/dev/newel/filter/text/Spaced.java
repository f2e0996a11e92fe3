package dev.newel.filter.text;

import java.util.ArrayList;
import java.util.List;

/**
 * Letters and digits that stand alone, three or more in a row, read as one word. Only what stands
 * alone is put together, so no word of innocent text ever joins its neighbour. What parts two words
 * is wider than what parts their letters.
 */
final class Spaced implements Decoder {
  private static final int SHORTEST = 3;

  /** The most characters between two letters. */
  private static final int WIDEST = 3;

  @Override
  public View view() {
    return View.SPACED;
  }

  @Override
  public Decoded decode(NormalizedText parent) {
    return new Reader(parent).read();
  }

  private static boolean isAlphanumeric(char c) {
    return c < 0x80
        ? (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')
        : Character.isLetterOrDigit(c);
  }

  private final class Reader {
    private final NormalizedText parent;
    private final String text;
    private final List<NormalizedText> texts = new ArrayList<>();
    private TextBuilder word;
    private int letters;
    private int first;
    private int behind;
    private int gap;

    Reader(NormalizedText parent) {
      this.parent = parent;
      this.text = parent.text();
    }

    Decoded read() {
      int length = text.length();
      int i = 0;
      while (i < length) {
        if (!isAlphanumeric(text.charAt(i))) {
          i++;
          continue;
        }
        int start = i++;
        while (i < length && isAlphanumeric(text.charAt(i))) {
          i++;
        }
        if (letters > 0 && start - behind > WIDEST) {
          flush(false);
        }
        if (i - start > 1) {
          flush(false);
        } else if (i == length && parent.isOpen()) {
          return paused(start);
        } else {
          letter(start);
        }
      }
      if (letters > 0 && parent.isOpen() && length - behind <= WIDEST) {
        return paused(length);
      }
      flush(false);
      return new Decoded(texts, Decoded.pending(parent, length));
    }

    private Decoded paused(int at) {
      int from = letters > 0 && letters < SHORTEST ? first : at;
      flush(true);
      return new Decoded(texts, Decoded.pending(parent, from));
    }

    private void letter(int index) {
      if (letters == 0) {
        first = index;
      } else {
        if (gap > 0 && index - behind > gap) {
          put(' ', behind, index);
        }
        gap = index - behind;
      }
      put(text.charAt(index), index, index + 1);
      letters++;
      behind = index + 1;
    }

    private void put(char c, int from, int to) {
      if (word == null) {
        word = new TextBuilder(parent.original(), 32);
      }
      word.put(c, parent.originalStart(from), parent.originalEnd(to));
    }

    private void flush(boolean open) {
      if (letters >= SHORTEST) {
        texts.add(word.build(parent.then(view()), open));
      }
      word = null;
      letters = 0;
      gap = 0;
    }
  }
}
