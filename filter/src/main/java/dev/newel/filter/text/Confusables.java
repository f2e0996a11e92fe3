package dev.newel.filter.text;

import java.util.Arrays;
import java.util.TreeMap;

/**
 * What a character looks like in ASCII; see {@link ConfusableTable} for where that is known from.
 */
final class Confusables {
  private static final int[] POINTS;
  private static final String[] PROTOTYPES;

  static {
    var map = new TreeMap<Integer, String>();
    for (String line : ConfusableTable.LINES.split("\n", -1)) {
      int tab = line.indexOf('\t');
      String prototype = line.substring(0, tab);
      line.substring(tab + 1).codePoints().forEach(point -> map.put(point, prototype));
    }
    POINTS = map.keySet().stream().mapToInt(Integer::intValue).toArray();
    PROTOTYPES = map.values().toArray(String[]::new);
  }

  private Confusables() {}

  /** The ASCII characters it looks like, none for a mark; null when it looks like itself alone. */
  static String prototype(int point) {
    if (point >= 0x3040 && point < 0xa000) {
      return null;
    }
    int at = Arrays.binarySearch(POINTS, point);
    return at < 0 ? null : PROTOTYPES[at];
  }
}
