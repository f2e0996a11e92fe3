package dev.newel.audit;

import static dev.newel.audit.Trails.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderRefusalTest {
  @TempDir Path folder;

  @Test
  void anEventThatCannotBeWrittenHarmsNoOther() {
    try (var recorder = Trails.open(folder)) {
      // Given
      var fraction = EventDraft.fact(EventType.REQUEST_DECIDED, "req/1", Map.of("score", 0.5));
      var large =
          EventDraft.fact(EventType.REQUEST_DECIDED, "req/2", Map.of("x", "a".repeat(70_000)));
      var surrogate = EventDraft.fact(EventType.REQUEST_DECIDED, "req/3", Map.of("x", "\ud83d"));
      var keyless = EventDraft.fact(EventType.REQUEST_DECIDED, "req/4", Map.of("x", mixedKeys()));

      // When
      for (EventDraft bad : List.of(fraction, large, surrogate, keyless)) {
        assertThatThrownBy(() -> recorder.record(List.of(event("before"), bad, event("behind"))))
            .isInstanceOf(RuntimeException.class);
      }
      recorder.record(event("req/5"));
    }

    // Then
    assertThat(Trail.read(folder))
        .extracting(e -> e.text("subject"))
        .containsExactly("epoch/1", "req/5", "epoch/1");
    assertThat(Trail.verify(Trail.lines(folder), true)).isEmpty();
  }

  @Test
  void aClosedLogRecordsNothing() {
    // Given
    var recorder = Trails.open(folder);
    recorder.close();
    List<String> before = Trail.lines(folder);

    // Then
    assertThatThrownBy(() -> recorder.record(event("late")))
        .isInstanceOf(AuditUnavailableException.class)
        .hasMessage("the audit log is closed");
    recorder.close();
    assertThat(Trail.lines(folder)).isEqualTo(before);
  }

  @Test
  void aFolderHasOneWriterAtATime() {
    try (var _ = Trails.open(folder)) {
      assertThatThrownBy(() -> Trails.open(folder))
          .isInstanceOf(AuditUnavailableException.class)
          .hasMessageContaining(
              "is being written by another process; end it or name another folder");
    }
    Trails.open(folder).close();
  }

  /** What generics forbid and a cast allows. */
  private static Map<Object, Object> mixedKeys() {
    return Map.of("a", "b", 1, "c");
  }

  @Test
  void anEventThatExhaustsTheStackReachesItsCallerAndNoOther() {
    // Given
    Map<String, Object> deep = Map.of();
    for (int i = 0; i < 200_000; i++) {
      deep = Map.of("d", deep);
    }
    var bottomless = EventDraft.fact(EventType.REQUEST_DECIDED, "req/1", deep);

    try (var recorder = Trails.open(folder)) {
      // When
      assertThatThrownBy(() -> recorder.record(bottomless))
          .isInstanceOf(AuditUnavailableException.class);

      // Then
      assertThat(recorder.record(event("req/2")).seq()).isEqualTo(2);
    }
  }
}
