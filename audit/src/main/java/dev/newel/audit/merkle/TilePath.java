package dev.newel.audit.merkle;

/**
 * Where a tile stands (C2SP tlog-tiles): 256 hashes, or 256 entries, a file; the last one of a
 * level may be partial and then says how many it holds.
 *
 * @param level 0 for leaf hashes, each next one eight levels of the tree higher; {@link #ENTRIES}
 * @param index of the tile in its level, from 0
 * @param width how many it holds, 1 to 256
 */
public record TilePath(int level, long index, int width) {
  /** Hashes or entries of a full tile. */
  public static final int WIDTH = 256;

  /** Levels of the tree that a tile spans. */
  public static final int HEIGHT = 8;

  /** The level whose tiles hold the leaves themselves. */
  public static final int ENTRIES = -1;

  public TilePath {
    if (level < ENTRIES || level > 63 || index < 0 || width < 1 || width > WIDTH) {
      throw new IllegalArgumentException("no tile: " + level + ", " + index + ", " + width);
    }
  }

  /** How many hashes a level of tiles has in a tree of this size. */
  public static long count(int level, long size) {
    return level <= 0 ? size : HEIGHT * level > 62 ? 0 : size >> (HEIGHT * level);
  }

  /** {@code tile/0/x001/234.p/17}. */
  public String path() {
    var path = new StringBuilder("%03d".formatted(index % 1000));
    for (long rest = index / 1000; rest > 0; rest /= 1000) {
      path.insert(0, "x%03d/".formatted(rest % 1000));
    }
    path.insert(0, "tile/" + (level == ENTRIES ? "entries" : level) + "/");
    return width == WIDTH ? path.toString() : path + ".p/" + width;
  }

  /** As it would be called when full. */
  public TilePath full() {
    return new TilePath(level, index, WIDTH);
  }

  /**
   * The tile with this path.
   *
   * @throws IllegalArgumentException when it is not exactly how a tile's path is written
   */
  public static TilePath parse(String path) {
    try {
      String[] parts = path.split("/", -1);
      int level = parts[1].equals("entries") ? ENTRIES : Integer.parseInt(parts[1]);
      int end = parts.length;
      int width = WIDTH;
      if (parts[end - 2].endsWith(".p")) {
        width = Integer.parseInt(parts[--end]);
        parts[end - 1] = parts[end - 1].substring(0, parts[end - 1].length() - 2);
      }
      long index = 0;
      for (int i = 2; i < end; i++) {
        String digits = i < end - 1 ? parts[i].substring(1) : parts[i];
        index = Math.addExact(Math.multiplyExact(index, 1000), Integer.parseInt(digits));
      }
      var tile = new TilePath(level, index, width);
      if (tile.path().equals(path)) {
        return tile;
      }
    } catch (RuntimeException e) {
      // said below
    }
    throw new IllegalArgumentException("not the path of a tile: " + path);
  }
}
