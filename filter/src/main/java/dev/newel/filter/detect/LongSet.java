package dev.newel.filter.detect;

/** A set of hashes in one array; 0 stands for an empty place, and a hash of 0 for 1. */
final class LongSet {
  private final long[] table;
  private int used;

  /** For so many at most. */
  LongSet(int most) {
    this.table = new long[Integer.highestOneBit(Math.max(4, most) * 2) * 2];
  }

  void add(long hash) {
    int at = find(hash);
    if (table[at] == 0) {
      table[at] = key(hash);
      used++;
    }
  }

  boolean contains(long hash) {
    return used > 0 && table[find(hash)] != 0;
  }

  /** Empties the place and puts what was placed behind it where it is found again. */
  void remove(long hash) {
    int at = find(hash);
    if (table[at] == 0) {
      return;
    }
    table[at] = 0;
    used--;
    for (int next = (at + 1) & (table.length - 1);
        table[next] != 0;
        next = (next + 1) & (table.length - 1)) {
      long moved = table[next];
      table[next] = 0;
      table[find(moved)] = moved;
    }
  }

  boolean isEmpty() {
    return used == 0;
  }

  private int find(long hash) {
    long key = key(hash);
    long mixed = (key ^ (key >>> 32)) * 0x9e3779b9L;
    int at = (int) (mixed >>> 7) & (table.length - 1);
    while (table[at] != 0 && table[at] != key) {
      at = (at + 1) & (table.length - 1);
    }
    return at;
  }

  private static long key(long hash) {
    return hash == 0 ? 1 : hash;
  }

  @Override
  public String toString() {
    return "LongSet[" + used + "]";
  }
}
