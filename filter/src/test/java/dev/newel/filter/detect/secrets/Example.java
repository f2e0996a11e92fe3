package dev.newel.filter.detect.secrets;

import java.util.Random;
import java.util.regex.Pattern;

/** Tokens made from the shapes of the table, so that none that could be a live one is committed. */
final class Example {
  private static final Pattern RUN = Pattern.compile("<(.)([0-9]+)(?:-([0-9]+)|(\\+))?>");

  private Example() {}

  /** What the shape describes, with so many characters more or less in its last run. */
  static String of(String shape, Random random, int more) {
    var out = new StringBuilder();
    String plain = shape.replace("<uuid>", "<h8>-<h4>-<h4>-<h4>-<h12>");
    var runs = RUN.matcher(plain);
    int at = 0;
    while (runs.find()) {
      out.append(plain, at, runs.start());
      at = runs.end();
      boolean last = at == plain.length();
      int count = Integer.parseInt(runs.group(2)) + (last ? more : 0);
      out.append(characters(CharSet.of(runs.group(1).charAt(0)), count, random));
    }
    return out.append(plain.substring(at)).toString();
  }

  private static String characters(CharSet set, int count, Random random) {
    var out = new StringBuilder();
    while (out.length() < count) {
      char c = (char) (33 + random.nextInt(94));
      if (set.has(c) && "=-_.~/%".indexOf(c) < 0) {
        out.append(c);
      }
    }
    return out.toString();
  }
}
