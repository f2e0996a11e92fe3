package dev.newel.audit.merkle;

import java.util.ArrayList;
import java.util.List;

/** Which tiles a tree has, and what stands in them. */
public final class Tiles {
  private Tiles() {}

  /**
   * All tiles of a tree of {@code size} that are not, or not as wide, in one of size {@code old};
   * entries first, so that whoever sees a hash finds its entry.
   */
  public static List<TilePath> since(long old, long size) {
    var tiles = new ArrayList<TilePath>();
    for (int level = TilePath.ENTRIES; ; level++) {
      long count = TilePath.count(level, size);
      if (count == 0) {
        return tiles;
      }
      long before = TilePath.count(level, old);
      if (count == before) {
        continue;
      }
      for (long i = before / TilePath.WIDTH; i * TilePath.WIDTH < count; i++) {
        tiles.add(
            new TilePath(level, i, (int) Math.min(TilePath.WIDTH, count - i * TilePath.WIDTH)));
      }
    }
  }

  /** The tile's hashes, one after the other. */
  public static byte[] hashes(Nodes nodes, TilePath tile) {
    var bytes = new byte[tile.width() * Hash.SIZE];
    for (int i = 0; i < tile.width(); i++) {
      nodes
          .node(tile.level() * TilePath.HEIGHT, tile.index() * TilePath.WIDTH + i)
          .put(bytes, i * Hash.SIZE);
    }
    return bytes;
  }

  /** Gives a tile's bytes; the tile is as wide as the tree makes it. */
  @FunctionalInterface
  public interface Source {
    /**
     * Reads a tile.
     *
     * @throws IllegalArgumentException when it is not there
     */
    byte[] read(TilePath tile);
  }

  /** The nodes of a tree of this size, read from its tiles. */
  public static Nodes nodes(long size, Source source) {
    return (level, index) -> {
      int tileLevel = level / TilePath.HEIGHT;
      int within = level % TilePath.HEIGHT;
      long first = index << within;
      long tileIndex = first / TilePath.WIDTH;
      long count = TilePath.count(tileLevel, size);
      int width = (int) Math.min(TilePath.WIDTH, count - tileIndex * TilePath.WIDTH);
      int from = (int) (first % TilePath.WIDTH);
      if (from + (1 << within) > width) {
        throw new IllegalArgumentException("the tree has no node " + index + " at level " + level);
      }
      var tile = new TilePath(tileLevel, tileIndex, width);
      byte[] bytes = source.read(tile);
      if (bytes.length != width * Hash.SIZE) {
        throw new IllegalArgumentException(
            "%s has %d bytes; it must have %d"
                .formatted(tile.path(), bytes.length, width * Hash.SIZE));
      }
      return subtree(bytes, from, 1 << within);
    };
  }

  private static Hash subtree(byte[] bytes, int from, int count) {
    return count == 1
        ? Hash.of(bytes, from * Hash.SIZE)
        : Hash.ofNode(subtree(bytes, from, count / 2), subtree(bytes, from + count / 2, count / 2));
  }
}
