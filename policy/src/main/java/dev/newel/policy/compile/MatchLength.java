package dev.newel.policy.compile;

import java.util.OptionalInt;

/**
 * How long a match of an expression in RE2 syntax can be at most, in UTF-16 code units. A stream
 * must hold back that much to mask a match that arrives in pieces, so an expression without a bound
 * cannot guard one.
 */
public final class MatchLength {
  private MatchLength() {}

  /**
   * The bound, or empty when there is none. Never less than the longest match; more only where the
   * syntax leaves it open, for example two units for {@code .}, which may stand for a character
   * beyond the basic plane.
   *
   * @param expression valid RE2 syntax
   */
  public static OptionalInt of(String expression) {
    long max = Expression.of(expression).maxLength();
    return max > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) max);
  }
}
