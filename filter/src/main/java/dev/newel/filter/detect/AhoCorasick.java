package dev.newel.filter.detect;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Collection;

/**
 * Finds every occurrence of many words in one pass (Aho and Corasick, CACM 18(6), 1975). The
 * transitions live in one open-addressed table of longs, so 100,000 words need about 20 bytes for
 * each of their characters.
 */
public final class AhoCorasick {
  /** Called for each occurrence. */
  public interface Visitor {
    void found(int start, int end);
  }

  private static final int ROOT = 0;

  private long[] keys = new long[1024];
  private int[] targets = new int[1024];
  private int edges;
  private int states = 1;
  private int[] fail;
  private int[] lengths = new int[256];
  private int[] nextOutput;

  public AhoCorasick(Collection<String> words) {
    Arrays.fill(keys, -1);
    for (String word : words) {
      add(word);
    }
    link();
  }

  private void add(String word) {
    int state = ROOT;
    for (int i = 0; i < word.length(); i++) {
      int next = target(state, word.charAt(i));
      if (next < 0) {
        next = states++;
        put(key(state, word.charAt(i)), next);
      }
      state = next;
    }
    if (state >= lengths.length) {
      lengths = Arrays.copyOf(lengths, Math.max(state + 1, lengths.length * 2));
    }
    lengths[state] = word.length();
  }

  private void link() {
    lengths = Arrays.copyOf(lengths, states);
    fail = new int[states];
    nextOutput = new int[states];
    // Children by parent, in the order the states were made: a parent always has a lower number.
    int[] parent = new int[states];
    char[] label = new char[states];
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] >= 0) {
        parent[targets[i]] = (int) (keys[i] >>> 16);
        label[targets[i]] = (char) keys[i];
      }
    }
    int[] depth = new int[states];
    for (int s = 1; s < states; s++) {
      depth[s] = depth[parent[s]] + 1;
    }
    var order = new ArrayDeque<Integer>();
    java.util.stream.IntStream.range(1, states)
        .boxed()
        .sorted(java.util.Comparator.comparingInt(s -> depth[s]))
        .forEach(order::add);
    for (int s : order) {
      if (parent[s] != ROOT) {
        int f = fail[parent[s]];
        int next = target(f, label[s]);
        while (next < 0 && f != ROOT) {
          f = fail[f];
          next = target(f, label[s]);
        }
        fail[s] = Math.max(next, ROOT);
      }
      nextOutput[s] = lengths[fail[s]] > 0 ? fail[s] : nextOutput[fail[s]];
    }
  }

  /** Calls for each word that lies within {@code [from, to)}. */
  public void visit(CharSequence text, int from, int to, Visitor visitor) {
    int state = ROOT;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      int next = target(state, c);
      while (next < 0 && state != ROOT) {
        state = fail[state];
        next = target(state, c);
      }
      state = Math.max(next, ROOT);
      for (int out = lengths[state] > 0 ? state : nextOutput[state];
          out != ROOT;
          out = nextOutput[out]) {
        visitor.found(i + 1 - lengths[out], i + 1);
      }
    }
  }

  private static long key(int state, char c) {
    return ((long) state << 16) | c;
  }

  private int target(int state, char c) {
    long key = key(state, c);
    int slot = slot(key, keys.length);
    while (keys[slot] != key) {
      if (keys[slot] < 0) {
        return -1;
      }
      slot = (slot + 1) & (keys.length - 1);
    }
    return targets[slot];
  }

  private void put(long key, int target) {
    if (++edges * 2 > keys.length) {
      long[] oldKeys = keys;
      int[] oldTargets = targets;
      keys = new long[oldKeys.length * 2];
      targets = new int[oldKeys.length * 2];
      Arrays.fill(keys, -1);
      for (int i = 0; i < oldKeys.length; i++) {
        if (oldKeys[i] >= 0) {
          insert(oldKeys[i], oldTargets[i]);
        }
      }
    }
    insert(key, target);
  }

  private void insert(long key, int target) {
    int slot = slot(key, keys.length);
    while (keys[slot] >= 0) {
      slot = (slot + 1) & (keys.length - 1);
    }
    keys[slot] = key;
    targets[slot] = target;
  }

  private static int slot(long key, int size) {
    long hash = key * 0x9e3779b97f4a7c15L;
    return (int) (hash >>> 40) & (size - 1);
  }
}
