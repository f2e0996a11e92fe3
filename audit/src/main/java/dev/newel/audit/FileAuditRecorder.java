package dev.newel.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Clock;
import java.util.ArrayDeque;
import java.util.ArrayList;
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
 * file, so a torn last line of an earlier epoch stays visible there; it is cut, and the cut is
 * recorded.
 */
public final class FileAuditRecorder implements AuditRecorder {
  private record Waiting(List<EventDraft> drafts, CompletableFuture<List<Receipt>> done) {}

  private final Producer producer;
  private final Clock clock;
  private final FileChannel lockFile;
  private final FileLock lock;
  private final FileChannel out;
  private final long epoch;
  private final Thread writer;

  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private boolean closing;

  // Only the writer thread touches these.
  private long seq;
  private String lastHash = ChainedEvent.NO_HASH;
  private long durableSize;

  private FileAuditRecorder(
      Producer producer,
      Clock clock,
      FileChannel lockFile,
      FileLock lock,
      FileChannel out,
      long epoch) {
    this.producer = producer;
    this.clock = clock;
    this.lockFile = lockFile;
    this.lock = lock;
    this.out = out;
    this.epoch = epoch;
    this.writer = Thread.ofPlatform().name("newel-audit").daemon().start(this::run);
  }

  /**
   * Opens a folder for writing.
   *
   * @param folder made when it does not exist
   * @throws AuditUnavailableException when it cannot be written or another process writes to it
   */
  public static FileAuditRecorder open(Path folder, Producer producer, Clock clock) {
    try {
      Files.createDirectories(folder);
      var lockFile =
          FileChannel.open(
              folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
      FileLock lock = tryLock(lockFile);
      if (lock == null) {
        lockFile.close();
        throw new AuditUnavailableException(
            folder + " is being written by another process; end it or name another folder", null);
      }
      long last = TrailFiles.lastEpoch(folder);
      long cut = last == 0 ? 0 : TrailFiles.cutTornLine(TrailFiles.file(folder, last));
      long epoch = last + 1;
      var out =
          FileChannel.open(
              TrailFiles.file(folder, epoch),
              StandardOpenOption.CREATE_NEW,
              StandardOpenOption.WRITE);
      TrailFiles.syncFolder(folder);
      var recorder = new FileAuditRecorder(producer, clock, lockFile, lock, out, epoch);
      var first = new ArrayList<EventDraft>();
      first.add(EventDraft.fact(EventType.LOG_OPENED, "epoch/" + epoch, Map.of("previous", last)));
      if (cut > 0) {
        first.add(
            EventDraft.fact(EventType.LOG_RECOVERED, "epoch/" + last, Map.of("bytesCut", cut)));
      }
      recorder.record(first);
      return recorder;
    } catch (IOException e) {
      throw new AuditUnavailableException(folder + " cannot be written: " + e.getMessage(), e);
    }
  }

  private static FileLock tryLock(FileChannel file) throws IOException {
    try {
      return file.tryLock();
    } catch (java.nio.channels.OverlappingFileLockException e) {
      return null;
    }
  }

  @Override
  public List<Receipt> record(List<EventDraft> drafts) {
    if (drafts.isEmpty()) {
      return List.of();
    }
    var waiting = new Waiting(List.copyOf(drafts), new CompletableFuture<>());
    synchronized (queue) {
      if (closing) {
        throw new AuditUnavailableException("the audit log is closed", null);
      }
      queue.add(waiting);
      queue.notifyAll();
    }
    try {
      return waiting.done().join();
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

  private void commit(List<Waiting> batch) {
    long seqBefore = seq;
    String hashBefore = lastHash;
    var lines = new StringBuilder();
    var receipts = new ArrayList<List<Receipt>>();
    var good = new ArrayList<Waiting>();
    for (Waiting waiting : batch) {
      long seqStart = seq;
      String hashStart = lastHash;
      int lengthStart = lines.length();
      try {
        receipts.add(append(waiting.drafts(), lines));
        good.add(waiting);
      } catch (IllegalArgumentException e) {
        seq = seqStart;
        lastHash = hashStart;
        lines.setLength(lengthStart);
        waiting.done().completeExceptionally(e);
      }
    }
    try {
      write(lines.toString().getBytes(UTF_8));
      for (int i = 0; i < good.size(); i++) {
        good.get(i).done().complete(receipts.get(i));
      }
    } catch (IOException e) {
      // Nothing of this batch counts: the file ends again where it was durable.
      seq = seqBefore;
      lastHash = hashBefore;
      good.forEach(w -> w.done().completeExceptionally(e));
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

  private void write(byte[] bytes) throws IOException {
    try {
      if (out.size() > durableSize) {
        out.truncate(durableSize);
      }
      var buffer = ByteBuffer.wrap(bytes);
      long at = durableSize;
      while (buffer.hasRemaining()) {
        at += out.write(buffer, at);
      }
      out.force(false);
      durableSize = at;
    } catch (IOException e) {
      try {
        out.truncate(durableSize);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  @Override
  public void close() {
    try {
      record(EventDraft.fact(EventType.LOG_CLOSED, "epoch/" + epoch, Map.of()));
    } catch (AuditUnavailableException e) {
      // The epoch then ends without log.closed, which is what a reader should see.
    }
    synchronized (queue) {
      closing = true;
      queue.notifyAll();
    }
    try {
      writer.join();
      out.close();
      lock.release();
      lockFile.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (IOException e) {
      throw new AuditUnavailableException("closing failed: " + e.getMessage(), e);
    }
  }
}
