package dev.newel.audit;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * A file that only grows, by whole appends: an append is durable when the call returns, and leaves
 * nothing behind when it throws.
 */
final class AppendFile implements Closeable {
  private final FileChannel channel;
  private long durableSize;

  private AppendFile(FileChannel channel) {
    this.channel = channel;
  }

  /** An empty file; what may have stood in it was never acknowledged. */
  static AppendFile create(Path file) throws IOException {
    return new AppendFile(
        FileChannel.open(
            file,
            StandardOpenOption.CREATE,
            StandardOpenOption.TRUNCATE_EXISTING,
            StandardOpenOption.WRITE));
  }

  void append(byte[] bytes) throws IOException {
    try {
      if (channel.size() > durableSize) {
        channel.truncate(durableSize);
      }
      var buffer = ByteBuffer.wrap(bytes);
      long at = durableSize;
      while (buffer.hasRemaining()) {
        at += channel.write(buffer, at);
      }
      channel.force(false);
      durableSize = at;
    } catch (IOException e) {
      try {
        channel.truncate(durableSize);
      } catch (IOException again) {
        e.addSuppressed(again);
      }
      throw e;
    }
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
