package dev.newel.audit.log;

import dev.newel.audit.EventDraft;
import dev.newel.audit.EventType;
import dev.newel.audit.StoredEvent;
import dev.newel.audit.verify.LogFiles;
import dev.newel.audit.verify.Verdict;
import dev.newel.audit.verify.Verifier;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code make bench-audit}: prints tables, asserts no time. Events have about 1 KiB. */
@Tag("bench")
class LogBench {
  @TempDir Path folder;

  private static EventDraft event() {
    return EventDraft.fact(
        EventType.POLICY_LOADED, "bundle/1", Map.of("revision", "r", "filler", "x".repeat(650)));
  }

  @Test
  void durableAppends() throws Exception {
    long seconds = Long.getLong("bench.seconds", 10);
    System.out.println("| writers | entries/s | p50 to durable | p99 to durable |");
    System.out.println("|---|---|---|---|");
    for (int writers : new int[] {1, 64, 256}) {
      try (var log =
          TransparencyLog.open(
              EmbeddedStorage.open(folder.resolve("w" + writers)),
              Logs.KEY,
              Clock.systemUTC(),
              TransparencyLog.Pace.DEFAULT)) {
        run(log, writers, 2, "warm");
        List<Long> nanos = run(log, writers, seconds, "run");
        long[] sorted = nanos.stream().mapToLong(Long::longValue).sorted().toArray();
        System.out.printf(
            Locale.ROOT,
            "| %d | %,d | %.2f ms | %.2f ms |%n",
            writers,
            sorted.length / seconds,
            sorted[sorted.length / 2] / 1e6,
            sorted[(int) (sorted.length * 0.99)] / 1e6);
      }
    }
  }

  private static List<Long> run(TransparencyLog log, int writers, long seconds, String name)
      throws InterruptedException {
    var stop = new AtomicBoolean();
    var threads = new ArrayList<Thread>();
    var times = new ArrayList<List<Long>>();
    for (int i = 0; i < writers; i++) {
      var mine = new ArrayList<Long>();
      times.add(mine);
      var chain = new Logs.Chain(name + i);
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                log.append(List.of(chain.opened()), false);
                while (!stop.get()) {
                  long began = System.nanoTime();
                  log.append(List.of(chain.next(event())), false);
                  mine.add(System.nanoTime() - began);
                }
              }));
    }
    Thread.sleep(seconds * 1000);
    stop.set(true);
    for (Thread thread : threads) {
      thread.join();
    }
    return times.stream().flatMap(List::stream).toList();
  }

  @Test
  void offlineVerification() throws Exception {
    int events = Integer.getInteger("bench.events", 1_000_000);
    long wrote = System.nanoTime();
    try (var log =
        TransparencyLog.open(
            EmbeddedStorage.open(folder), Logs.KEY, Logs.CLOCK, TransparencyLog.Pace.DEFAULT)) {
      var chain = new Logs.Chain("p");
      log.append(List.of(chain.opened()), false);
      for (int i = 0; i < events; i += 1000) {
        var batch = new ArrayList<StoredEvent>();
        for (int j = 0; j < 1000; j++) {
          batch.add(chain.next(event()));
        }
        log.append(batch, false);
      }
    }
    long began = System.nanoTime();
    Verdict verdict =
        Verifier.verify(LogFiles.folder(folder), Verifier.Options.of(Logs.KEY.verifier()), _ -> {});
    System.out.printf(
        Locale.ROOT,
        "| %,d events of 1 KiB | appended by one producer in batches of 1,000: %.1f s | verified in %.1f s | sound: %s |%n",
        verdict.events(),
        (began - wrote) / 1e9,
        (System.nanoTime() - began) / 1e9,
        verdict.sound());
  }
}
