package dev.newel.filter.text;

/**
 * A text reads as far more than what was written: looking at it would cost memory without a bound.
 * It counts as a text that could not be judged.
 */
public final class TextLimitException extends RuntimeException {
  private static final long serialVersionUID = 1;

  TextLimitException(long length, long limit) {
    super("reads as " + length + " characters or more; at most " + limit + " are looked at");
  }
}
