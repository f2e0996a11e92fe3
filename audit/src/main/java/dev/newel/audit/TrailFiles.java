package dev.newel.audit;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
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

  /** The highest epoch of a folder; 0 when it has none. */
  static long lastEpoch(Path folder) throws IOException {
    List<Path> files = list(folder);
    if (files.isEmpty()) {
      return 0;
    }
    Matcher m = NAME.matcher(files.getLast().getFileName().toString());
    return m.matches() ? Long.parseLong(m.group(1)) : 0;
  }

  /**
   * Cuts what follows the last line feed: bytes of a write that was never acknowledged.
   *
   * @return how many bytes were cut
   */
  static long cutTornLine(Path file) throws IOException {
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
