package dev.newel.audit;

import static dev.newel.audit.Trails.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AuditExportTest {
  @TempDir Path folder;

  @Test
  void printsEveryLineAsItIsStored() throws Exception {
    // Given
    try (var recorder = Trails.open(folder)) {
      recorder.record(event("req/\u20ac"));
    }
    Trails.open(folder).close();

    // When
    try (var child = Child.start(AuditExport.class, folder.toString())) {
      List<String> printed = child.rest();

      // Then
      assertThat(printed).isEqualTo(Trail.lines(folder)).hasSize(5);
      assertThat(child.exitCode()).isEqualTo(0);
    }
  }

  @Test
  void aFolderThatIsNotThereIsAnErrorAndNotAnEmptyTrail() throws Exception {
    assertThat(exitCode(folder.resolve("none").toString())).isEqualTo(2);
    assertThat(exitCode()).isEqualTo(2);
  }

  private static int exitCode(String... args) throws IOException, InterruptedException {
    try (var child = Child.start(AuditExport.class, args)) {
      assertThat(child.rest()).isEmpty();
      return child.exitCode();
    }
  }
}
