package dev.newel.audit.log;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.audit.AuditUnavailableException;
import dev.newel.audit.EventDraft;
import dev.newel.audit.StoredEvent;
import dev.newel.audit.log.LogStorage.DamagedException;
import dev.newel.audit.merkle.Checkpoint;
import dev.newel.audit.merkle.EntryTile;
import dev.newel.audit.merkle.SignedNote;
import dev.newel.audit.merkle.SignerKey;
import dev.newel.audit.merkle.TilePath;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/**
 * An append-only log: durable first, then answered, then integrated into the signed tree.
 *
 * <p>Two threads. The writer takes what has queued up while the last force was under way, lets
 * {@link Sequencer} decide what of it is new, and makes that durable with one force: producers
 * share it. The integrator makes tiles of durable leaves and signs a checkpoint, once an interval
 * while the log grows. What it makes is derived and is made again after a crash; leaves never are.
 */
public final class TransparencyLog implements AutoCloseable {
  /** Leaves that one force may cover. */
  private static final int MAX_GROUP_BYTES = 8 << 20;

  /**
   * How a log behaves over time.
   *
   * @param checkpoint how long a durable leaf waits for a signature, at most
   * @param heartbeat how long an idle log stays without an event of its own
   */
  public record Pace(Duration checkpoint, Duration heartbeat) {
    /** Every second while growing, every 60 s when idle. */
    public static final Pace DEFAULT = new Pace(Duration.ofSeconds(1), Duration.ofSeconds(60));
  }

  private record Waiting(Submission what, CompletableFuture<List<Long>> done) {}

  private final LogStorage storage;
  private final SignerKey key;
  private final Clock clock;
  private final Pace pace;
  private final Sequencer sequencer;
  private final TileWriter tiles;
  private final Thread writer;
  private final Thread integrator;

  private final ArrayDeque<Waiting> queue = new ArrayDeque<>();
  private final List<byte[]> pending = new ArrayList<>();
  private final long openedAt;
  private boolean closing;
  private boolean integrating = true;

  private volatile String note;
  private volatile Checkpoint checkpoint;
  private volatile Instant signedAt;
  private volatile Instant lastAppend;
  private volatile long durable;
  private volatile String trouble = "";

  private TransparencyLog(
      LogStorage storage,
      SignerKey key,
      Clock clock,
      Pace pace,
      Sequencer sequencer,
      TileWriter tiles) {
    this.storage = storage;
    this.key = key;
    this.clock = clock;
    this.pace = pace;
    this.sequencer = sequencer;
    this.tiles = tiles;
    this.durable = tiles.size();
    this.openedAt = tiles.size();
    this.lastAppend = clock.instant();
    this.writer = Thread.ofPlatform().name("newel-log-writer").daemon().unstarted(this::write);
    this.integrator =
        Thread.ofPlatform().name("newel-log-integrator").daemon().unstarted(this::integrate);
  }

  /**
   * Opens a log: reads every leaf, compares the tree with the signed checkpoint, makes missing
   * tiles anew, signs, and says so in the log.
   *
   * @throws DamagedException when leaves below the signed size are missing or altered; nothing is
   *     repaired then
   * @throws IOException when the storage cannot be used; it is closed then, as with the former
   */
  public static TransparencyLog open(LogStorage storage, SignerKey key, Clock clock, Pace pace)
      throws IOException {
    try {
      return read(storage, key, clock, pace);
    } catch (IOException | RuntimeException e) {
      storage.close();
      throw e;
    }
  }

  private static TransparencyLog read(LogStorage storage, SignerKey key, Clock clock, Pace pace)
      throws IOException {
    String origin = key.verifier().name();
    Optional<Checkpoint> signed = signed(storage, key);
    var sequencer = new Sequencer(origin, clock);
    TileWriter tiles;
    try {
      tiles = new TileWriter(storage, storage.begin(), true);
      sequencer.restore(storage);
      storage.replay(leaf -> {
        try {
          sequencer.replay(StoredEvent.read(leaf), tiles.size());
          tiles.add(leaf);
          if (tiles.size() % TilePath.WIDTH == 0) {
            tiles.flushFull();
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
        if (signed.isPresent() && signed.get().size() == tiles.size()) {
          requireSame(signed.get(), tiles);
        }
      });
    } catch (UncheckedIOException e) {
      throw e.getCause();
    } catch (IllegalArgumentException e) {
      throw new DamagedException(
          "the log cannot be read: "
              + e.getMessage()
              + "; see docs/audit.md, \"When the log"
              + " stops\"");
    }
    if (signed.isPresent() && signed.get().size() > tiles.size()) {
      throw new DamagedException(
          "the log ends at %d leaves, but its checkpoint vouches for %d: the end is missing. Nothing"
                  .formatted(tiles.size(), signed.get().size())
              + " was repaired; see docs/audit.md, \"When the log stops\"");
    }
    var log = new TransparencyLog(storage, key, clock, pace, sequencer, tiles);
    sequencer.leaves(log::leaf);
    log.start(origin);
    return log;
  }

  private static Optional<Checkpoint> signed(LogStorage storage, SignerKey key) throws IOException {
    Optional<byte[]> note = storage.file("checkpoint");
    if (note.isEmpty()) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          Checkpoint.parse(SignedNote.open(new String(note.get(), UTF_8), key.verifier())));
    } catch (IllegalArgumentException e) {
      throw new DamagedException(
          "the log's checkpoint is of another key or damaged (%s); give the log the key it was"
                  .formatted(e.getMessage())
              + " begun with, or an empty folder; see docs/audit.md, \"When the log stops\"");
    }
  }

  private static void requireSame(Checkpoint signed, TileWriter tiles) {
    if (!signed.root().equals(tiles.root())) {
      throw new UncheckedIOException(
          new DamagedException(
              "the first %d leaves do not have the root that was signed: one of them was altered."
                      .formatted(signed.size())
                  + " Nothing was repaired; see docs/audit.md, \"When the log stops\""));
    }
  }

  private void start(String origin) throws IOException {
    writer.start();
    var first = new ArrayList<EventDraft>();
    first.add(OwnEvents.opened(origin, durable));
    if (storage.bytesCut() > 0 || tiles.rewritten() > 0) {
      first.add(OwnEvents.recovered(origin, storage.bytesCut(), tiles.rewritten()));
    }
    try {
      record(first);
      sign();
    } catch (AuditUnavailableException | IOException e) {
      stop();
      throw new IOException("the log cannot be written: " + e.getMessage(), e);
    }
    integrator.start();
  }

  /**
   * Appends events of one producer, in this order; waits until they are durable.
   *
   * @return the index of each; of one that was there before, its first
   * @throws RefusedException when they may not come next; none of them counts
   * @throws AuditUnavailableException when they cannot be made durable; none of them counts
   */
  public List<Long> append(List<StoredEvent> events, boolean acceptGap) {
    return events.isEmpty() ? List.of() : await(new Submission.Of(events, acceptGap));
  }

  /** Appends events of the log's own. */
  public List<Long> record(List<EventDraft> drafts) {
    return await(new Submission.Own(drafts));
  }

  private List<Long> await(Submission what) {
    var waiting = new Waiting(what, new CompletableFuture<>());
    synchronized (queue) {
      if (closing) {
        throw new AuditUnavailableException("the log is closed", null);
      }
      queue.add(waiting);
      queue.notifyAll();
    }
    try {
      return waiting.done().join();
    } catch (CompletionException e) {
      if (e.getCause() instanceof RefusedException refused) {
        throw refused;
      }
      throw new AuditUnavailableException(
          "the log cannot be written: " + e.getCause().getMessage(), e.getCause());
    }
  }

  private void write() {
    while (true) {
      var group = new ArrayList<Waiting>();
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
        long bytes = 0;
        while (!queue.isEmpty() && (group.isEmpty() || bytes < MAX_GROUP_BYTES)) {
          group.add(queue.poll());
          bytes += group.getLast().what().bytes();
        }
      }
      commit(group);
    }
  }

  /** Whatever goes wrong here, every caller hears of it. */
  private void commit(List<Waiting> group) {
    Sequencer.Turn turn = sequencer.begin(durable);
    var indexes = new ArrayList<List<Long>>();
    var good = new ArrayList<Waiting>();
    try {
      for (Waiting waiting : group) {
        try {
          indexes.add(turn.take(waiting.what()));
          good.add(waiting);
        } catch (RuntimeException e) {
          waiting.done().completeExceptionally(e);
        }
      }
      if (!turn.leaves().isEmpty()) {
        storage.append(turn.leaves());
      }
      turn.commit();
      if (!turn.leaves().isEmpty()) {
        synchronized (pending) {
          pending.addAll(turn.leaves());
          durable += turn.leaves().size();
        }
        lastAppend = clock.instant();
      }
      trouble = "";
    } catch (IOException | RuntimeException | Error e) {
      trouble = String.valueOf(e.getMessage());
      group.forEach(w -> w.done().completeExceptionally(e));
      return;
    }
    for (int i = 0; i < good.size(); i++) {
      good.get(i).done().complete(indexes.get(i));
    }
  }

  private void integrate() {
    while (true) {
      boolean last;
      synchronized (pending) {
        if (integrating) {
          try {
            pending.wait(pace.checkpoint().toMillis());
          } catch (InterruptedException e) {
            integrating = false;
          }
        }
        last = !integrating;
      }
      try {
        sign();
        if (!last && !clock.instant().isBefore(lastAppend.plus(pace.heartbeat()))) {
          record(List.of(OwnEvents.heartbeat(key.verifier().name(), durable)));
        }
      } catch (IOException | RuntimeException e) {
        trouble = String.valueOf(e.getMessage());
      }
      if (last) {
        return;
      }
    }
  }

  /** Integrates all that is durable and signs it, unless it is signed already. */
  private void sign() throws IOException {
    List<byte[]> leaves;
    synchronized (pending) {
      leaves = List.copyOf(pending);
    }
    // A try that failed may have added some of them.
    long first = checkpoint == null ? openedAt : checkpoint.size();
    for (byte[] leaf : leaves.subList((int) (tiles.size() - first), leaves.size())) {
      tiles.add(leaf);
    }
    if (checkpoint != null && checkpoint.size() == tiles.size()) {
      return;
    }
    tiles.flush();
    var next = new Checkpoint(key.verifier().name(), tiles.size(), tiles.root());
    String signed = next.sign(key);
    storage.writeDurably("checkpoint", signed.getBytes(UTF_8));
    synchronized (pending) {
      checkpoint = next;
      note = signed;
      signedAt = clock.instant();
      pending.subList(0, leaves.size()).clear();
    }
  }

  /** A durable leaf. */
  byte[] leaf(long index) {
    Checkpoint signed;
    synchronized (pending) {
      signed = checkpoint;
      long first = signed == null ? openedAt : signed.size();
      if (index >= first) {
        return pending.get((int) (index - first));
      }
    }
    long tile = index / TilePath.WIDTH;
    int width = (int) Math.min(TilePath.WIDTH, signed.size() - tile * TilePath.WIDTH);
    var path = new TilePath(TilePath.ENTRIES, tile, width);
    try {
      byte[] bytes =
          storage
              .file(path.path())
              .or(() -> fullTile(path))
              .orElseThrow(() -> new IllegalArgumentException("leaf " + index + " was pruned"));
      var span = EntryTile.split(bytes).get((int) (index % TilePath.WIDTH));
      return Arrays.copyOfRange(bytes, span.offset(), span.offset() + span.length());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Optional<byte[]> fullTile(TilePath tile) {
    try {
      return storage.file(tile.full().path());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The latest signed checkpoint, as a note. */
  public String note() {
    return note;
  }

  public Checkpoint checkpoint() {
    return checkpoint;
  }

  public Instant signedAt() {
    return signedAt;
  }

  /** Durable leaves; more than {@link #checkpoint} says while some wait for a signature. */
  public long size() {
    return durable;
  }

  /** Why the last append or signature failed; empty when it did not. */
  public String trouble() {
    return trouble;
  }

  public LogStorage storage() {
    return storage;
  }

  public Sequencer sequencer() {
    return sequencer;
  }

  /** Says log.closed, signs it, and gives the storage back. */
  @Override
  public void close() throws IOException {
    try {
      record(List.of(OwnEvents.closed(key.verifier().name())));
    } catch (AuditUnavailableException e) {
      // Then the next opening shows that this one did not end in order.
    }
    stop();
  }

  private void stop() throws IOException {
    synchronized (queue) {
      closing = true;
      queue.notifyAll();
    }
    join(writer);
    synchronized (pending) {
      integrating = false;
      pending.notifyAll();
    }
    join(integrator);
    storage.close();
  }

  private static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
