package dev.newel.sidecar.admin;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.filter.decide.Finding;
import dev.newel.policy.Action;
import dev.newel.policy.BlockedMessages;
import dev.newel.policy.Check;
import dev.newel.policy.Direction;
import dev.newel.policy.Entity;
import dev.newel.policy.MaskStyle;
import dev.newel.policy.Mode;
import dev.newel.policy.PolicyKind;
import dev.newel.policy.Rule;
import dev.newel.policy.RuleId;
import dev.newel.policy.Severity;
import dev.newel.sidecar.admin.Metrics.Metric;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * The page says what a filter that has seen everything would answer. {@code
 * -Dnewel.regenerate=true} writes it anew.
 */
class GeneratedMetricsTest {
  private static final Path PAGE = Path.of("../docs/reference/metrics.md");
  private static final Pattern LABEL = Pattern.compile("([a-z]+)=\"");

  private final List<String> answer = everything().page(2000).lines().toList();

  @Test
  void theCommittedPageIsWhatAFilterAnswers() throws IOException {
    String wanted = page();
    if (Boolean.getBoolean("newel.regenerate")) {
      Files.writeString(PAGE, wanted);
    }
    assertThat(Files.readString(PAGE))
        .as(PAGE + " is out of date; run `make generate`")
        .isEqualTo(wanted);
  }

  @Test
  void everyMetricHasAValue() {
    assertThat(Metric.values())
        .allSatisfy(m -> assertThat(answer).anyMatch(l -> l.matches(sample(m))));
  }

  private String page() {
    return """
    <!-- Generated from dev.newel.sidecar.admin.Metrics; `make generate` writes it. -->
    # Metrics of the filter

    At `/metrics` of the filter's admin port, 8081, in the text format of Prometheus. No label holds a user, a prompt or a subject.

    | Name | Type | Labels | Meaning |
    |---|---|---|---|
    """
        + Arrays.stream(Metric.values()).map(this::row).collect(Collectors.joining());
  }

  private String row(Metric m) {
    Set<String> labels =
        answer.stream()
            .filter(l -> l.matches(sample(m)))
            .flatMap(l -> LABEL.matcher(l).results())
            .map(r -> r.group(1))
            .filter(l -> !l.equals("le"))
            .collect(Collectors.toCollection(TreeSet::new));
    String cell = labels.stream().map(l -> "`" + l + "`").collect(Collectors.joining(", "));
    return "| `%s` | %s | %s | %s |\n".formatted(m.wire(), m.type(), cell, m.help());
  }

  private static String sample(Metric m) {
    return m.wire() + "(_bucket|_sum|_count)?([{ ].*)";
  }

  private static Metrics everything() {
    var metrics = new Metrics("team-a/support-llm");
    metrics.request("openai", "passed");
    metrics.finding(finding(), Direction.INPUT);
    metrics.uninspected("malformed", 1);
    metrics.inspected(1);
    metrics.decision("input", 1);
    metrics.upstream(1);
    metrics.upstreamError("TimeoutException");
    metrics.bundleRefused("OLDER");
    metrics.bundle("7f3c9a12b0c4d5e6", List.of("onError"), 1000);
    metrics.holdback(1);
    return metrics;
  }

  private static Finding finding() {
    var rule =
        new Rule(
            new RuleId(PolicyKind.NAMESPACED, "test", "contact"),
            Severity.HIGH,
            new Check.Sensitive(new TreeSet<>(Set.of(Entity.EMAIL))),
            Optional.of(Action.MASK),
            Optional.empty(),
            Mode.ENFORCE,
            MaskStyle.LABEL,
            BlockedMessages.DEFAULT,
            false);
    return new Finding(rule, Action.MASK, "sensitive", "EMAIL", 0, 1, 1, "plain", "");
  }
}
