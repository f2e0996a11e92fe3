package dev.newel.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * Records into {@code audit-<epoch>.jsonl} files of a folder: append, then force, then acknowledge.
 * Callers that come while a force is under way share the next one, so many of them cost little more
 * than one.
 *
 * <p>A folder has one writer at a time (a lock file). Each opening begins a new epoch and a new
 * file; its first event names the hash of the last one before, so that a shortened epoch is
 * noticed. A torn last line is cut, and the cut is recorded.
 */
public final class FileAuditRecorder implements AuditRecorder {
  private record Waiting(List<EventDraft> drafts, CompletableFuture<List<Receipt>> done) {}

  private final Producer producer;
  private final Clock clock;
  private final FileChannel lockFile;
  private final AppendFile out;
  private final long epoch;
  private final Thread writer;

  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private boolean closing;

  // Only the writer thread touches these.
  private long seq;
  private String lastHash = ChainedEvent.NO_HASH;

  private FileAuditRecorder(
      Producer producer, Clock clock, FileChannel lockFile, AppendFile out, long epoch) {
    this.producer = producer;
    this.clock = clock;
    this.lockFile = lockFile;
    this.out = out;
    this.epoch = epoch;
    this.writer = Thread.ofPlatform().name("newel-audit").daemon().start(this::run);
  }

  /**
   * Opens a folder for writing.
   *
   * @param folder made when it does not exist
   * @throws AuditUnavailableException when it cannot be written or another process writes to it;
   *     nothing is then held, and opening may be tried again
   */
  public static FileAuditRecorder open(Path folder, Producer producer, Clock clock) {
    FileChannel lockFile = lock(folder);
    FileAuditRecorder recorder = null;
    try {
      TrailFiles.Tail tail = TrailFiles.repair(folder);
      // A file that never got its first line is no epoch: its number is used again.
      long epoch = tail.epoch() + 1;
      var out = AppendFile.create(TrailFiles.file(folder, epoch));
      recorder = new FileAuditRecorder(producer, clock, lockFile, out, epoch);
      TrailFiles.syncFolder(folder);
      recorder.record(firstEvents(tail, epoch));
      return recorder;
    } catch (IOException | RuntimeException e) {
      try {
        if (recorder == null) {
          lockFile.close();
        } else {
          recorder.stop();
        }
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw new AuditUnavailableException(folder + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static FileChannel lock(Path folder) {
    try {
      Files.createDirectories(folder);
      var lockFile =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      if (!isFree(lockFile)) {
        lockFile.close();
        throw new AuditUnavailableException(
            folder + " is being written by another process; end it or name another folder", null);
      }
      return lockFile;
    } catch (IOException e) {
      throw new AuditUnavailableException(folder + " cannot be written: " + e, e);
    }
  }

  private static boolean isFree(FileChannel lockFile) throws IOException {
    try {
      return lockFile.tryLock() != null; // released with the channel
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  private static List<EventDraft> firstEvents(TrailFiles.Tail tail, long epoch) {
    var opened = new LinkedHashMap<String, Object>();
    opened.put("previous", tail.epoch());
    tail.lastLine().ifPresent(line -> opened.put("previoushash", ChainedEvent.hash(line)));
    var first = new ArrayList<EventDraft>();
    first.add(EventDraft.fact(EventType.LOG_OPENED, "epoch/" + epoch, opened));
    if (tail.bytesCut() > 0) {
      first.add(
          EventDraft.fact(
              EventType.LOG_RECOVERED,
              "epoch/" + tail.cutEpoch(),
              Map.of("bytesCut", tail.bytesCut())));
    }
    return first;
  }

  @Override
  public List<Receipt> record(List<EventDraft> drafts) {
    return drafts.isEmpty() ? List.of() : await(enqueue(drafts, false));
  }

  private CompletableFuture<List<Receipt>> enqueue(List<EventDraft> drafts, boolean last) {
    var waiting = new Waiting(List.copyOf(drafts), new CompletableFuture<>());
    synchronized (queue) {
      if (closing) {
        throw new AuditUnavailableException("the audit log is closed", null);
      }
      closing = last;
      queue.add(waiting);
      queue.notifyAll();
    }
    return waiting.done();
  }

  private static List<Receipt> await(CompletableFuture<List<Receipt>> done) {
    try {
      return done.join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof IllegalArgumentException bad) {
        throw bad;
      }
      throw new AuditUnavailableException(
          "the audit log cannot be written: " + e.getCause().getMessage(), e.getCause());
    }
  }

  private void run() {
    while (true) {
      List<Waiting> batch;
      synchronized (queue) {
        while (queue.isEmpty() && !closing) {
          try {
            queue.wait();
          } catch (InterruptedException e) {
            closing = true;
          }
        }
        if (queue.isEmpty()) {
          return;
        }
        batch = List.copyOf(queue);
        queue.clear();
      }
      commit(batch);
    }
  }

  /** Whatever goes wrong here, every caller hears of it: nobody waits for a dead thread. */
  private void commit(List<Waiting> batch) {
    long seqBefore = seq;
    String hashBefore = lastHash;
    var lines = new StringBuilder();
    var receipts = new ArrayList<List<Receipt>>();
    var good = new ArrayList<Waiting>();
    try {
      for (Waiting waiting : batch) {
        long seqStart = seq;
        String hashStart = lastHash;
        int lengthStart = lines.length();
        try {
          receipts.add(append(waiting.drafts(), lines));
          good.add(waiting);
        } catch (RuntimeException | StackOverflowError e) {
          seq = seqStart;
          lastHash = hashStart;
          lines.setLength(lengthStart);
          waiting.done().completeExceptionally(e);
        }
      }
      out.append(lines.toString().getBytes(UTF_8));
    } catch (IOException | RuntimeException | Error e) {
      // Nothing of this batch counts: the file ends again where it was durable.
      seq = seqBefore;
      lastHash = hashBefore;
      batch.forEach(w -> w.done().completeExceptionally(e));
      return;
    }
    for (int i = 0; i < good.size(); i++) {
      good.get(i).done().complete(receipts.get(i));
    }
  }

  private List<Receipt> append(List<EventDraft> drafts, StringBuilder lines) {
    var receipts = new ArrayList<Receipt>();
    for (EventDraft draft : drafts) {
      var event = ChainedEvent.of(draft, producer, epoch, seq + 1, lastHash, clock.instant());
      lines.append(event.line()).append('\n');
      lastHash = event.hash();
      seq++;
      receipts.add(new Receipt(event.id(), seq));
    }
    return receipts;
  }

  @Override
  public void close() {
    try {
      await(
          enqueue(
              List.of(EventDraft.fact(EventType.LOG_CLOSED, "epoch/" + epoch, Map.of())), true));
    } catch (AuditUnavailableException e) {
      // Closed already, or the epoch ends without log.closed, which is what a reader should see.
    }
    try {
      stop();
    } catch (IOException e) {
      throw new AuditUnavailableException("closing failed: " + e.getMessage(), e);
    }
  }

  /** Ends the thread and gives the folder back. */
  private void stop() throws IOException {
    synchronized (queue) {
      closing = true;
      queue.notifyAll();
    }
    try {
      writer.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try (lockFile;
        out) {
      // closed in reverse order: the lock is given back last
    }
  }
}
