package dev.newel.filter.detect;

import java.util.Arrays;

/**
 * The letters and digits of a text without what stands between them, and where each stood. Texts
 * that differ in spaces and punctuation alone are equal here.
 */
final class Letters {
  /** An odd multiplier with bits all over (the golden ratio): polynomial hash modulo 2^64. */
  private static final long BASE = 0x9e3779b97f4a7c15L;

  /** Called with where a piece begins and its hash. */
  interface PieceVisitor {
    void piece(int begin, long hash);
  }

  private final char[] letters;
  private final int[] places;

  private Letters(char[] letters, int[] places) {
    this.letters = letters;
    this.places = places;
  }

  /** Of a folded text, between two indices. */
  static Letters of(String folded, int from, int to) {
    char[] letters = new char[Math.max(0, to - from)];
    int[] places = new int[letters.length];
    int length = 0;
    for (int i = from; i < to; i++) {
      char c = folded.charAt(i);
      if (c < 0x80
          ? (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9')
          : Character.isLetterOrDigit(c)) {
        letters[length] = c;
        places[length++] = i;
      }
    }
    return new Letters(Arrays.copyOf(letters, length), Arrays.copyOf(places, length));
  }

  int length() {
    return letters.length;
  }

  /** The index in the text at which a letter stood. */
  int place(int index) {
    return places[index];
  }

  String text() {
    return new String(letters);
  }

  /** The first so many, backwards; without places. */
  Letters reversed(int length) {
    char[] back = new char[length];
    for (int i = 0; i < length; i++) {
      back[i] = letters[length - 1 - i];
    }
    return new Letters(back, new int[length]);
  }

  boolean startsWith(String word, int at) {
    if (at + word.length() > letters.length) {
      return false;
    }
    for (int i = 0; i < word.length(); i++) {
      if (letters[at + i] != word.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  /** All pieces of so many letters among the first {@code length}. */
  void pieces(int size, int length, PieceVisitor visitor) {
    long power = 1;
    for (int i = 0; i < size; i++) {
      power *= BASE;
    }
    long hash = 0;
    for (int i = 0; i < length; i++) {
      hash = hash * BASE + letters[i] + 1;
      if (i >= size) {
        hash -= power * (letters[i - size] + 1);
      }
      if (i >= size - 1) {
        visitor.piece(i - size + 1, hash);
      }
    }
  }
}
