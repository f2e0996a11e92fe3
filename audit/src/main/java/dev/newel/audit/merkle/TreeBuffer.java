package dev.newel.audit.merkle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** All hashes of a tree in memory, 64 bytes a leaf. Not safe for threads. */
public final class TreeBuffer implements Nodes {
  private static final class Level {
    byte[] hashes = new byte[64 * Hash.SIZE];
    int count;

    void add(Hash hash) {
      if (count * Hash.SIZE == hashes.length) {
        hashes = Arrays.copyOf(hashes, hashes.length * 2);
      }
      hash.put(hashes, count++ * Hash.SIZE);
    }

    Hash get(long index) {
      if (index < 0 || index >= count) {
        throw new IllegalArgumentException("the tree has no such node: " + index);
      }
      return Hash.of(hashes, (int) index * Hash.SIZE);
    }
  }

  private final List<Level> levels = new ArrayList<>(List.of(new Level()));

  /** Appends a leaf and closes every subtree that it completes. */
  public void add(Hash leaf) {
    Hash hash = leaf;
    for (int l = 0; ; l++) {
      if (l == levels.size()) {
        levels.add(new Level());
      }
      Level level = levels.get(l);
      level.add(hash);
      if (level.count % 2 == 1) {
        return;
      }
      hash = Hash.ofNode(level.get(level.count - 2), hash);
    }
  }

  public long size() {
    return levels.getFirst().count;
  }

  @Override
  public Hash node(int level, long index) {
    if (level >= levels.size()) {
      throw new IllegalArgumentException("the tree has no level " + level);
    }
    return levels.get(level).get(index);
  }
}
