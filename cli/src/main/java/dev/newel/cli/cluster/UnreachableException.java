package dev.newel.cli.cluster;

/** There is nothing to look at. The message says why and what to do. */
final class UnreachableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UnreachableException(String message, Throwable cause) {
    super(message, cause);
  }
}
