package dev.newel.filter.model;

import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a text into the windows that models judge: as many sentences as make about 96 tokens; the
 * last sentence of a window is the first of the next. Where a window ends depends on nothing behind
 * the sentence that follows it. Equal to {@code models/train/windows.py}.
 */
public final class TextWindows {
  /**
   * A window.
   *
   * @param start inclusive
   * @param end exclusive; greater than start
   */
  public record Span(int start, int end) {}

  /** Half tokens in a window, at most. */
  private static final int BUDGET = 192;

  /** Half tokens in a sentence, at most; longer ones are cut. */
  private static final int SENTENCE = 64;

  /** Characters of one word taken at once, and how many of them make a token. */
  private static final int RUN = 60;

  private static final int LETTERS_PER_TOKEN = 6;

  /** White space as long as half a token. */
  private static final int SPACES = 8;

  private record Sentence(int start, int end, int cost) {}

  private TextWindows() {}

  /** The windows of a text, in order; none for the empty text. */
  public static List<Span> of(String text) {
    var windows = new ArrayList<Span>();
    int begin = -1;
    int end = 0;
    int total = 0;
    int count = 0;
    Sentence last = null;
    for (Sentence s : sentences(text)) {
      if (begin < 0) {
        begin = s.start();
        total = s.cost();
        count = 1;
      } else if (total + s.cost() <= BUDGET) {
        total += s.cost();
        count++;
      } else {
        windows.add(new Span(begin, end));
        boolean overlap = count > 1;
        begin = overlap ? last.start() : s.start();
        total = (overlap ? last.cost() : 0) + s.cost();
        count = overlap ? 2 : 1;
      }
      end = s.end();
      last = s;
    }
    if (begin >= 0) {
      windows.add(new Span(begin, end));
    }
    return windows;
  }

  private static List<Sentence> sentences(String text) {
    var sentences = new ArrayList<Sentence>();
    int start = 0;
    int cost = 0;
    int at = 0;
    while (at < text.length()) {
      int end = atomEnd(text, at);
      int c = cost(text, at, end);
      if (cost + c > SENTENCE && at > start) {
        sentences.add(new Sentence(start, at, cost));
        start = at;
        cost = 0;
      }
      cost += c;
      if (stops(text, end)) {
        sentences.add(new Sentence(start, end, cost));
        start = end;
        cost = 0;
      }
      at = end;
    }
    if (start < text.length()) {
      sentences.add(new Sentence(start, text.length(), cost));
    }
    return sentences;
  }

  private static int atomEnd(String text, int at) {
    char first = text.charAt(at);
    int end = at + 1;
    if (isAlphanumeric(first)) {
      while (end < text.length() && end - at < RUN && isAlphanumeric(text.charAt(end))) {
        end++;
      }
    } else if (isSpace(first)) {
      while (end < text.length() && end - at < SPACES && isSpace(text.charAt(end))) {
        end++;
      }
    } else if (Character.isHighSurrogate(first)
        && end < text.length()
        && Character.isLowSurrogate(text.charAt(end))) {
      end++;
    }
    return end;
  }

  private static int cost(String text, int at, int end) {
    char first = text.charAt(at);
    if (isSpace(first)) {
      return end - at == SPACES ? 1 : 0;
    }
    if (first < 0x80) {
      return 2 * ((end - at + LETTERS_PER_TOKEN - 1) / LETTERS_PER_TOKEN);
    }
    return isTokenByItself(text.codePointAt(at)) ? 2 : 1;
  }

  private static boolean stops(String text, int end) {
    char last = text.charAt(end - 1);
    return switch (last) {
      case '\n', '。', '！', '？' -> true;
      case '.', '!', '?' -> end < text.length() && isSpace(text.charAt(end));
      default -> false;
    };
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'A' && c <= 'Z') || (c >= 'a' && c <= 'z');
  }

  private static boolean isSpace(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }

  /** Han, kana and hangul. */
  private static boolean isTokenByItself(int p) {
    return (p >= 0x4E00 && p <= 0x9FFF)
        || (p >= 0x3400 && p <= 0x4DBF)
        || (p >= 0x20000 && p <= 0x2FA1F)
        || (p >= 0xF900 && p <= 0xFAFF)
        || (p >= 0x3040 && p <= 0x30FF)
        || (p >= 0xAC00 && p <= 0xD7AF);
  }
}
