package dev.newel.audit;

import static dev.newel.audit.Trails.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.audit.Trail.Check;
import dev.newel.audit.Trail.Finding;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What is altered or missing is noticed. One thing a chain cannot show is the end of the newest
 * epoch: its last event is vouched for only by the next opening.
 */
class TrailTest {
  @TempDir Path folder;
  private List<String> lines;

  /** Three epochs, the middle one by another producer, as when a pod is replaced. */
  @BeforeEach
  void record() {
    for (int epoch = 1; epoch <= 3; epoch++) {
      var producer = new Producer(epoch == 2 ? "a/other/uid" : "a/llm-0/uid", "/a/llm-0");
      try (var recorder = FileAuditRecorder.open(folder, producer, Trails.CLOCK)) {
        recorder.record(List.of(event("req/1"), event("req/2")));
      }
    }
    lines = Trail.lines(folder);
  }

  private List<Check> checks(List<String> changed) {
    return Trail.verify(changed, true).stream().map(Finding::check).distinct().toList();
  }

  @Test
  void anUntouchedTrailIsSound() {
    // Then
    assertThat(lines).hasSize(12);
    assertThat(Trail.verify(lines, true)).isEmpty();
  }

  @Test
  void everyAlteredByteButThoseOfTheLastLineIsNoticed() throws IOException {
    // Given
    Path file = folder.resolve("audit-000000002.jsonl");
    byte[] sound = Files.readAllBytes(file);

    for (int at = 0; at < sound.length; at++) {
      // When
      byte[] altered = sound.clone();
      altered[at] ^= (byte) (at % 2 == 0 ? 0x07 : 0x80); // another character, or no UTF-8
      Files.write(file, altered);

      // Then
      assertThat(Trail.verify(Trail.lines(folder), true)).as("byte %d", at).isNotEmpty();
    }
  }

  @Test
  void everyDroppedLineButTheLastIsNoticed() {
    for (int i = 0; i < lines.size() - 1; i++) {
      // When
      var changed = new ArrayList<>(lines);
      changed.remove(i);

      // Then
      assertThat(checks(changed)).as("line %d", i).contains(Check.CHAIN);
    }
  }

  @Test
  void everyPairOfSwappedLinesIsNoticed() {
    for (int i = 0; i < lines.size(); i++) {
      for (int k = i + 1; k < lines.size(); k++) {
        // When
        var changed = new ArrayList<>(lines);
        Collections.swap(changed, i, k);

        // Then
        assertThat(checks(changed)).as("lines %d and %d", i, k).contains(Check.CHAIN);
      }
    }
  }

  @Test
  void everyDuplicatedLineIsNoticed() {
    for (int i = 0; i < lines.size(); i++) {
      // When
      var changed = new ArrayList<>(lines);
      changed.add(i, lines.get(i));

      // Then
      assertThat(checks(changed)).as("line %d", i).contains(Check.CONTIGUOUS);
    }
  }

  @Test
  void aMissingEpochIsNoticed() throws IOException {
    for (int epoch = 1; epoch <= 2; epoch++) {
      // When
      Path file = TrailFiles.file(folder, epoch);
      byte[] content = Files.readAllBytes(file);
      Files.delete(file);

      // Then
      assertThat(checks(Trail.lines(folder))).as("epoch %d", epoch).contains(Check.CHAIN);
      Files.write(file, content);
    }
  }

  @Test
  void anEpochShortenedAtItsEndIsNoticedByTheNext() throws IOException {
    // Given
    Path file = TrailFiles.file(folder, 1);
    List<String> own = Files.readAllLines(file);

    for (int keep = own.size() - 1; keep > 0; keep--) {
      // When
      Files.write(file, own.subList(0, keep));

      // Then
      assertThat(checks(Trail.lines(folder))).contains(Check.CHAIN);
    }
  }

  @Test
  void aLineOfAnotherFormIsNamedAndLeftOutOfReading() throws IOException {
    // Given
    Files.writeString(TrailFiles.file(folder, 3), "{ }\n{}\n[]\nnull\n\n");

    // Then
    assertThat(Trail.verify(Trail.lines(folder), true))
        .extracting(Finding::check, Finding::where)
        .containsExactly(
            org.assertj.core.groups.Tuple.tuple(Check.FORM, "line 9"),
            org.assertj.core.groups.Tuple.tuple(Check.FORM, "line 10"),
            org.assertj.core.groups.Tuple.tuple(Check.FORM, "line 11"),
            org.assertj.core.groups.Tuple.tuple(Check.FORM, "line 12"),
            org.assertj.core.groups.Tuple.tuple(Check.FORM, "line 13"));
    assertThat(Trail.read(folder)).hasSizeGreaterThanOrEqualTo(8);
  }

  @Test
  void anEventWithoutANeededMemberIsNoticed() {
    // Given
    var changed = new ArrayList<>(lines);
    changed.set(11, lines.get(11).replaceFirst("\"time\":\"[^\"]*\",", ""));

    // Then
    assertThat(checks(changed)).containsExactly(Check.FORM);
  }

  @Test
  void aFolderThatIsNotThereHasNoEvent() {
    assertThat(Trail.lines(folder.resolve("none"))).isEmpty();
  }
}
