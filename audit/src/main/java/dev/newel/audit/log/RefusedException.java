package dev.newel.audit.log;

/** A log does not take what it was given; nothing of the call counts. */
public final class RefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;
  private final Refusal refusal;
  private final long expected;

  public RefusedException(Refusal refusal, String message) {
    this(refusal, message, 0);
  }

  RefusedException(Refusal refusal, String message, long expected) {
    super(message);
    this.refusal = refusal;
    this.expected = expected;
  }

  public Refusal refusal() {
    return refusal;
  }

  /** With {@link Refusal#OUT_OF_ORDER}, the seq that should come next in the epoch; else 0. */
  public long expected() {
    return expected;
  }
}
