package dev.newel.filter.model;

import java.util.Arrays;

/**
 * What the linear model counts in a window: hashes of one, two and three words in a row, of two
 * words around a third, of 3 to 5 characters in a row, and a few numbers that say what the window
 * looks like. Equal to {@code models/train/linear.py}.
 */
final class TextFeatures {
  /** Hashes have this many bits. */
  static final int BITS = 18;

  /** How many numbers say what a window looks like. */
  static final int SHAPE = 16;

  private static final int MASK = (1 << BITS) - 1;
  private static final int PRIME = 16777619;
  private static final int GOLDEN = 0x9E3779B9;
  private static final String[] MARKS = {"```", "<|", "[/", "system:", "user:", "assistant:", "</"};

  private final int[] words;
  private final int[] characters;
  private final float[] shape;

  private TextFeatures(int[] words, int[] characters, float[] shape) {
    this.words = words;
    this.characters = characters;
    this.shape = shape;
  }

  /**
   * Counts.
   *
   * @param text the window
   * @param folded the same in lower case, character by character
   */
  static TextFeatures of(String text, String folded) {
    return new TextFeatures(words(folded), characters(folded), shape(text, folded));
  }

  /** Buckets of words, as often as they occur. */
  int[] words() {
    return words;
  }

  /** Buckets of characters in a row, as often as they occur. */
  int[] characters() {
    return characters;
  }

  float[] shape() {
    return shape;
  }

  private static int[] words(String text) {
    int[] hashes = wordHashes(text);
    int n = hashes.length;
    int[] out = new int[n + Math.max(0, n - 1) + 2 * Math.max(0, n - 2)];
    int at = 0;
    for (int i = 0; i < n; i++) {
      out[at++] = bucket(hashes[i] * 31 + 1);
      if (i + 1 < n) {
        out[at++] = bucket((hashes[i] * 31 + hashes[i + 1]) * 31 + 2);
      }
      if (i + 2 < n) {
        out[at++] = bucket(((hashes[i] * 31 + hashes[i + 1]) * 31 + hashes[i + 2]) * 31 + 3);
        out[at++] = bucket((hashes[i] * 31 + hashes[i + 2]) * 31 + 4);
      }
    }
    return out;
  }

  private static int[] wordHashes(String text) {
    int[] out = new int[text.length()];
    int count = 0;
    int i = 0;
    while (i < text.length()) {
      char c = text.charAt(i);
      if (!isWord(c)) {
        i++;
      } else if (isWordByItself(c)) {
        out[count++] = c;
        i++;
      } else {
        int hash = 0;
        boolean digits = true;
        while (isWord(c) && !isWordByItself(c)) {
          hash = hash * 31 + c;
          digits &= c <= '9';
          i++;
          c = i < text.length() ? text.charAt(i) : ' ';
        }
        out[count++] = digits ? '0' : hash;
      }
    }
    return Arrays.copyOf(out, count);
  }

  private static int[] characters(String text) {
    char[] c = squeezed(text);
    int[] out = new int[3 * c.length];
    int count = 0;
    for (int n = 3; n <= 5; n++) {
      for (int i = 0; i + n <= c.length; i++) {
        int hash = 0;
        for (int k = 0; k < n; k++) {
          hash = hash * PRIME + c[i + k];
        }
        out[count++] = bucket(hash + n * GOLDEN);
      }
    }
    return Arrays.copyOf(out, count);
  }

  /** White space becomes one blank, digits become 0; a blank at both ends. */
  private static char[] squeezed(String text) {
    char[] out = new char[text.length() + 2];
    int n = 0;
    out[n++] = ' ';
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == ' ' || (c >= '\t' && c <= '\r')) {
        if (out[n - 1] != ' ') {
          out[n++] = ' ';
        }
      } else {
        out[n++] = c >= '0' && c <= '9' ? '0' : c;
      }
    }
    if (n == 1 || out[n - 1] != ' ') {
      out[n++] = ' ';
    }
    return Arrays.copyOf(out, n);
  }

  private static float[] shape(String text, String folded) {
    int[] counts = new int[9];
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      counts[1] += c == '\n' ? 1 : 0;
      counts[2] += c >= 'A' && c <= 'Z' ? 1 : 0;
      counts[3] += c >= '0' && c <= '9' ? 1 : 0;
      counts[4] += c >= 0x80 ? 1 : 0;
      counts[5] += isPunctuation(c) ? 1 : 0;
      counts[6] += c == '"' || c == '\'' ? 1 : 0;
      counts[7] += c == '!' ? 1 : 0;
      counts[8] += c == '?' ? 1 : 0;
    }
    float[] out = new float[SHAPE];
    out[0] = (float) (Math.log1p(text.length()) / 6);
    for (int i = 1; i < counts.length; i++) {
      out[i] = (float) counts[i] / Math.max(1, text.length());
    }
    for (int i = 0; i < MARKS.length; i++) {
      out[counts.length + i] = folded.contains(MARKS[i]) ? 1 : 0;
    }
    return out;
  }

  private static boolean isPunctuation(char c) {
    return (c > 32 && c < 48) || (c > 57 && c < 65) || (c > 90 && c < 97) || (c > 122 && c < 127);
  }

  private static boolean isWord(char c) {
    if (c < 0xC0) {
      return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z');
    }
    return c != 0xD7
        && c != 0xF7
        && !(c >= 0x2000 && c <= 0x2BFF)
        && !(c >= 0x3000 && c <= 0x303F)
        && !(c >= 0xFE30 && c <= 0xFE4F)
        && !(c >= 0xFF00 && c <= 0xFF20);
  }

  private static boolean isWordByItself(char c) {
    return (c >= 0x3040 && c <= 0x30FF)
        || (c >= 0x3400 && c <= 0x9FFF)
        || (c >= 0xAC00 && c <= 0xD7AF);
  }

  /** The last step of MurmurHash3. */
  private static int bucket(int hash) {
    int h = hash;
    h ^= h >>> 16;
    h *= 0x85EBCA6B;
    h ^= h >>> 13;
    h *= 0xC2B2AE35;
    h ^= h >>> 16;
    return h & MASK;
  }
}
