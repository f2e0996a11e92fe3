package dev.newel.audit.log;

import dev.newel.audit.merkle.EntryTile;
import dev.newel.audit.merkle.Frontier;
import dev.newel.audit.merkle.Hash;
import dev.newel.audit.merkle.Nodes;
import dev.newel.audit.merkle.TilePath;
import dev.newel.audit.merkle.Tiles;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Makes tiles of leaves, one after the other; holds the last tile of each level. Derived files
 * only: what it has written may be missing or old after a crash, and is made again.
 */
final class TileWriter {
  private static final class Edge {
    byte[] hashes = new byte[TilePath.WIDTH * Hash.SIZE];
    long count;

    int width() {
      return (int) (count % TilePath.WIDTH);
    }

    void add(Hash hash) {
      hash.put(hashes, width() * Hash.SIZE);
      count++;
    }
  }

  private final LogStorage storage;
  private final boolean compare;
  private final List<Edge> levels = new ArrayList<>();
  private final List<byte[]> entries = new ArrayList<>();
  private final Map<TilePath, byte[]> full = new LinkedHashMap<>();
  private final Frontier frontier;
  private long rewritten;

  /**
   * Goes on from the first {@code size} leaves, whose tiles are there.
   *
   * @param compare whether what is written may be there already, as after a restart: then only what
   *     differs is written
   */
  TileWriter(LogStorage storage, long size, boolean compare) {
    this.storage = storage;
    this.compare = compare;
    Nodes nodes = Tiles.nodes(size, this::read);
    this.frontier = new Frontier(nodes, size);
    if (size % TilePath.WIDTH != 0) {
      throw new IllegalArgumentException("a tree is gone on with from full tiles only: " + size);
    }
    for (int level = 0; TilePath.count(level, size) > 0; level++) {
      var edge = new Edge();
      edge.count = TilePath.count(level, size);
      for (int i = 0; i < edge.width(); i++) {
        nodes
            .node(level * TilePath.HEIGHT, edge.count - edge.width() + i)
            .put(edge.hashes, i * Hash.SIZE);
      }
      levels.add(edge);
    }
  }

  private byte[] read(TilePath tile) {
    try {
      Optional<byte[]> there = storage.file(tile.path());
      if (there.isEmpty()) {
        // A wider one holds the same hashes first.
        there = storage.file(tile.full().path());
      }
      return Arrays.copyOf(
          there.orElseThrow(() -> new IllegalArgumentException(tile.path() + " is missing")),
          tile.width() * Hash.SIZE);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  long size() {
    return frontier.size();
  }

  Hash root() {
    return frontier.root();
  }

  /** How many tiles differed from what they must be, and were written anew. */
  long rewritten() {
    return rewritten;
  }

  /** Adds a leaf; tiles that it fills are written with the next flush. */
  void add(byte[] leaf) {
    entries.add(leaf);
    Hash hash = Hash.ofLeaf(leaf);
    frontier.add(hash);
    if (entries.size() == TilePath.WIDTH) {
      full.put(
          new TilePath(TilePath.ENTRIES, frontier.size() / TilePath.WIDTH - 1, TilePath.WIDTH),
          EntryTile.join(entries));
      entries.clear();
    }
    for (int level = 0; ; level++) {
      if (level == levels.size()) {
        levels.add(new Edge());
      }
      Edge edge = levels.get(level);
      edge.add(hash);
      if (edge.width() != 0) {
        return;
      }
      full.put(
          new TilePath(level, edge.count / TilePath.WIDTH - 1, TilePath.WIDTH),
          edge.hashes.clone());
      hash = top(edge.hashes);
    }
  }

  private static Hash top(byte[] hashes) {
    var tree = new Frontier();
    for (int i = 0; i < TilePath.WIDTH; i++) {
      tree.add(Hash.of(hashes, i * Hash.SIZE));
    }
    return tree.root();
  }

  /**
   * Writes what was filled, and with that removes narrower forms of it.
   *
   * @throws IOException then the next call tries again
   */
  void flushFull() throws IOException {
    for (TilePath tile : List.copyOf(full.keySet())) {
      write(tile, full.get(tile));
      storage.remove(tile.path() + ".p");
      full.remove(tile);
    }
  }

  /** Writes the tiles at the right edge, too; the storage then holds the whole tree. */
  void flush() throws IOException {
    flushFull();
    if (!entries.isEmpty()) {
      write(
          new TilePath(TilePath.ENTRIES, frontier.size() / TilePath.WIDTH, entries.size()),
          EntryTile.join(entries));
    }
    for (int level = 0; level < levels.size(); level++) {
      Edge edge = levels.get(level);
      if (edge.width() > 0) {
        write(
            new TilePath(level, edge.count / TilePath.WIDTH, edge.width()),
            Arrays.copyOf(edge.hashes, edge.width() * Hash.SIZE));
      }
    }
  }

  private void write(TilePath tile, byte[] bytes) throws IOException {
    if (compare) {
      Optional<byte[]> there = storage.file(tile.path());
      if (there.isPresent() && Arrays.equals(there.get(), bytes)) {
        return;
      }
      rewritten += there.isPresent() ? 1 : 0;
    }
    storage.write(tile.path(), bytes);
  }
}
