package dev.newel.filter.detect;

/** A detector ran out of time. */
public final class DetectorTimeoutException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public DetectorTimeoutException() {
    super("the detector ran out of time");
  }
}
