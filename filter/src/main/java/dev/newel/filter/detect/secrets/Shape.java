package dev.newel.filter.detect.secrets;

import java.util.ArrayList;
import java.util.List;

/**
 * How a token looks: literal text and runs of characters, read from left to right without going
 * back, so that it takes time in proportion to the token.
 *
 * <p>Written as literals with runs between angle brackets: a letter of {@link CharSet} and how many
 * ({@code <h40>}, {@code <w20-50>}, {@code <b40+>}); {@code <uuid>} is a UUID in lower case. What
 * stands before {@code ^} has to be there and is no part of the secret. One run may stand before
 * the first literal.
 */
final class Shape {
  /** No end: the run goes on as long as its characters do. */
  static final int ENDLESS = Integer.MAX_VALUE;

  private static final String UUID = "<h8>-<h4>-<h4>-<h4>-<h12>";

  private record Step(String literal, CharSet set, int least, int most) {}

  private final List<Step> steps = new ArrayList<>();
  private final int anchor;
  private int secretFrom;

  private Shape(String written) {
    String shape = written.replace("<uuid>", UUID);
    int at = 0;
    while (at < shape.length()) {
      char c = shape.charAt(at);
      if (c == '^') {
        secretFrom = steps.size();
        at++;
      } else if (c == '<') {
        int end = shape.indexOf('>', at);
        steps.add(run(shape.charAt(at + 1), shape.substring(at + 2, end)));
        at = end + 1;
      } else {
        int end = at;
        while (end < shape.length() && "<^".indexOf(shape.charAt(end)) < 0) {
          end++;
        }
        steps.add(new Step(shape.substring(at, end), null, 0, 0));
        at = end;
      }
    }
    anchor = steps.getFirst().literal() == null ? 1 : 0;
    if (steps.get(anchor).literal() == null) {
      throw new IllegalArgumentException(written + " has no literal to look for");
    }
  }

  static Shape of(String written) {
    return new Shape(written);
  }

  private static Step run(char letter, String count) {
    CharSet set = CharSet.of(letter);
    if (count.endsWith("+")) {
      return new Step(null, set, Integer.parseInt(count.substring(0, count.length() - 1)), ENDLESS);
    }
    int dash = count.indexOf('-');
    int least = Integer.parseInt(dash < 0 ? count : count.substring(0, dash));
    return new Step(
        null, set, least, dash < 0 ? least : Integer.parseInt(count.substring(dash + 1)));
  }

  /** The text by which it is found. */
  String keyword() {
    return steps.get(anchor).literal();
  }

  /**
   * Where a secret stands.
   *
   * @param from inclusive
   * @param to exclusive
   * @param endless whether its last run has no end and so goes on while its characters do
   * @param set of the last run
   */
  record Span(int from, int to, boolean endless, CharSet set) {}

  /**
   * The secret whose keyword stands at this index, or null.
   *
   * @param limit looks at no character at or behind it
   */
  Span at(String text, int keyword, int limit) {
    int start = anchor == 0 ? keyword : back(text, keyword);
    if (start < 0) {
      return null;
    }
    int at = keyword;
    int from = secretFrom <= anchor ? start : -1;
    for (int i = anchor; i < steps.size(); i++) {
      if (i == secretFrom && i > anchor) {
        from = at;
      }
      at = step(steps.get(i), text, at, limit);
      if (at < 0) {
        return null;
      }
    }
    Step last = steps.getLast();
    boolean goesOn = at < Math.min(limit, text.length()) && continues(last, text.charAt(at));
    return goesOn && last.most() != ENDLESS
        ? null
        : new Span(from, at, last.most() == ENDLESS, last.set());
  }

  private static boolean continues(Step last, char next) {
    return last.set() == null
        ? CharSet.ALPHANUMERIC.has(next)
        : (last.set().has(next) && next != '=') || CharSet.ALPHANUMERIC.has(next);
  }

  private static int step(Step step, String text, int at, int limit) {
    if (step.literal() != null) {
      return text.startsWith(step.literal(), at) ? at + step.literal().length() : -1;
    }
    int most =
        Math.min(text.length(), Math.min(limit, step.most() == ENDLESS ? limit : at + step.most()));
    int end = at;
    while (end < most && step.set().has(text.charAt(end))) {
      end++;
    }
    return end - at < step.least() ? -1 : end;
  }

  /** Beginning of the run before the keyword, or -1. */
  private int back(String text, int keyword) {
    Step run = steps.getFirst();
    int start = keyword;
    while (start > 0 && keyword - start <= run.most() && run.set().has(text.charAt(start - 1))) {
      start--;
    }
    int length = keyword - start;
    return length < run.least() || length > run.most() ? -1 : start;
  }
}
