package dev.newel.audit;

import static dev.newel.audit.Trails.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderRecoveryTest {
  @TempDir Path folder;

  @Test
  void aTornTailIsCutAndTheCutIsCounted() throws IOException {
    // Given
    try (var recorder = Trails.open(folder)) {
      recorder.record(event("req/1"));
    }
    Path file = folder.resolve("audit-000000001.jsonl");
    long whole = Files.size(file);
    Files.writeString(file, "{\"data\":{\"torn", StandardOpenOption.APPEND);

    // When
    Trails.open(folder).close();

    // Then
    assertThat(file).hasSize(whole);
    assertThat(Trail.read(folder).stream().filter(e -> e.type() == EventType.LOG_RECOVERED))
        .singleElement()
        .satisfies(e -> {
          assertThat(e.data()).isEqualTo(Map.of("bytesCut", 14));
          assertThat(e.text("subject")).isEqualTo("epoch/1");
          assertThat(e.text("epoch")).isEqualTo("2");
        });
    assertThat(Trail.verify(Trail.lines(folder), true)).isEmpty();
  }

  @Test
  void aFileThatIsTornBeforeItsFirstLineIsNoEpoch() throws IOException {
    // Given
    Files.writeString(folder.resolve("audit-000000001.jsonl"), "{\"da");

    // When
    Trails.open(folder).close();

    // Then
    assertThat(Trail.read(folder))
        .extracting(e -> e.text("epoch") + " " + e.type())
        .containsExactly("1 LOG_OPENED", "1 LOG_RECOVERED", "1 LOG_CLOSED");
  }

  @Test
  void aCrashBeforeTheFirstLineLeavesNoHole() throws IOException {
    // Given
    Trails.open(folder).close();
    Files.createFile(folder.resolve("audit-000000002.jsonl"));

    // When
    Trails.open(folder).close();

    // Then
    assertThat(Trail.verify(Trail.lines(folder), true)).isEmpty();
    assertThat(Trail.read(folder)).hasSize(4);
  }

  @Test
  void aFailedOpeningLeavesTheFolderFree() throws IOException {
    // Given: the name of the next epoch's file is taken by a folder
    Path blocked = Files.createDirectories(folder.resolve("audit-000000001.jsonl"));
    assertThatThrownBy(() -> Trails.open(folder)).isInstanceOf(AuditUnavailableException.class);

    // When
    Files.delete(blocked);

    // Then
    Trails.open(folder).close();
    assertThat(Trail.read(folder)).hasSize(2);
  }
}
