package dev.newel.operator.kube;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code -Dnewel.regenerate=true} writes the page anew. */
class GeneratedConditionsTest {
  private static final Path PAGE = Path.of("../docs/reference/conditions.md");

  @Test
  void theCommittedPageIsWhatTheReasonsSay() throws IOException {
    String wanted = page();
    if (Boolean.getBoolean("newel.regenerate")) {
      Files.writeString(PAGE, wanted);
    }
    assertThat(Files.readString(PAGE))
        .as(PAGE + " is out of date; run `make generate`")
        .isEqualTo(wanted);
  }

  @Test
  void everyReasonIsExplainedOnce() {
    assertThat(Reason.values())
        .allSatisfy(r -> assertThat(r.description()).endsWith("."))
        .extracting(Reason::wire)
        .doesNotHaveDuplicates();
  }

  private static String page() {
    return """
    <!-- Generated from dev.newel.operator.kube.Reason; `make generate` writes it. -->
    # Conditions and their reasons

    `Ready` sums up the others; `kubectl wait --for=condition=Ready` waits for it. When it is false it has the reason and the message of
    the first condition that is. `Reconciling` (it goes on by itself) and `Stalled` (somebody must change something) exist only while they
    are true. Each change of a condition is also an event on the object, with the same reason.

    | Kind | Conditions |
    |---|---|
    | `GuardrailPolicy`, `ClusterGuardrailPolicy` | `Accepted`, `Programmed`, `Ready` |
    | `BreakGlassPolicy` | `Accepted`, `Ready` |
    | `BreakGlassRequest` | `Approved`, `Granted`, `Reviewed`, `Ready` |
    | `ModelDeployment` | `PolicyResolved`, `WorkloadAvailable`, `Programmed`, `TrafficRestricted`, `Ready` |

    | Reason | Meaning | What to do |
    |---|---|---|
    """
        + Arrays.stream(Reason.values())
            .map(GeneratedConditionsTest::row)
            .collect(Collectors.joining());
  }

  private static String row(Reason r) {
    String remedy = r.remedy().isEmpty() ? "Nothing." : r.remedy();
    return "| `%s` | %s | %s |\n".formatted(r.wire(), r.description(), remedy);
  }
}
