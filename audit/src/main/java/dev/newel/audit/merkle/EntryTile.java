package dev.newel.audit.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * The entries of a tile: for each a length of two bytes, big-endian, then its bytes (C2SP
 * tlog-tiles, entry bundles).
 */
public final class EntryTile {
  /** The most bytes of an entry: what its length can say. */
  public static final int MAX_ENTRY = 65_535;

  private EntryTile() {}

  /** Where an entry's bytes stand. */
  public record Span(int offset, int length) {}

  /**
   * Finds the entries of a tile.
   *
   * @throws IllegalArgumentException when it does not hold exactly so many
   */
  public static List<Span> split(byte[] tile, int width) {
    List<Span> spans = split(tile);
    if (spans.size() != width) {
      throw new IllegalArgumentException("holds " + spans.size() + " entries, not " + width);
    }
    return spans;
  }

  /**
   * Finds the entries of a tile, however many.
   *
   * @throws IllegalArgumentException when its last one is not whole
   */
  public static List<Span> split(byte[] tile) {
    var spans = new ArrayList<Span>(TilePath.WIDTH);
    int at = 0;
    while (at < tile.length) {
      if (at + 2 > tile.length) {
        throw new IllegalArgumentException("ends inside the length of entry " + spans.size());
      }
      int length = (tile[at] & 0xff) << 8 | (tile[at + 1] & 0xff);
      if (at + 2 + length > tile.length) {
        throw new IllegalArgumentException("ends inside entry " + spans.size());
      }
      spans.add(new Span(at + 2, length));
      at += 2 + length;
    }
    return spans;
  }

  /** Joins entries to a tile. */
  public static byte[] join(List<byte[]> entries) {
    int size = entries.stream().mapToInt(e -> e.length + 2).sum();
    var tile = new byte[size];
    int at = 0;
    for (byte[] entry : entries) {
      if (entry.length > MAX_ENTRY) {
        throw new IllegalArgumentException(
            "an entry has " + entry.length + " bytes; the most is " + MAX_ENTRY);
      }
      tile[at] = (byte) (entry.length >> 8);
      tile[at + 1] = (byte) entry.length;
      System.arraycopy(entry, 0, tile, at + 2, entry.length);
      at += entry.length + 2;
    }
    return tile;
  }
}
