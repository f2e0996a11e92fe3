package dev.newel.cli.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.audit.merkle.EntryTile;
import dev.newel.audit.merkle.TilePath;
import dev.newel.audit.verify.Bundle;
import dev.newel.audit.verify.LogFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What a command was pointed at: a folder or a bundle. */
record Source(Path path, LogFiles files) implements AutoCloseable {
  /** Takes index and bytes of an entry; false when no more are wanted. */
  @FunctionalInterface
  interface Reader {
    boolean take(long index, byte[] entry);
  }

  /**
   * Opens it.
   *
   * @throws UnusableException when there is nothing that could be read
   */
  static Source open(Path path) {
    if (!Files.exists(path)) {
      throw new UnusableException(
          path
              + " does not exist; name a log's folder, or a bundle that `newel audit bundle` made");
    }
    try {
      return new Source(path, Files.isDirectory(path) ? LogFiles.folder(path) : Bundle.open(path));
    } catch (IOException e) {
      throw new UnusableException(e.getMessage());
    }
  }

  /** Whether there is a signed log, and not only files of producers. */
  boolean hasLog() throws IOException {
    return files.paths().stream().anyMatch(p -> p.equals("checkpoint") || p.startsWith("tile/"));
  }

  /** Gives all entries in order, unverified; of a log without tiles, the lines of its producers. */
  void entries(Reader reader) throws IOException {
    List<String> paths = files.paths();
    if (!hasLog()) {
      long index = 0;
      for (String path : paths.stream().filter(p -> p.endsWith(".jsonl")).toList()) {
        for (String line : new String(bytes(path), UTF_8).lines().toList()) {
          if (!reader.take(index++, line.getBytes(UTF_8))) {
            return;
          }
        }
      }
      return;
    }
    // Of each tile the widest: a log's own folder has narrower ones beside it.
    var widest = new TreeMap<Long, TilePath>();
    for (String path : paths) {
      if (path.startsWith("tile/entries/")) {
        TilePath tile = TilePath.parse(path);
        widest.merge(tile.index(), tile, (a, b) -> a.width() >= b.width() ? a : b);
      }
    }
    for (TilePath tile : widest.values()) {
      byte[] bytes = bytes(tile.path());
      long index = tile.index() * TilePath.WIDTH;
      for (EntryTile.Span span : EntryTile.split(bytes)) {
        byte[] entry = Arrays.copyOfRange(bytes, span.offset(), span.offset() + span.length());
        if (!reader.take(index++, entry)) {
          return;
        }
      }
    }
  }

  private byte[] bytes(String file) throws IOException {
    Optional<byte[]> read = files.read(file);
    return read.orElseThrow(() -> new IOException(file + " vanished"));
  }

  @Override
  public void close() throws IOException {
    if (files instanceof Bundle bundle) {
      bundle.close();
    }
  }
}
