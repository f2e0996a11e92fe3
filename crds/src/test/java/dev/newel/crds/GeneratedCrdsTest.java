package dev.newel.crds;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class GeneratedCrdsTest {
  private static final Path COMMITTED = Path.of(".");

  @Test
  void committedFilesAreWhatTheClassesSay() throws Exception {
    var generated = GeneratedCrds.files();
    if (Boolean.getBoolean("newel.regenerate")) {
      for (var e : generated.entrySet()) {
        Files.writeString(COMMITTED.resolve(e.getKey()), e.getValue());
      }
    }
    try (var list = Files.list(COMMITTED)) {
      assertThat(list.map(f -> f.getFileName().toString()).filter(n -> n.endsWith(".yaml")))
          .as("files in crds/")
          .containsExactlyInAnyOrderElementsOf(generated.keySet());
    }
    for (var e : generated.entrySet()) {
      assertThat(Files.readString(COMMITTED.resolve(e.getKey())))
          .as(e.getKey() + " is out of date; run `make generate`")
          .isEqualTo(e.getValue());
    }
  }
}
