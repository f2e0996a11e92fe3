package dev.newel.cli.audit;

import java.io.PrintStream;

/** Says on standard error how far a long run is, every two seconds. */
final class Progress {
  private static final long EVERY = 2_000_000_000L;

  private final PrintStream err;
  private final long began = System.nanoTime();
  private long said = began;

  Progress(PrintStream err) {
    this.err = err;
  }

  void read(long events) {
    long now = System.nanoTime();
    if (now - said > EVERY) {
      said = now;
      err.printf(
          "newel audit: %,d events read, %,d a second%n",
          events, events * 1_000_000_000L / Math.max(1, now - began));
    }
  }
}
