package dev.newel.crds.cases;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GeneratedApiReferenceTest {
  private static final Path PAGE = Path.of("../docs/reference/api.md");

  @Test
  void theCommittedPageIsWhatTheCrdsSay() throws IOException {
    String generated = ApiReference.text();
    if (Boolean.getBoolean("newel.regenerate")) {
      Files.writeString(PAGE, generated);
    }
    assertThat(Files.readString(PAGE))
        .as(PAGE + " is out of date; run `make generate`")
        .isEqualTo(generated);
  }

  @Test
  void thePageNamesTheLimitsAndTheAnswersOfAField() throws IOException {
    assertThat(ApiReference.text())
        .contains("| `name` \\* | string | 1 to 63 characters |")
        .contains("at most 32 items; each at most 49 characters")
        .contains("rule both has more than one detector; write exactly one of")
        .contains("| `mode` | `Detect`, `Enforce` |  | `\"Enforce\"` |");
  }
}
