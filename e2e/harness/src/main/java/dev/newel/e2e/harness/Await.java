package dev.newel.e2e.harness;

import java.time.Duration;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Waits for a condition, and fails with what was seen last. */
public final class Await {
  private static final long POLL_MILLIS = 20;

  private Await() {}

  /**
   * The first value that fits.
   *
   * @param what for the message of a failure
   * @throws AssertionError after {@code limit}, with the last value or exception
   */
  public static <T> T until(
      String what, Duration limit, Supplier<T> value, Predicate<? super T> fits) {
    long deadline = System.nanoTime() + limit.toNanos();
    Object last = null;
    while (true) {
      try {
        T now = value.get();
        last = now;
        if (fits.test(now)) {
          return now;
        }
      } catch (RuntimeException | AssertionError e) {
        last = e;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError(
            "waited %s for %s; last seen: %s".formatted(limit, what, last),
            last instanceof Throwable t ? t : null);
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw new AssertionError("interrupted while waiting for " + what, e);
      }
    }
  }
}
