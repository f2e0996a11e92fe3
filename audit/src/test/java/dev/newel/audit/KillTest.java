package dev.newel.audit;

import static dev.newel.audit.Trails.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kill -9 at any moment: what was acknowledged is there, once, and the trail is sound. */
class KillTest {
  private static final int ROUNDS = 8;

  @TempDir Path folder;

  @Test
  void everyAcknowledgedEventOutlivesItsProcess() throws Exception {
    long seed = Long.getLong("newel.seed", 20261129L);
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var acknowledged = new ArrayList<String>();
    for (int round = 0; round < ROUNDS; round++) {
      // Given
      try (var child = Child.start(Loop.class, folder.toString())) {
        for (int printed = random.nextInt(300); printed >= 0; printed--) {
          acknowledged.add(child.line());
        }

        // When
        List<String> rest = child.kill();

        // Then
        rest.removeIf(line -> !line.endsWith(";")); // printed in part
        acknowledged.addAll(rest);
      }
    }
    Trails.open(folder).close();
    assertThat(Trail.verify(Trail.lines(folder), true)).isEmpty();
    assertThat(Trail.read(folder).stream().map(e -> e.text("id") + ";"))
        .doesNotHaveDuplicates()
        .containsAll(acknowledged);
    assertThat(acknowledged).hasSizeGreaterThan(ROUNDS).doesNotContainNull();
  }

  /** Four threads that record for ever; an id is printed when it is acknowledged. */
  static final class Loop {
    public static void main(String[] args) {
      var recorder = Trails.open(Path.of(args[0]));
      for (int i = 0; i < 4; i++) {
        Thread.ofPlatform()
            .start(() -> {
              while (true) {
                System.out.println(recorder.record(event("req")).id() + ";");
              }
            });
      }
    }
  }
}
