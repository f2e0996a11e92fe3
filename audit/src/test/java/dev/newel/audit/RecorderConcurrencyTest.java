package dev.newel.audit;

import static dev.newel.audit.Trails.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RecorderConcurrencyTest {
  @TempDir Path folder;

  @Test
  void manyThreadsShareOneChain() throws Exception {
    // Given
    int threads = 32;
    int each = 50;
    List<Callable<List<Receipt>>> writers = new ArrayList<>();
    List<Receipt> receipts = new ArrayList<>();

    // When
    try (var recorder = Trails.open(folder);
        var pool = Executors.newFixedThreadPool(threads)) {
      for (int t = 0; t < threads; t++) {
        String name = "req/" + t + "/";
        writers.add(() ->
            IntStream.range(0, each).mapToObj(i -> recorder.record(event(name + i))).toList());
      }
      for (var done : pool.invokeAll(writers)) {
        receipts.addAll(done.get());
      }
    }

    // Then
    List<Trail.Entry> entries = Trail.read(folder);
    assertThat(entries).hasSize(threads * each + 2);
    assertThat(receipts).extracting(Receipt::seq).doesNotHaveDuplicates();
    assertThat(receipts)
        .allSatisfy(r -> assertThat(entries.get((int) r.seq() - 1).text("id")).isEqualTo(r.id()));
    assertThat(Trail.verify(Trail.lines(folder), true)).isEmpty();
  }

  @Test
  void nothingFollowsTheLastEventHoweverManyStillWrite() throws Exception {
    for (int round = 0; round < 50; round++) {
      // Given
      Path own = folder.resolve("round-" + round);
      var recorder = Trails.open(own);
      try (var pool = Executors.newFixedThreadPool(4)) {
        for (int t = 0; t < 4; t++) {
          pool.execute(() -> writeUntilClosed(recorder));
        }

        // When
        recorder.close();
      }

      // Then
      assertThat(Trail.read(own).getLast().type()).isEqualTo(EventType.LOG_CLOSED);
      assertThat(Trail.verify(Trail.lines(own), true)).isEmpty();
    }
  }

  private static void writeUntilClosed(AuditRecorder recorder) {
    try {
      while (true) {
        recorder.record(event("req"));
      }
    } catch (AuditUnavailableException e) {
      // closed
    }
  }
}
