package dev.newel.policy.compile;

/**
 * What {@link Expression} measured. Sums and products stop at {@link #UNBOUNDED}.
 *
 * @param length the longest match in UTF-16 code units
 * @param instructions an upper bound of RE2/J's program size
 */
record ExpressionSize(long length, long instructions) {
  /** No bound, or one beyond all limits. */
  static final long UNBOUNDED = Long.MAX_VALUE;

  static final ExpressionSize NOTHING = new ExpressionSize(0, 0);

  ExpressionSize then(ExpressionSize next) {
    return new ExpressionSize(add(length, next.length), add(instructions, next.instructions));
  }

  ExpressionSize or(ExpressionSize other) {
    return new ExpressionSize(
        Math.max(length, other.length), add(add(instructions, other.instructions), 2));
  }

  /** Repeated any number of times, but written out {@code copies} times in the program. */
  ExpressionSize endless(long copies) {
    return new ExpressionSize(length == 0 ? 0 : UNBOUNDED, times(add(instructions, 2), copies));
  }

  ExpressionSize repeated(long most) {
    return new ExpressionSize(times(length, most), times(add(instructions, 2), Math.max(most, 1)));
  }

  private static long add(long a, long b) {
    return a > UNBOUNDED - b ? UNBOUNDED : a + b;
  }

  private static long times(long a, long b) {
    return a != 0 && b > UNBOUNDED / a ? UNBOUNDED : a * b;
  }
}
