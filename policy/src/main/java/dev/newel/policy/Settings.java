package dev.newel.policy;

import java.util.Collections;
import java.util.EnumSet;
import java.util.Set;

/**
 * What holds for a whole model rather than for one rule. {@link #join} takes the stricter of each,
 * so the result is at least as strict as both sides.
 *
 * @param scope which parts of a conversation are looked at; joined by union
 * @param maxHoldBack the most characters (UTF-16 code units) that a stream may hold back, 16 to
 *     4096; joined by maximum, because holding back more never lets more through
 * @param onUninspectable what happens to content that no detector can read
 * @param onError what happens when a detector fails or runs out of time
 */
public record Settings(
    Set<Part> scope, int maxHoldBack, OnFailure onUninspectable, OnFailure onError) {
  public static final int MIN_HOLD_BACK = 16;
  public static final int MAX_HOLD_BACK = 4096;
  public static final int DEFAULT_HOLD_BACK = 256;

  /** What a policy has that sets nothing: everything is looked at, every failure closes. */
  public static final Settings DEFAULT =
      new Settings(EnumSet.allOf(Part.class), DEFAULT_HOLD_BACK, OnFailure.BLOCK, OnFailure.BLOCK);

  public Settings {
    if (scope.isEmpty()) {
      throw new IllegalArgumentException("scope needs at least one part");
    }
    scope = Collections.unmodifiableSet(EnumSet.copyOf(scope));
    if (maxHoldBack < MIN_HOLD_BACK || maxHoldBack > MAX_HOLD_BACK) {
      throw new IllegalArgumentException(
          "maxHoldBack is %d; allowed are %d to %d"
              .formatted(maxHoldBack, MIN_HOLD_BACK, MAX_HOLD_BACK));
    }
  }

  public Settings join(Settings other) {
    var parts = EnumSet.copyOf(scope);
    parts.addAll(other.scope);
    return new Settings(
        parts,
        Math.max(maxHoldBack, other.maxHoldBack),
        onUninspectable.join(other.onUninspectable),
        onError.join(other.onError));
  }
}
