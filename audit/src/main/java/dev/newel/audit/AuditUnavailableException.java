package dev.newel.audit;

/** Nothing can be recorded now, so nothing that must be recorded may happen. */
public final class AuditUnavailableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public AuditUnavailableException(String message, Throwable cause) {
    super(message, cause);
  }
}
