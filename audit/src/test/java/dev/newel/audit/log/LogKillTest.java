package dev.newel.audit.log;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.audit.Child;
import dev.newel.audit.StoredEvent;
import dev.newel.audit.merkle.SignerKey;
import dev.newel.audit.verify.LogFiles;
import dev.newel.audit.verify.Verdict;
import dev.newel.audit.verify.Verifier;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Kill -9 of a log with 200 producers, over and over: nothing acknowledged is lost or doubled. */
class LogKillTest {
  private static final int ROUNDS = 5;

  @TempDir Path folder;

  @Test
  void everyAcknowledgedEventOutlivesTheLog() throws Exception {
    long seed = Long.getLong("newel.seed", 20261126L);
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var acknowledged = new ArrayList<String>();
    for (int round = 0; round < ROUNDS; round++) {
      // Given
      try (var child =
          Child.start(
              Loop.class, folder.toString(), Logs.KEY.secretText(), Integer.toString(round))) {
        for (int printed = random.nextInt(3000); printed >= 0; printed--) {
          acknowledged.add(child.line());
        }

        // When
        List<String> rest = child.kill();

        // Then
        rest.removeIf(line -> !line.endsWith(";")); // printed in part
        acknowledged.addAll(rest);
      }
    }
    var there = new ArrayList<String>();
    Logs.open(folder).close();
    try (var storage = EmbeddedStorage.open(folder)) {
      storage.replay(leaf -> there.add(StoredEvent.read(leaf).where() + ";"));
    }
    assertThat(acknowledged).doesNotContainNull().hasSizeGreaterThan(ROUNDS);
    assertThat(there).doesNotHaveDuplicates().containsAll(acknowledged);
    Verdict verdict =
        Verifier.verify(LogFiles.folder(folder), Verifier.Options.of(Logs.KEY.verifier()), _ -> {});
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.events()).isEqualTo(there.size());
  }

  /** 200 producers that append for ever; a place is printed when it is acknowledged. */
  static final class Loop {
    public static void main(String[] args) throws Exception {
      var log =
          TransparencyLog.open(
              EmbeddedStorage.open(Path.of(args[0])),
              SignerKey.parse(args[1]),
              Logs.CLOCK,
              Logs.QUICK);
      for (int i = 0; i < 200; i++) {
        var chain = new Logs.Chain("p" + i + "-" + args[2]);
        Thread.ofPlatform()
            .start(() -> {
              while (true) {
                List<StoredEvent> events = chain.next(3);
                log.append(events, false);
                events.forEach(e -> System.out.println(e.where() + ";"));
              }
            });
      }
    }
  }
}
