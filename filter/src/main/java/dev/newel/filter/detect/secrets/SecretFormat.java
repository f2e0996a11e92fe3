package dev.newel.filter.detect.secrets;

import java.util.ArrayList;
import java.util.List;

/**
 * A token of one service, by its published form.
 *
 * @param label what stands in a mask: {@code GITHUB_TOKEN}
 * @param shape how it looks
 * @param written the row it was read from: for tests and messages
 */
record SecretFormat(String label, Shape shape, String written) {
  /**
   * Reads rows of a table: a label, then shapes. Alternatives in parentheses stand for one shape
   * each.
   */
  static List<SecretFormat> rows(String table) {
    var rows = new ArrayList<SecretFormat>();
    for (String line : table.split("\n", -1)) {
      String[] words = line.strip().split(" +", -1);
      for (int i = 1; i < words.length; i++) {
        for (String shape : alternatives(words[i])) {
          rows.add(new SecretFormat(words[0], Shape.of(shape), shape));
        }
      }
    }
    return rows;
  }

  private static List<String> alternatives(String shape) {
    int open = shape.indexOf('(');
    if (open < 0) {
      return List.of(shape);
    }
    int close = shape.indexOf(')', open);
    var all = new ArrayList<String>();
    for (String one : shape.substring(open + 1, close).split("\\|", -1)) {
      all.addAll(alternatives(shape.substring(0, open) + one + shape.substring(close + 1)));
    }
    return all;
  }
}
