package dev.newel.policy.compile;

import java.util.Random;

/**
 * An expression with the longest text it matches, made together, so that neither is derived from
 * the other by a parser.
 *
 * @param re RE2 syntax
 * @param longest a longest match; of an endless expression, one longer than any count in it
 * @param endless whether there are longer ones
 */
record RandomExpression(String re, String longest, boolean endless) {
  private static final int MANY = 60;

  private static final String[][] ATOMS = {
    {"a", "a"},
    {"\\.", "."},
    {"}", "}"},
    {"]", "]"},
    {"x{,2}", "x{,2}"},
    {"b{01}", "b{01}"},
    {".", "😀"},
    {"😀", "😀"},
    {"\\d", "7"},
    {"\\W", "😀"},
    {"\\pL", "𐐀"},
    {"\\p{Lu}", "𐐀"},
    {"\\x{1F600}", "😀"},
    {"\\0101", "\b1"},
    {"\\101", "A"},
    {"\\Q*+\\E", "*+"},
    {"[a-c]", "b"},
    {"[^a]", "😀"},
    {"[]x]", "]"},
    {"[[:digit:]]", "3"},
    {"[[:^digit:]]", "😀"},
    {"[\\]\\d]", "]"},
    {"[a-😀]", "😀"},
  };

  static RandomExpression of(Random random, int depth) {
    if (depth == 0) {
      String[] atom = ATOMS[random.nextInt(ATOMS.length)];
      return new RandomExpression(atom[0], atom[1], false);
    }
    var one = of(random, depth - 1);
    return switch (random.nextInt(7)) {
      case 0 -> one.then(of(random, depth - 1));
      case 1 -> one.or(of(random, depth - 1));
      case 2 -> one.group(random).counted(random.nextInt(4), "");
      case 3 -> one.group(random).counted(1 + random.nextInt(3), "?");
      case 4 -> random.nextInt(4) > 0 ? one : one.group(random).repeated(random);
      case 5 -> one.group(random);
      default -> one.then(of(random, depth - 1)).then(of(random, depth - 1));
    };
  }

  private RandomExpression then(RandomExpression next) {
    return new RandomExpression(re + next.re, longest + next.longest, endless || next.endless);
  }

  private RandomExpression or(RandomExpression other) {
    boolean first = endless == other.endless ? longest.length() >= other.longest.length() : endless;
    return new RandomExpression(
        "(?:" + re + "|" + other.re + ")",
        first ? longest : other.longest,
        endless || other.endless);
  }

  private RandomExpression group(Random random) {
    String[] open = {"(", "(?:", "(?s:", "(?P<n" + random.nextInt(1 << 30) + ">"};
    return new RandomExpression(open[random.nextInt(open.length)] + re + ")", longest, endless);
  }

  private RandomExpression counted(int most, String lazy) {
    String counts = most == 2 ? "{2}" : "{0," + most + "}";
    return new RandomExpression(re + counts + lazy, longest.repeat(most), most > 0 && endless);
  }

  private RandomExpression repeated(Random random) {
    String[] operators = {"*", "+", "{1,}", "*?"};
    return new RandomExpression(
        re + operators[random.nextInt(operators.length)],
        longest.repeat(longest.length() > 200 ? 1 : MANY),
        endless || !longest.isEmpty());
  }
}
