package dev.newel.policy.compile;

import java.util.Objects;

/**
 * Why a rule cannot be enforced. The message names value, limit and fix, and is meant to be shown.
 *
 * @param code what kind of mistake it is: becomes the reason of the condition {@code Accepted}
 * @param rule name of the rule within its policy
 * @param path field within the rule, for example {@code pattern.expressions[2]}
 * @param message for people
 */
public record Problem(Code code, String rule, String path, String message) {
  public enum Code {
    /** Not an expression in RE2 syntax, or not a path in JSON. */
    INVALID_PATTERN("InvalidPattern"),
    /** No detector knows the entity. */
    UNKNOWN_ENTITY("UnknownEntity"),
    /** The ConfigMap with the words, or the key in it, does not exist. */
    SOURCE_NOT_FOUND("SourceNotFound"),
    /** Larger than what a filter may be asked to hold, or to hold back. */
    TOO_COMPLEX("TooComplex");

    private final String reason;

    Code(String reason) {
      this.reason = reason;
    }

    /** As it stands in a condition. */
    public String reason() {
      return reason;
    }
  }

  public Problem {
    Objects.requireNonNull(code, "code");
    Objects.requireNonNull(message, "message");
  }

  /** {@code rule forbidden, pattern.expressions[0]: …}. */
  public String text() {
    return "rule " + rule + ", " + path + ": " + message;
  }
}
