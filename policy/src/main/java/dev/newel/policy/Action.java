package dev.newel.policy;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What happens to a span that a rule matched, from the most permissive to the strictest. The order
 * of the constants is the order of strictness, and {@link #join} relies on it.
 */
public enum Action {
  /** The match has no effect and is not reported. */
  @JsonProperty("Allow")
  ALLOW,
  /** The match is reported and counted; the text passes unchanged. */
  @JsonProperty("Detect")
  DETECT,
  /** The matched span is replaced before the text passes on. */
  @JsonProperty("Mask")
  MASK,
  /** The whole request or answer is stopped. */
  @JsonProperty("Block")
  BLOCK;

  /** The stricter of the two: commutative, associative and idempotent. */
  public Action join(Action other) {
    return compareTo(other) >= 0 ? this : other;
  }

  /** This action, but no stricter than {@code ceiling}. */
  public Action atMost(Action ceiling) {
    return compareTo(ceiling) <= 0 ? this : ceiling;
  }
}
