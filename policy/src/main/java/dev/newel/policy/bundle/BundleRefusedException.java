package dev.newel.policy.bundle;

/** A bundle was not accepted: the reason for machines, the message for people. */
public final class BundleRefusedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final Refused reason;

  public BundleRefusedException(Refused reason, String message) {
    super(message);
    this.reason = reason;
  }

  public Refused reason() {
    return reason;
  }
}
