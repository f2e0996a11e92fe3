package dev.newel.cli.audit;

/** A command cannot do its work with what it was given; the message says what would help. */
final class UnusableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnusableException(String message) {
    super(message);
  }
}
