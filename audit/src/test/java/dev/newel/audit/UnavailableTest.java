package dev.newel.audit;

import static dev.newel.audit.Trails.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UnavailableTest {
  @TempDir Path folder;

  @Test
  void aFolderThatCannotBeMadeIsUnavailable() throws Exception {
    // Given
    Path file = Files.createFile(folder.resolve("file"));

    // Then
    assertThatThrownBy(() -> Trails.open(file.resolve("audit")))
        .isInstanceOf(AuditUnavailableException.class)
        .hasMessageContaining("audit cannot be written");
    assertThatThrownBy(() -> Trails.open(file)).isInstanceOf(AuditUnavailableException.class);
  }

  @Test
  void aDiskThatFillsUpMakesTheLogUnavailableAndLosesNothing() throws Exception {
    // Given: files may have 20 KiB, the nearest thing to a full disk that needs no privileges
    try (var child = Child.startWithFileLimit(40, Fill.class, folder.toString())) {
      // When
      List<String> printed = child.rest();

      // Then
      assertThat(child.exitCode()).isEqualTo(0);
      assertThat(printed).hasSizeGreaterThan(10);
      assertThat(printed.removeLast()).startsWith("unavailable: the audit log cannot be written");
      assertThat(printed.removeLast()).startsWith("unavailable: the audit log cannot be written");
      assertThat(Trail.read(folder).stream().map(e -> e.text("id")).skip(1))
          .startsWith(printed.toArray(String[]::new))
          .hasSizeBetween(printed.size(), printed.size() + 1); // log.closed may still have fitted
      assertThat(Trail.verify(Trail.lines(folder), true)).isEmpty();
    }
  }

  @Test
  void aDiskThatIsFullFromTheBeginningHoldsNothingBack() throws Exception {
    // When
    try (var child = Child.startWithFileLimit(0, Fill.class, folder.toString())) {
      assertThat(child.rest()).singleElement().asString().startsWith("not opened:");
    }

    // Then
    Trails.open(folder).close();
    assertThat(Trail.verify(Trail.lines(folder), true)).isEmpty();
  }

  /** Records until that fails, twice. */
  static final class Fill {
    public static void main(String[] args) {
      FileAuditRecorder recorder;
      try {
        recorder = Trails.open(Path.of(args[0]));
      } catch (AuditUnavailableException e) {
        System.out.println("not opened: " + e.getMessage());
        return;
      }
      int failures = 0;
      while (failures < 2) {
        try {
          System.out.println(recorder.record(event("req")).id());
        } catch (AuditUnavailableException e) {
          System.out.println("unavailable: " + e.getMessage());
          failures++;
        }
      }
      recorder.close();
    }
  }
}
