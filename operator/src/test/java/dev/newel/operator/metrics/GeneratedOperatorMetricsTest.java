package dev.newel.operator.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.crds.ModelDeployment;
import dev.newel.operator.breakglass.BreakGlassMetrics;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The reference page of the operator's own metrics, made from what it registers. */
class GeneratedOperatorMetricsTest {
  private static final Path PAGE = Path.of("../docs/reference/metrics-operator.md");

  @Test
  void thePageListsWhatTheOperatorExports() throws IOException {
    // When
    String page = page();
    // Then
    if (Boolean.getBoolean("newel.regenerate")) {
      Files.writeString(PAGE, page);
    }
    assertThat(Files.readString(PAGE))
        .as(PAGE + " is out of date; run `make generate`")
        .isEqualTo(page);
  }

  private static String page() {
    var registry = new SimpleMeterRegistry();
    new Inventory(registry).count("ModelDeployment", () -> List.of(new ModelDeployment()).stream());
    new BreakGlassMetrics(registry).watch(Stream::empty, () -> Instant.EPOCH);
    Map<String, List<Meter.Id>> byName =
        registry.getMeters().stream()
            .map(Meter::getId)
            .collect(Collectors.groupingBy(Meter.Id::getName, TreeMap::new, Collectors.toList()));
    return """
    <!-- Generated from dev.newel.operator.metrics; `make generate` writes it. -->
    # Metrics of the operator

    At `/q/metrics` of the operator's port, 8080, beside those of the JVM and of the Java Operator SDK. No label names an object.

    | Name | Type | Labels | Meaning |
    |---|---|---|---|
    """
        + byName.values().stream()
            .map(GeneratedOperatorMetricsTest::row)
            .collect(Collectors.joining());
  }

  private static String row(List<Meter.Id> series) {
    Meter.Id first = series.getFirst();
    String labels =
        series.stream()
            .flatMap(i -> i.getTags().stream())
            .map(t -> "`" + t.getKey() + "`")
            .distinct()
            .sorted()
            .collect(Collectors.joining(", "));
    return "| `%s` | %s | %s | %s |\n"
        .formatted(
            first.getName(),
            first.getType().name().toLowerCase(Locale.ROOT),
            labels,
            first.getDescription());
  }
}
