package dev.newel.audit.verify;

import dev.newel.audit.merkle.EntryTile;
import dev.newel.audit.merkle.Hash;
import dev.newel.audit.merkle.TilePath;
import dev.newel.audit.merkle.Tiles;
import dev.newel.audit.merkle.TreeBuffer;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.LongConsumer;

/** V2: makes the tree of the leaves again and compares every tile with it. */
final class TreeCheck {
  private final LogFiles files;
  private final long size;
  private final List<Finding> findings;
  private final TreeBuffer tree = new TreeBuffer();
  private long pruned;

  TreeCheck(LogFiles files, long size, List<Finding> findings) {
    this.files = files;
    this.size = size;
    this.findings = findings;
  }

  TreeBuffer tree() {
    return tree;
  }

  /** How many leaves at the beginning are known by their hashes only. */
  long pruned() {
    return pruned;
  }

  /**
   * Reads all leaves.
   *
   * @param leaf takes index and bytes of each
   * @param progress takes how many were read, now and then
   */
  void leaves(BiConsumer<Long, byte[]> leaf, LongConsumer progress) throws IOException {
    for (long tile = 0; tile * TilePath.WIDTH < size; tile++) {
      int width = (int) Math.min(TilePath.WIDTH, size - tile * TilePath.WIDTH);
      var entries = new TilePath(TilePath.ENTRIES, tile, width);
      Optional<byte[]> hashes = read(new TilePath(0, tile, width), width * Hash.SIZE);
      Optional<byte[]> bytes = files.read(entries.path());
      if (bytes.isEmpty() && width < TilePath.WIDTH) {
        bytes = files.read(entries.full().path());
      }
      if (bytes.isPresent()) {
        tile(entries, bytes.get(), hashes, leaf);
      } else if (hashes.isPresent() && tile * TilePath.WIDTH == pruned) {
        pruned += width;
        for (int i = 0; i < width; i++) {
          tree.add(Hash.of(hashes.get(), i * Hash.SIZE));
        }
      } else {
        add(entries.path(), "is missing: entries from index " + tile * TilePath.WIDTH + " on");
        return;
      }
      progress.accept(tree.size());
    }
  }

  /** One tile of entries: what its leaves hash to must stand in the tile of hashes. */
  void tile(TilePath tile, byte[] bytes, Optional<byte[]> hashes, BiConsumer<Long, byte[]> leaf) {
    List<EntryTile.Span> spans;
    try {
      spans = EntryTile.split(bytes);
    } catch (IllegalArgumentException e) {
      add(tile.path(), e.getMessage());
      return;
    }
    if (spans.size() < tile.width()) {
      add(
          tile.path(),
          "holds %d entries of %d: the log is cut at index %d"
              .formatted(spans.size(), tile.width(), tile.index() * TilePath.WIDTH + spans.size()));
    }
    for (int i = 0; i < Math.min(spans.size(), tile.width()); i++) {
      EntryTile.Span span = spans.get(i);
      long index = tile.index() * TilePath.WIDTH + i;
      tree.add(leaf(index, bytes, span, hashes, i));
      leaf.accept(index, Arrays.copyOfRange(bytes, span.offset(), span.offset() + span.length()));
    }
  }

  /** One leaf: its hash must be the {@code i}-th of the tile's. */
  Hash leaf(long index, byte[] bytes, EntryTile.Span span, Optional<byte[]> hashes, int i) {
    Hash hash = Hash.ofLeaf(bytes, span.offset(), span.length());
    if (hashes.isPresent() && !hash.equals(Hash.of(hashes.get(), i * Hash.SIZE))) {
      add("index " + index, "entry and hash differ: one of them was altered");
    }
    return hash;
  }

  private Optional<byte[]> read(TilePath tile, int length) throws IOException {
    Optional<byte[]> bytes = files.read(tile.path());
    if (bytes.isEmpty() && tile.width() < TilePath.WIDTH) {
      bytes = files.read(tile.full().path());
    }
    if (bytes.isEmpty()) {
      add(tile.path(), "is missing");
    } else if (bytes.get().length < length) {
      add(tile.path(), "has %d bytes, not %d".formatted(bytes.get().length, length));
      return Optional.empty();
    }
    return bytes;
  }

  /** Compares every tile that is there, narrower ones too, and misses none that must be. */
  void tiles() throws IOException {
    for (TilePath tile : Tiles.since(0, tree.size())) {
      if (tile.level() > 0) {
        Optional<byte[]> _ = read(tile, tile.width() * Hash.SIZE);
      }
    }
    for (String path : files.paths()) {
      if (path.startsWith("tile/")) {
        try {
          compare(TilePath.parse(path), files.read(path).orElseThrow());
        } catch (IllegalArgumentException e) {
          add(path, e.getMessage());
        }
      }
    }
  }

  void compare(TilePath tile, byte[] bytes) throws IOException {
    long count = TilePath.count(tile.level(), size) - tile.index() * TilePath.WIDTH;
    if (tile.width() > count) {
      add(tile.path(), "holds more than the checkpoint vouches for");
    } else if (tile.level() == TilePath.ENTRIES) {
      narrower(tile, bytes);
    } else if (!Arrays.equals(bytes, expected(tile))) {
      add(tile.path(), "is not what the leaves make it");
    }
  }

  private byte[] expected(TilePath tile) {
    try {
      return Tiles.hashes(tree, tile);
    } catch (IllegalArgumentException e) {
      return new byte[0]; // the leaves end before; that was said
    }
  }

  private void narrower(TilePath tile, byte[] bytes) throws IOException {
    int widest = (int) Math.min(TilePath.WIDTH, size - tile.index() * TilePath.WIDTH);
    if (tile.width() < widest) {
      byte[] wide =
          files
              .read(new TilePath(TilePath.ENTRIES, tile.index(), widest).path())
              .orElse(new byte[0]);
      boolean prefix =
          bytes.length < wide.length
              && Arrays.equals(bytes, 0, bytes.length, wide, 0, bytes.length)
              && EntryTile.split(bytes).size() == tile.width();
      if (!prefix) {
        add(tile.path(), "does not agree with the wider tile");
      }
    } else if (EntryTile.split(bytes).size() != tile.width()) {
      add(tile.path(), "does not hold " + tile.width() + " entries");
    }
  }

  private void add(String where, String message) {
    findings.add(new Finding(Check.V2, where, message));
  }
}
