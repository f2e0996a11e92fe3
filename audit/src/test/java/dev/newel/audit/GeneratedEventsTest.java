package dev.newel.audit;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** {@code -Dnewel.regenerate=true} writes the page anew. */
class GeneratedEventsTest {
  private static final Path PAGE = Path.of("../docs/reference/events.md");
  private static final Path SCHEMA = Path.of("../docs/reference/events.schema.json");

  @Test
  void theCommittedPageIsWhatTheTypesSay() throws IOException {
    String wanted = page();
    if (Boolean.getBoolean("newel.regenerate")) {
      Files.writeString(PAGE, wanted);
    }
    assertThat(Files.readString(PAGE))
        .as(PAGE + " is out of date; run `make generate`")
        .isEqualTo(wanted);
  }

  @Test
  void theCommittedSchemaIsWhatTheReaderDemands() throws IOException {
    String wanted =
        JsonMapper.builder()
                .enable(SerializationFeature.INDENT_OUTPUT)
                .enable(SerializationFeature.ORDER_MAP_ENTRIES_BY_KEYS)
                .build()
                .writeValueAsString(EventSchema.schema())
            + "\n";
    if (Boolean.getBoolean("newel.regenerate")) {
      Files.writeString(SCHEMA, wanted);
    }
    assertThat(Files.readString(SCHEMA))
        .as(SCHEMA + " is out of date; run `make generate`")
        .isEqualTo(wanted);
  }

  private static String page() {
    return """
    <!-- Generated from dev.newel.audit.EventType; `make generate` writes it. -->
    # Audit events

    One event a line, in the shape of CloudEvents 1.0, in files `audit-<epoch>.jsonl`; [the module's page](../../audit/README.md) says
    how events are chained and what that proves. [JSON Schema](events.schema.json). The version at the end of a type changes when the shape of its `data` does. No event
    holds the text of a prompt or an answer.

    | `type` | Recorded when |
    |---|---|
    """
        + Arrays.stream(EventType.values())
            .map(t -> "| `%s` | %s |\n".formatted(t.wire(), t.description()))
            .collect(Collectors.joining());
  }
}
