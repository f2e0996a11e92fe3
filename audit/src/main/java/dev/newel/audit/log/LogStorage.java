package dev.newel.audit.log;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Where a log's leaves and the files derived from them are kept. One process at a time; {@link
 * #append} is called by one thread, the others by any.
 */
public interface LogStorage extends AutoCloseable {
  /** The first index whose leaf is held; what came before was pruned. */
  long begin();

  /** What the next append cuts from the end: bytes of a write that nobody was told of. */
  long bytesCut();

  /**
   * Gives every leaf from {@link #begin} on, in order.
   *
   * @throws DamagedException when what stands there is not what was written
   */
  void replay(Consumer<byte[]> leaf) throws IOException;

  /** Appends leaves; when it returns they are durable, when it throws none of them is there. */
  void append(List<byte[]> leaves) throws IOException;

  /** A derived file: a tile or a checkpoint. */
  Optional<byte[]> file(String path) throws IOException;

  /** Replaces a derived file as a whole; readers see the old one or the new one. */
  void write(String path, byte[] bytes) throws IOException;

  /** As {@link #write}, and durable when it returns. */
  void writeDurably(String path, byte[] bytes) throws IOException;

  /** Removes a folder of derived files; it may not be there. */
  void remove(String folder) throws IOException;

  /** Paths of derived files below a folder. */
  List<String> list(String folder) throws IOException;

  /** Removes leaves before an index, as far as whole files hold them, and their entry tiles. */
  void prune(long before) throws IOException;

  /** Bytes that all of it takes. */
  long bytes() throws IOException;

  @Override
  void close() throws IOException;

  /** Damage where there must be none: the log stops, and says what a person can do. */
  final class DamagedException extends IOException {
    private static final long serialVersionUID = 1;

    public DamagedException(String message) {
      super(message);
    }
  }
}
