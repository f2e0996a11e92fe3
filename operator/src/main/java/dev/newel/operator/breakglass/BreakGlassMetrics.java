package dev.newel.operator.breakglass;

import dev.newel.audit.EventType;
import dev.newel.crds.BreakGlassRequest;
import dev.newel.crds.BreakGlassRequestStatus.Phase;
import dev.newel.operator.breakglass.RequestDecision.Outcome;
import dev.newel.operator.breakglass.RequestDecision.Transition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;

/** Numbers for alerts. No label holds a user, a reason or the name of an object. */
public final class BreakGlassMetrics {
  private final MeterRegistry registry;
  private final Timer lag;

  public BreakGlassMetrics(MeterRegistry registry) {
    this.registry = registry;
    this.lag =
        Timer.builder("newel.breakglass.end.lag")
            .description("How long after its deadline access was taken away.")
            .register(registry);
  }

  /** Gauges over the requests as they are known, by the server's time. */
  void watch(Supplier<Stream<BreakGlassRequest>> requests, Supplier<Instant> now) {
    gauge("newel.breakglass.active", "Access that is given now.", _ ->
        (double) requests.get().filter(BreakGlassMetrics::isActive).count());
    gauge("newel.breakglass.past.deadline", "Access beyond its deadline; must stay 0.", _ ->
        beyond(
            requests.get().filter(BreakGlassMetrics::isActive).map(r -> r.getStatus().expiresAt()),
            now,
            Duration.ofSeconds(5)));
    gauge("newel.breakglass.reviews.overdue", "Access that nobody has reviewed in time.", _ ->
        beyond(
            requests
                .get()
                .filter(r -> r.getStatus() != null && r.getStatus().reviewBy() != null)
                .map(r -> r.getStatus().reviewBy()),
            now,
            Duration.ZERO));
  }

  private void gauge(String name, String description, Function<Object, Double> value) {
    Gauge.builder(name, this, m -> value.apply(m)).description(description).register(registry);
  }

  private static double beyond(Stream<String> times, Supplier<Instant> now, Duration grace) {
    try {
      Instant limit = now.get().minus(grace);
      return times.filter(t -> Instant.parse(t).isBefore(limit)).count();
    } catch (KubernetesClientException e) {
      return Double.NaN;
    }
  }

  private static boolean isActive(BreakGlassRequest request) {
    return request.getStatus() != null && request.getStatus().phase() == Phase.ACTIVE;
  }

  void count(Outcome outcome) {
    for (Transition t : outcome.transitions()) {
      if (t.type() == EventType.GRANT_ACTIVATED && Boolean.TRUE.equals(t.data().get("emergency"))) {
        registry.counter("newel.breakglass.emergency").increment();
      }
      registry
          .counter(
              "newel.breakglass.decisions",
              "decision",
              String.valueOf(
                  t.data().getOrDefault(
                      "decision",
                      t.type().wire().replaceAll("^grant\\.|\\.v\\d+$", "").toLowerCase(Locale.ROOT))),
              "result",
              t.type() == EventType.GRANT_REFUSED ? "refused" : "accepted")
          .increment();
    }
  }

  void endedAfter(Duration late) {
    lag.record(late.isNegative() ? Duration.ZERO : late);
  }
}
