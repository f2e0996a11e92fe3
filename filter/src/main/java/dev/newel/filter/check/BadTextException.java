package dev.newel.filter.check;

/** Something that was given to be judged cannot be read; the message says what and the fix. */
public final class BadTextException extends Exception {
  private static final long serialVersionUID = 1;

  BadTextException(String message) {
    super(message);
  }

  /** The same, said of a place in something larger. */
  BadTextException at(String place) {
    return new BadTextException(place + " " + getMessage());
  }
}
