package dev.newel.audit.verify;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The files of a log, wherever they are: a folder, a bundle. */
public interface LogFiles {
  /** All paths, with slashes, sorted. */
  List<String> paths() throws IOException;

  Optional<byte[]> read(String path) throws IOException;

  /** Something wrong with how the files are packed; empty when there is not. */
  default Optional<String> packing() {
    return Optional.empty();
  }

  /** The files below a folder; links are not followed. */
  static LogFiles folder(Path folder) {
    return new LogFiles() {
      @Override
      public List<String> paths() throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
          return files
              .filter(f -> !Files.isDirectory(f))
              .map(f -> folder.relativize(f).toString())
              .sorted()
              .toList();
        }
      }

      @Override
      public Optional<byte[]> read(String path) throws IOException {
        try {
          return Optional.of(Files.readAllBytes(folder.resolve(path)));
        } catch (NoSuchFileException e) {
          return Optional.empty();
        }
      }
    };
  }
}
