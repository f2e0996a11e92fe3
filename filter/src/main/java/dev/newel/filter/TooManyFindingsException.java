package dev.newel.filter;

/**
 * A text or a document holds more findings than are ever kept: judging it would cost memory without
 * a bound. It counts as a text that could not be judged.
 */
public final class TooManyFindingsException extends RuntimeException {
  /** The most findings of one text, and of one document. */
  public static final int MAX = 50_000;

  private static final long serialVersionUID = 1;

  private TooManyFindingsException() {
    super("more than " + MAX + " findings");
  }

  /** Throws when there are more than {@link #MAX}. */
  public static void check(int findings) {
    if (findings > MAX) {
      throw new TooManyFindingsException();
    }
  }
}
