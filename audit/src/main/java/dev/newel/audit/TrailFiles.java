package dev.newel.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The files of a trail: one for each epoch. */
final class TrailFiles {
  private static final Pattern NAME = Pattern.compile("audit-(\\d{9})\\.jsonl");

  private TrailFiles() {}

  static Path file(Path folder, long epoch) {
    return folder.resolve("audit-%09d.jsonl".formatted(epoch));
  }

  /** All files of a trail in the order of their epochs. */
  static List<Path> list(Path folder) throws IOException {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      return files
          .filter(f -> NAME.matcher(f.getFileName().toString()).matches())
          .sorted()
          .toList();
    }
  }

  /**
   * Where a folder's trail ends.
   *
   * @param epoch the last one that has an event; 0 when none has
   * @param lastLine its last line, without line feed
   * @param cutEpoch the epoch whose torn last line was cut
   * @param bytesCut how much was cut; 0 when nothing was torn
   */
  record Tail(long epoch, Optional<String> lastLine, long cutEpoch, long bytesCut) {}

  /** Cuts a torn last line and finds the end; a file without a line does not count. */
  static Tail repair(Path folder) throws IOException {
    long cutEpoch = 0;
    long bytesCut = 0;
    for (Path file : list(folder).reversed()) {
      if (bytesCut == 0) {
        cutEpoch = epoch(file);
        bytesCut = cutTornLine(file);
      }
      if (Files.size(file) > 0) {
        return new Tail(epoch(file), Optional.of(lastLine(file)), cutEpoch, bytesCut);
      }
    }
    return new Tail(0, Optional.empty(), cutEpoch, bytesCut);
  }

  private static long epoch(Path file) {
    Matcher m = NAME.matcher(file.getFileName().toString());
    if (!m.matches()) {
      throw new IllegalArgumentException(file + " is no file of a trail");
    }
    return Long.parseLong(m.group(1));
  }

  /** The last line of a file that ends with a line feed. */
  private static String lastLine(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ)) {
      long size = channel.size();
      int length = (int) Math.min(size, ChainedEvent.MAX_BYTES + 2);
      var bytes = ByteBuffer.allocate(length);
      while (bytes.hasRemaining() && channel.read(bytes, size - length + bytes.position()) > 0) {}
      String end = new String(bytes.array(), 0, length - 1, UTF_8);
      return end.substring(end.lastIndexOf('\n') + 1);
    }
  }

  /**
   * Cuts what follows the last line feed: bytes of a write that was never acknowledged.
   *
   * @return how many bytes were cut
   */
  private static long cutTornLine(Path file) throws IOException {
    try (var channel = FileChannel.open(file, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
      long size = channel.size();
      long end = size;
      var one = ByteBuffer.allocate(1);
      while (end > 0) {
        one.clear();
        channel.read(one, end - 1);
        if (one.get(0) == '\n') {
          break;
        }
        end--;
      }
      if (end < size) {
        channel.truncate(end);
        channel.force(true);
      }
      return size - end;
    }
  }

  /** Makes a new file's name durable (POSIX: the folder is a file of its own). */
  static void syncFolder(Path folder) throws IOException {
    try (var channel = FileChannel.open(folder, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }
}
