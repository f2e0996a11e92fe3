package dev.newel.models;

import java.text.Normalizer;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The tokenizer of uncased BERT models: words and signs, in lower case and without accents, each
 * split into the longest pieces that the vocabulary has. Gives what the {@code tokenizers} library
 * gives, but for characters that Unicode got after that library's tables; a test compares.
 */
final class WordPiece {
  /** Longer words are unknown as a whole. */
  private static final int MAX_WORD = 100;

  private final Map<String, Integer> vocabulary = new HashMap<>();
  private final int unknown;

  /**
   * Takes a vocabulary.
   *
   * @param lines one piece each; its number is the line, from 0
   */
  WordPiece(List<String> lines) {
    for (int i = 0; i < lines.size(); i++) {
      vocabulary.put(lines.get(i), i);
    }
    this.unknown = vocabulary.get("[UNK]");
  }

  /** The numbers of the pieces, without those that mark beginning and end. */
  int[] encode(String text) {
    var out = new Ids();
    String plain = withoutAccents(clean(text));
    int start = -1;
    for (int i = 0; i < plain.length(); ) {
      int p = plain.codePointAt(i);
      int next = i + Character.charCount(p);
      if (isSpace(p) || isPunctuation(p)) {
        word(plain, start, i, out);
        start = -1;
        if (!isSpace(p)) {
          word(plain, i, next, out);
        }
      } else if (start < 0) {
        start = i;
      }
      i = next;
    }
    word(plain, start, plain.length(), out);
    return out.toArray();
  }

  private void word(String text, int from, int to, Ids out) {
    if (from < 0) {
      return;
    }
    String word = text.substring(from, to);
    if (word.codePointCount(0, word.length()) > MAX_WORD) {
      out.add(unknown);
      return;
    }
    int mark = out.size;
    int at = 0;
    while (at < word.length()) {
      int end = word.length();
      Integer id = null;
      while (end > at) {
        String piece = word.substring(at, end);
        id = vocabulary.get(at == 0 ? piece : "##" + piece);
        if (id != null) {
          break;
        }
        end = word.offsetByCodePoints(end, -1);
      }
      if (id == null) {
        out.size = mark;
        out.add(unknown);
        return;
      }
      out.add(id);
      at = end;
    }
  }

  /** Control characters vanish, white space becomes a blank, Han characters stand alone. */
  private static String clean(String text) {
    var out = new StringBuilder(text.length() + 16);
    text.codePoints()
        .forEach(p -> {
          if (p == 0 || p == 0xFFFD || isControl(p)) {
            return;
          }
          if (isSpace(p)) {
            out.append(' ');
          } else if (isHan(p)) {
            out.append(' ').appendCodePoint(p).append(' ');
          } else {
            out.appendCodePoint(p);
          }
        });
    return out.toString();
  }

  private static String withoutAccents(String text) {
    boolean ascii = text.chars().allMatch(c -> c < 0x80);
    if (ascii) {
      return text.toLowerCase(java.util.Locale.ROOT);
    }
    var out = new StringBuilder(text.length());
    Normalizer.normalize(text, Normalizer.Form.NFD)
        .codePoints()
        .filter(p -> Character.getType(p) != Character.NON_SPACING_MARK)
        .forEach(p -> lower(p, out));
    return out.toString();
  }

  /** Each character by itself: a sigma at the end of a word is as any other. */
  private static void lower(int p, StringBuilder out) {
    out.append(p == 'Σ' ? "σ" : Character.toString(p).toLowerCase(java.util.Locale.ROOT));
  }

  private static boolean isSpace(int p) {
    return p == ' '
        || p == '\t'
        || p == '\n'
        || p == '\r'
        || Character.isSpaceChar(p)
        || p == 0x0B
        || p == 0x0C
        || p == 0x85;
  }

  private static boolean isControl(int p) {
    if (p == '\t' || p == '\n' || p == '\r') {
      return false;
    }
    return switch (Character.getType(p)) {
      case Character.CONTROL, Character.FORMAT, Character.PRIVATE_USE, Character.SURROGATE -> true;
      default -> false;
    };
  }

  private static boolean isPunctuation(int p) {
    if (p < 0x80) {
      return p > 32 && p < 127 && !Character.isLetterOrDigit(p);
    }
    return switch (Character.getType(p)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION ->
          true;
      default -> false;
    };
  }

  private static boolean isHan(int p) {
    return (p >= 0x4E00 && p <= 0x9FFF)
        || (p >= 0x3400 && p <= 0x4DBF)
        || (p >= 0x20000 && p <= 0x2A6DF)
        || (p >= 0x2A700 && p <= 0x2B73F)
        || (p >= 0x2B740 && p <= 0x2B81F)
        || (p >= 0x2B920 && p <= 0x2CEAF)
        || (p >= 0xF900 && p <= 0xFAFF)
        || (p >= 0x2F800 && p <= 0x2FA1F);
  }

  private static final class Ids {
    private int[] ids = new int[128];
    private int size;

    void add(int id) {
      if (size == ids.length) {
        ids = Arrays.copyOf(ids, 2 * size);
      }
      ids[size++] = id;
    }

    int[] toArray() {
      return Arrays.copyOf(ids, size);
    }
  }
}
