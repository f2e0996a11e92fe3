package dev.newel.e2e.bench;

import java.util.Collection;
import java.util.List;
import java.util.Locale;

/** Durations in nanoseconds, sorted. */
record Latencies(List<Long> nanos) {
  Latencies {
    nanos = nanos.stream().sorted().toList();
    if (nanos.isEmpty()) {
      throw new IllegalArgumentException("nothing was measured");
    }
  }

  static Latencies of(Collection<Long> nanos) {
    return new Latencies(List.copyOf(nanos));
  }

  /** Nearest rank: the smallest duration that this share of all does not exceed; 0 &lt; q ≤ 1. */
  long quantile(double q) {
    return nanos.get((int) Math.ceil(q * nanos.size()) - 1);
  }

  /** {@code p50 0.12 s, p99 0.80 s}. */
  String text() {
    return String.format(
        Locale.ROOT, "p50 %.2f s, p99 %.2f s", quantile(0.5) / 1e9, quantile(0.99) / 1e9);
  }
}
