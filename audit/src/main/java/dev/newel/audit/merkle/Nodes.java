package dev.newel.audit.merkle;

/**
 * The complete subtrees of a log. Level 0 holds the leaf hashes; node {@code i} of level {@code l}
 * covers the leaves from {@code i * 2^l} up to, and without, {@code (i + 1) * 2^l}.
 */
@FunctionalInterface
public interface Nodes {
  /**
   * The hash of one complete subtree.
   *
   * @throws IllegalArgumentException when the tree does not hold all of it, or its tile is damaged
   */
  Hash node(int level, long index);

  /** The root of the first {@code size} leaves (RFC 6962, 2.1). */
  default Hash root(long size) {
    return size == 0 ? Hash.EMPTY : range(0, size);
  }

  /**
   * The hash of the leaves from {@code begin} up to, and without, {@code end}; {@code begin} must
   * be where such a subtree can begin.
   */
  default Hash range(long begin, long end) {
    long count = end - begin;
    if (Long.bitCount(count) == 1) {
      int level = Long.numberOfTrailingZeros(count);
      return node(level, begin >> level);
    }
    long left = Long.highestOneBit(count);
    return Hash.ofNode(range(begin, begin + left), range(begin + left, end));
  }
}
