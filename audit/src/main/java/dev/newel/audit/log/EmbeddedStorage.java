package dev.newel.audit.log;

import dev.newel.audit.merkle.EntryTile;
import dev.newel.audit.merkle.TilePath;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AtomicMoveNotSupportedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Files on a volume. {@code segments/<first index>.wal} hold the leaves in {@link Frame}s and are
 * what counts; {@code tile/…} and {@code checkpoint} are derived from them, and stand where any
 * reader of C2SP tlog-tiles looks for them.
 */
public final class EmbeddedStorage implements LogStorage {
  /** A segment is closed when it has grown beyond this. */
  static final long SEGMENT_BYTES = 64L << 20;

  private static final String UNFINISHED = "new.";

  private final Path folder;
  private final FileChannel lock;
  private final TreeMap<Long, Path> segments = new TreeMap<>();
  private final AtomicLong temporary = new AtomicLong();
  private FileChannel out;
  private long outSize;
  private long next;
  private long bytesCut;

  private EmbeddedStorage(Path folder, FileChannel lock) {
    this.folder = folder;
    this.lock = lock;
  }

  /**
   * Opens a folder; a torn last append is cut by the next one.
   *
   * @param folder made when it does not exist
   * @throws DamagedException when what stands there is not what was written
   * @throws IOException when it cannot be written, or another process has it open
   */
  public static EmbeddedStorage open(Path folder) throws IOException {
    Files.createDirectories(folder.resolve("segments"));
    var lock =
        FileChannel.open(
            folder.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
    var storage = new EmbeddedStorage(folder, lock);
    try {
      if (!isFree(lock)) {
        throw new IOException(
            folder + " is open in another process; a log has one writer: end that one first");
      }
      storage.removeUnfinished();
      storage.find();
      return storage;
    } catch (IOException | RuntimeException e) {
      lock.close();
      throw e;
    }
  }

  private static boolean isFree(FileChannel lock) throws IOException {
    try {
      return lock.tryLock() != null; // given back with the channel
    } catch (OverlappingFileLockException e) {
      return false;
    }
  }

  /** Derived files whose writing a crash interrupted, before they had their name. */
  private void removeUnfinished() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      for (Path file :
          files.filter(f -> f.getFileName().toString().startsWith(UNFINISHED)).toList()) {
        Files.delete(file);
      }
    }
  }

  private void find() throws IOException {
    try (Stream<Path> files = Files.list(folder.resolve("segments"))) {
      files.filter(f -> f.toString().endsWith(".wal")).forEach(f -> segments.put(first(f), f));
    }
    if (segments.isEmpty()) {
      roll(0);
      return;
    }
    Path last = segments.lastEntry().getValue();
    next = segments.lastKey();
    byte[] bytes = Files.readAllBytes(last);
    int at = 0;
    for (Optional<Frame> f = frame(last, bytes, at); f.isPresent(); f = frame(last, bytes, at)) {
      next = f.get().first() + f.get().count();
      at = f.get().end();
    }
    out = FileChannel.open(last, StandardOpenOption.WRITE);
    // Cut by the first append only: until the log has compared with its checkpoint, nobody knows
    // that
    // what follows was never signed.
    bytesCut = (long) bytes.length - at;
    outSize = at;
  }

  /** The next frame; empty at the end, also when that is torn. */
  private Optional<Frame> frame(Path file, byte[] bytes, int at) throws IOException {
    Optional<Frame> frame = Frame.at(bytes, at).filter(f -> f.first() == next);
    if (frame.isEmpty() && at < bytes.length) {
      boolean last = file.equals(segments.lastEntry().getValue());
      if (!last || Frame.at(bytes, at).isPresent() || Frame.isAfter(bytes, at)) {
        throw damaged(file, at, next);
      }
    }
    return frame;
  }

  private static DamagedException damaged(Path file, long at, long index) {
    return new DamagedException(
        "%s is damaged at byte %d: the leaf with index %d is not what was written. Nothing was"
                .formatted(file, at, index)
            + " repaired. Keep the volume as it is, restore a copy of it, or begin a new log in"
            + " an empty folder and keep this one for the auditor (docs/audit.md, \"When the log"
            + " stops\")");
  }

  @Override
  public long begin() {
    return segments.firstKey();
  }

  @Override
  public long bytesCut() {
    return bytesCut;
  }

  @Override
  public void replay(Consumer<byte[]> leaf) throws IOException {
    long end = next;
    next = segments.firstKey();
    for (var segment : List.copyOf(segments.entrySet())) {
      if (segment.getKey() != next) {
        throw damaged(segment.getValue(), 0, next);
      }
      byte[] bytes = Files.readAllBytes(segment.getValue());
      int at = 0;
      long size = segment.getKey().equals(segments.lastKey()) ? outSize : bytes.length;
      while (at < size) {
        Optional<Frame> found = frame(segment.getValue(), bytes, at);
        if (found.isEmpty()) {
          throw damaged(segment.getValue(), at, next);
        }
        Frame frame = found.get();
        byte[] body = Arrays.copyOfRange(bytes, frame.bodyAt(), frame.end());
        for (EntryTile.Span span : EntryTile.split(body, frame.count())) {
          leaf.accept(Arrays.copyOfRange(body, span.offset(), span.offset() + span.length()));
        }
        next += frame.count();
        at = frame.end();
      }
    }
    if (next != end) {
      throw damaged(segments.lastEntry().getValue(), 0, next);
    }
  }

  @Override
  public void append(List<byte[]> leaves) throws IOException {
    if (outSize > SEGMENT_BYTES) {
      roll(next);
    }
    byte[] frame = Frame.write(next, leaves);
    try {
      if (out.size() > outSize) {
        out.truncate(outSize); // what an append that failed left
      }
      var buffer = ByteBuffer.wrap(frame);
      for (long at = outSize; buffer.hasRemaining(); ) {
        at += out.write(buffer, at);
      }
      out.force(false);
    } catch (IOException e) {
      try {
        out.truncate(outSize);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
    outSize += frame.length;
    next += leaves.size();
  }

  private void roll(long first) throws IOException {
    Path file = folder.resolve("segments/%020d.wal".formatted(first));
    var opened =
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE);
    try {
      sync(folder.resolve("segments"));
    } catch (IOException e) {
      opened.close();
      throw e;
    }
    if (out != null) {
      out.close();
    }
    out = opened;
    outSize = 0;
    next = first;
    synchronized (segments) {
      segments.put(first, file);
    }
  }

  @Override
  public Optional<byte[]> file(String path) throws IOException {
    try {
      return Optional.of(Files.readAllBytes(folder.resolve(path)));
    } catch (NoSuchFileException e) {
      return Optional.empty();
    }
  }

  @Override
  public void write(String path, byte[] bytes) throws IOException {
    write(path, bytes, false);
  }

  @Override
  public void writeDurably(String path, byte[] bytes) throws IOException {
    write(path, bytes, true);
    sync(folder.resolve(path).getParent());
  }

  private void write(String path, byte[] bytes, boolean durably) throws IOException {
    Path file = folder.resolve(path);
    Path part = folder.resolve(UNFINISHED + temporary.incrementAndGet());
    try {
      try (var channel =
          FileChannel.open(
              part,
              StandardOpenOption.CREATE,
              StandardOpenOption.TRUNCATE_EXISTING,
              StandardOpenOption.WRITE)) {
        var buffer = ByteBuffer.wrap(bytes);
        while (buffer.hasRemaining()) {
          channel.write(buffer);
        }
        if (durably) {
          channel.force(true);
        }
      }
      try {
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      } catch (NoSuchFileException | AtomicMoveNotSupportedException e) {
        Files.createDirectories(file.getParent());
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
      }
    } catch (IOException e) {
      Files.deleteIfExists(part);
      throw e;
    }
  }

  @Override
  public void remove(String path) throws IOException {
    for (String file : list(path)) {
      Files.deleteIfExists(folder.resolve(file));
    }
    Files.deleteIfExists(folder.resolve(path));
  }

  @Override
  public List<String> list(String path) throws IOException {
    Path below = folder.resolve(path);
    if (!Files.isDirectory(below)) {
      return List.of();
    }
    try (Stream<Path> files = Files.walk(below)) {
      return files
          .filter(Files::isRegularFile)
          .map(f -> folder.relativize(f).toString())
          .sorted()
          .toList();
    }
  }

  @Override
  public void prune(long before) throws IOException {
    var gone = new ArrayList<Path>();
    synchronized (segments) {
      while (segments.size() > 1 && segments.higherKey(segments.firstKey()) <= before) {
        gone.add(segments.pollFirstEntry().getValue());
      }
    }
    for (Path file : gone) {
      Files.deleteIfExists(file);
    }
    for (String path : list("tile/entries")) {
      TilePath tile = TilePath.parse(path);
      if ((tile.index() + 1) * TilePath.WIDTH <= begin()) {
        Files.deleteIfExists(folder.resolve(path));
      }
    }
  }

  @Override
  public long bytes() throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).mapToLong(f -> f.toFile().length()).sum();
    }
  }

  @Override
  public void close() throws IOException {
    try (lock) { // given back last
      out.close();
    }
  }

  private static long first(Path segment) {
    String name = segment.getFileName().toString();
    return Long.parseLong(name.substring(0, name.length() - 4));
  }

  private static void sync(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
