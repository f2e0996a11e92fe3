package dev.newel.operator.metrics;

import dev.newel.crds.GuardrailResource;
import dev.newel.crds.ModelDeployment;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;

/**
 * {@code newel_resources{kind, ready}}: how many objects of each kind say Ready=True, False, or
 * nothing yet (Unknown). Counted from what the operator has in memory, when somebody reads the
 * metrics. No label names an object: their number would be without bound.
 */
public final class Inventory {
  /** As Prometheus shows it. */
  public static final String NAME = "newel_resources";

  static final List<String> READY = List.of("True", "False", "Unknown");

  private final MeterRegistry registry;

  public Inventory(MeterRegistry registry) {
    this.registry = registry;
  }

  /**
   * Counts a kind from now on.
   *
   * @param objects all that there are at the moment
   */
  public void count(String kind, Supplier<Stream<? extends HasMetadata>> objects) {
    for (String ready : READY) {
      Gauge.builder(NAME, objects, o -> o.get().filter(r -> readiness(r).equals(ready)).count())
          .description("Objects by kind and by what their condition Ready says.")
          .tag("kind", kind)
          .tag("ready", ready)
          .strongReference(true)
          .register(registry);
    }
  }

  static String readiness(HasMetadata object) {
    List<Condition> conditions =
        switch (object) {
          case ModelDeployment m -> m.getStatus() == null ? null : m.getStatus().conditions();
          case GuardrailResource p -> p.getStatus() == null ? null : p.getStatus().conditions();
          default -> null;
        };
    return conditions == null
        ? "Unknown"
        : conditions.stream()
            .filter(c -> c.getType().equals("Ready"))
            .map(Condition::getStatus)
            .filter(READY::contains)
            .findFirst()
            .orElse("Unknown");
  }
}
