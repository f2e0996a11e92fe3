package dev.newel.policy;

/**
 * What stands in the place of a masked span, ordered by how much it reveals: the later, the less.
 * When several rules mask one span, the later style wins.
 */
public enum MaskStyle {
  /** The last characters stay readable: {@code ****1111}. */
  PARTIAL,
  /** A keyed hash, so that equal values stay equal: {@code <EMAIL:7f3c>}. */
  HASH,
  /** Only the name of the entity: {@code <EMAIL>}. */
  LABEL
}
