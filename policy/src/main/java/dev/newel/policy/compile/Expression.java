package dev.newel.policy.compile;

/**
 * Measures an expression in RE2 syntax without compiling it: how long a match can be, how large the
 * compiled program can get, and how deep its groups nest. RE2/J unrolls {@code {n}} when it
 * compiles, so a short expression such as {@code ((a{1000}){1000}){1000}} would fill the memory
 * before its size could be asked for.
 *
 * <p>The parser follows the syntax page of RE2 (github.com/google/re2/wiki/Syntax) and RE2/J where
 * that page is silent, and counts upwards where it is not exact. It accepts any text: what RE2/J
 * refuses gets some numbers, which nobody asks for.
 */
final class Expression {
  /** The deepest nesting that is looked into; each level costs stack here and in RE2/J. */
  static final int MAX_NESTING = 250;

  private static final java.util.regex.Pattern COUNTS =
      java.util.regex.Pattern.compile("\\{(0|[1-9][0-9]{0,8})(,(0|[1-9][0-9]{0,8})?)?}");

  private final String re;
  private int at;
  private int depth;
  private int nesting;
  private final ExpressionSize size;

  private Expression(String expression) {
    this.re = expression;
    ExpressionSize all = alternation();
    while (at < re.length()) { // an unbalanced parenthesis, which RE2/J will refuse
      at++;
      all = all.then(alternation());
    }
    this.size = all.then(new ExpressionSize(0, 2));
  }

  static Expression of(String expression) {
    return new Expression(expression);
  }

  long maxLength() {
    return nesting > MAX_NESTING ? ExpressionSize.UNBOUNDED : size.length();
  }

  long maxInstructions() {
    return size.instructions();
  }

  boolean isTooDeep() {
    return nesting > MAX_NESTING;
  }

  private ExpressionSize alternation() {
    ExpressionSize all = sequence();
    while (peek() == '|') {
      at++;
      all = all.or(sequence());
    }
    return all;
  }

  /**
   * An operator belongs to the last atom, also across flags and empty quotes, as in {@code a(?i)*}.
   */
  private ExpressionSize sequence() {
    ExpressionSize before = new ExpressionSize(0, 1);
    ExpressionSize last = ExpressionSize.NOTHING;
    while (at < re.length() && peek() != '|' && peek() != ')') {
      char c = peek();
      ExpressionSize counted = c == '{' ? counted(last) : null;
      if (counted != null) {
        last = counted;
      } else if (c == '*' || c == '+') {
        at++;
        last = last.endless(1);
      } else if (c == '?') {
        at++;
        last = last.repeated(1);
      } else {
        ExpressionSize atom = atom();
        if (!atom.equals(ExpressionSize.NOTHING)) {
          before = before.then(last);
          last = atom;
        }
      }
    }
    return before.then(last);
  }

  /** The atom under {@code {n,m}}, or null when this brace is an ordinary character. */
  private ExpressionSize counted(ExpressionSize atom) {
    var counts = COUNTS.matcher(re).region(at, re.length());
    if (!counts.lookingAt()) {
      return null;
    }
    at = counts.end();
    long least = Long.parseLong(counts.group(1));
    if (counts.group(2) == null) {
      return atom.repeated(least);
    }
    return counts.group(3) == null
        ? atom.endless(least + 1)
        : atom.repeated(Long.parseLong(counts.group(3)));
  }

  private ExpressionSize atom() {
    char c = peek();
    switch (c) {
      case '(':
        return group();
      case '[':
        return new ExpressionSize(characterClass(), 1);
      case '\\':
        return escape();
      case '.':
        at++;
        return new ExpressionSize(2, 1);
      case '^', '$':
        at++;
        return new ExpressionSize(0, 1);
      default:
        int units = Character.charCount(re.codePointAt(at));
        at += units;
        return new ExpressionSize(units, 1);
    }
  }

  private ExpressionSize group() {
    at++;
    if (peek() == '?') {
      if (re.startsWith("?P<", at) || re.startsWith("?<", at)) {
        skipPast(">");
      } else {
        while (at < re.length() && peek() != ':' && peek() != ')') {
          at++;
        }
        if (peek() == ')') { // flags only, as in (?i)
          at++;
          return ExpressionSize.NOTHING;
        }
        at++;
      }
    }
    depth++;
    nesting = Math.max(nesting, depth);
    if (depth > MAX_NESTING) {
      at = re.length();
    }
    ExpressionSize inner = alternation();
    depth--;
    at++; // the closing parenthesis
    return inner.then(new ExpressionSize(0, 2));
  }

  /** Units of the longest character in the class. */
  private int characterClass() {
    at++;
    boolean wide = peek() == '^';
    if (wide) {
      at++;
    }
    boolean first = true;
    while (at < re.length() && (first || peek() != ']')) {
      first = false;
      if (re.startsWith("[:", at) && re.indexOf(":]", at) > 0) {
        wide |= re.startsWith("[:^", at);
        skipPast(":]");
      } else {
        boolean set = peek() == '\\' && at + 1 < re.length() && isSet(re.charAt(at + 1));
        wide |= classCharacter() > 1;
        if (!set
            && peek() == '-'
            && !re.startsWith("-]", at)) { // a range: what follows is a character
          at++;
          wide |= classCharacter() > 1;
        }
      }
    }
    at++;
    return wide ? 2 : 1;
  }

  private long classCharacter() {
    if (peek() == '\\') {
      return escape().length();
    }
    int units = at < re.length() ? Character.charCount(re.codePointAt(at)) : 1;
    at += units;
    return units;
  }

  private static boolean isSet(char escaped) {
    return "dDsSwWpP".indexOf(escaped) >= 0;
  }

  private ExpressionSize escape() {
    at++;
    char c = peek();
    at++;
    switch (c) {
      case 'A', 'z', 'b', 'B':
        return new ExpressionSize(0, 1);
      case 'Q':
        int from = at;
        skipPast("\\E");
        int to = re.startsWith("\\E", at - 2) && at - 2 >= from ? at - 2 : at;
        return to == from ? ExpressionSize.NOTHING : new ExpressionSize(to - from, to - from);
      case 'x':
        skipBraced(2);
        return new ExpressionSize(2, 1);
      case 'p', 'P':
        skipBraced(1);
        return new ExpressionSize(2, 1);
      case 'D', 'S', 'W':
        return new ExpressionSize(2, 1);
      default:
        for (int i = 0; c >= '0' && c <= '7' && i < 2 && peek() >= '0' && peek() <= '7'; i++) {
          at++;
        }
        if (Character.isHighSurrogate(c)) {
          at++;
          return new ExpressionSize(2, 1);
        }
        return new ExpressionSize(1, 1);
    }
  }

  private void skipBraced(int plain) {
    if (peek() == '{') {
      skipPast("}");
    } else {
      at += plain;
    }
  }

  private void skipPast(String end) {
    int found = re.indexOf(end, at);
    at = found < 0 ? re.length() : found + end.length();
  }

  /** The character here; NUL, which has no meaning in the syntax, behind the end. */
  private char peek() {
    return at < re.length() ? re.charAt(at) : '\0';
  }
}
