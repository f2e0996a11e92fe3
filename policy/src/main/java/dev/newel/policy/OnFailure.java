package dev.newel.policy;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What happens to a text that could not be judged. The later is the stricter. */
public enum OnFailure {
  /** It passes, and every byte of it is counted as uninspected. */
  @JsonProperty("Allow")
  ALLOW,
  /** It is refused. */
  @JsonProperty("Block")
  BLOCK;

  /** The stricter of the two. */
  public OnFailure join(OnFailure other) {
    return this == BLOCK ? BLOCK : other;
  }
}
