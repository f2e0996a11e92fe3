package dev.newel.policy;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * What stands in the place of a masked span, ordered by how much it reveals: the later, the less.
 * When several rules mask one span, the later style wins.
 */
public enum MaskStyle {
  /** The last characters stay readable: {@code ****1111}. */
  @JsonProperty("Partial")
  PARTIAL,
  /** A keyed hash, so that equal values stay equal: {@code <EMAIL:7f3c>}. */
  @JsonProperty("Hash")
  HASH,
  /** Only the name of the entity: {@code <EMAIL>}. */
  @JsonProperty("Label")
  LABEL
}
