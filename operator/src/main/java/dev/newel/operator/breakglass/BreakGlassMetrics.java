package dev.newel.operator.breakglass;

import dev.newel.audit.EventType;
import dev.newel.crds.BreakGlassRequest;
import dev.newel.crds.BreakGlassRequestStatus.Phase;
import dev.newel.operator.breakglass.RequestDecision.Outcome;
import dev.newel.operator.breakglass.RequestDecision.Transition;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import java.time.Duration;
import java.time.Instant;
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
        Timer.builder("newel_breakglass_end_lag_seconds")
            .description("How long after its deadline access was taken away.")
            .register(registry);
    emergencies();
    for (EventType type : EventType.values()) {
      if (type.wire().startsWith("grant.")) {
        decisions(word(type), result(type)); // 0 before the first, so that rates can be told
      }
    }
  }

  private Counter emergencies() {
    return Counter.builder("newel_breakglass_emergency_total")
        .description("Access that was given without approvals.")
        .register(registry);
  }

  private Counter decisions(String decision, String result) {
    return Counter.builder("newel_breakglass_decisions_total")
        .description("What happened to requests, and decisions that did not count.")
        .tag("decision", decision)
        .tag("result", result)
        .register(registry);
  }

  private static String word(EventType type) {
    return type.wire().replaceAll("^grant\\.|\\.v\\d+$", "");
  }

  private static String result(EventType type) {
    return type == EventType.GRANT_REFUSED ? "refused" : "accepted";
  }

  /** Gauges over the requests as they are known, by the server's time. */
  public void watch(Supplier<Stream<BreakGlassRequest>> requests, Supplier<Instant> now) {
    gauge(
        "newel_breakglass_active",
        "Access that is given now.",
        _ -> (double) requests.get().filter(BreakGlassMetrics::isActive).count());
    gauge(
        "newel_breakglass_past_deadline",
        "Access beyond its deadline; must stay 0.",
        _ ->
            beyond(
                requests
                    .get()
                    .filter(BreakGlassMetrics::isActive)
                    .map(r -> r.getStatus().expiresAt()),
                now,
                Duration.ofSeconds(5)));
    gauge(
        "newel_breakglass_reviews_overdue",
        "Access that nobody has reviewed in time.",
        _ ->
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
      return times.filter(t -> GrantState.time(t).isBefore(limit)).count();
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
        emergencies().increment();
      }
      decisions(String.valueOf(t.data().getOrDefault("decision", word(t.type()))), result(t.type()))
          .increment();
    }
  }

  void endedAfter(Duration late) {
    lag.record(late.isNegative() ? Duration.ZERO : late);
  }
}
