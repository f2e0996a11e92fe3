package dev.newel.audit.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * Proofs of RFC 6962, 2.1.1 and 2.1.2, made and judged (the latter as in RFC 9162, 2.1.3–2.1.4).
 */
public final class Proofs {
  private Proofs() {}

  /** Why leaf {@code index} is in the tree of this size: the hashes beside its way to the root. */
  public static List<Hash> inclusion(Nodes nodes, long index, long size) {
    if (index < 0 || index >= size) {
      throw new IllegalArgumentException(
          "index " + index + " is not in a tree of " + size + "; the last is " + (size - 1));
    }
    var path = new ArrayList<Hash>();
    inclusion(nodes, index, 0, size, path);
    return path;
  }

  private static void inclusion(Nodes nodes, long index, long begin, long end, List<Hash> path) {
    if (end - begin == 1) {
      return;
    }
    long middle = begin + split(end - begin);
    if (index < middle) {
      inclusion(nodes, index, begin, middle, path);
      path.add(nodes.range(middle, end));
    } else {
      inclusion(nodes, index, middle, end, path);
      path.add(nodes.range(begin, middle));
    }
  }

  /** Why the tree of {@code size} begins with that of {@code old}. */
  public static List<Hash> consistency(Nodes nodes, long old, long size) {
    if (old < 1 || old > size) {
      throw new IllegalArgumentException(
          "no proof from " + old + " to " + size + "; the older size is 1 to " + size);
    }
    var path = new ArrayList<Hash>();
    consistency(nodes, old, 0, size, true, path);
    return path;
  }

  private static void consistency(
      Nodes nodes, long old, long begin, long end, boolean whole, List<Hash> path) {
    if (old == end) {
      if (!whole) {
        path.add(nodes.range(begin, end));
      }
      return;
    }
    long middle = begin + split(end - begin);
    if (old <= middle) {
      consistency(nodes, old, begin, middle, whole, path);
      path.add(nodes.range(middle, end));
    } else {
      consistency(nodes, old, middle, end, false, path);
      path.add(nodes.range(begin, middle));
    }
  }

  /** Whether the path leads from this leaf at this place to the root of the tree of this size. */
  public static boolean isIncluded(Hash leaf, long index, long size, List<Hash> path, Hash root) {
    if (index < 0 || index >= size) {
      return false;
    }
    long fn = index;
    long sn = size - 1;
    Hash hash = leaf;
    for (Hash beside : path) {
      if (sn == 0) {
        return false;
      }
      if ((fn & 1) == 1 || fn == sn) {
        hash = Hash.ofNode(beside, hash);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        hash = Hash.ofNode(hash, beside);
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 && hash.equals(root);
  }

  /** Whether the path shows that the newer tree begins with the older. */
  public static boolean isConsistent(
      long old, Hash oldRoot, long size, Hash root, List<Hash> path) {
    if (old < 1 || old > size) {
      return false;
    }
    if (old == size) {
      return path.isEmpty() && oldRoot.equals(root);
    }
    var steps = new ArrayList<Hash>(path);
    if (Long.bitCount(old) == 1) {
      steps.addFirst(oldRoot);
    }
    if (steps.isEmpty()) {
      return false;
    }
    long fn = old - 1;
    long sn = size - 1;
    while ((fn & 1) == 1) {
      fn >>= 1;
      sn >>= 1;
    }
    Hash first = steps.getFirst();
    Hash second = first;
    for (Hash beside : steps.subList(1, steps.size())) {
      if (sn == 0) {
        return false;
      }
      if ((fn & 1) == 1 || fn == sn) {
        first = Hash.ofNode(beside, first);
        second = Hash.ofNode(beside, second);
        while ((fn & 1) == 0 && fn != 0) {
          fn >>= 1;
          sn >>= 1;
        }
      } else {
        second = Hash.ofNode(second, beside);
      }
      fn >>= 1;
      sn >>= 1;
    }
    return sn == 0 && first.equals(oldRoot) && second.equals(root);
  }

  /** The largest power of two that is smaller than {@code n}. */
  private static long split(long n) {
    return Long.highestOneBit(n - 1);
  }
}
