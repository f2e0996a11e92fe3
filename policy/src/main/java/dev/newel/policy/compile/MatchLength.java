package dev.newel.policy.compile;

import java.util.OptionalInt;

/**
 * How long a match of an expression in RE2 syntax can be at most, in UTF-16 code units. A stream
 * must hold back that much to mask a match that arrives in pieces, so an expression without a bound
 * cannot guard one.
 *
 * <p>The parser follows the syntax page of RE2 (github.com/google/re2/wiki/Syntax) and counts
 * upwards where it is not exact: a class counts two units when it may hold a character beyond the
 * basic plane. It is given only expressions that RE2/J has accepted.
 */
public final class MatchLength {
  private static final long UNBOUNDED = Long.MAX_VALUE;

  private final String re;
  private int at;

  private MatchLength(String expression) {
    this.re = expression;
  }

  /**
   * The bound, or empty when there is none.
   *
   * @param expression valid RE2 syntax
   */
  public static OptionalInt of(String expression) {
    var parser = new MatchLength(expression);
    long max = parser.alternation();
    if (parser.at < expression.length()) {
      throw new IllegalArgumentException("unbalanced ) at " + parser.at + " in " + expression);
    }
    return max > Integer.MAX_VALUE ? OptionalInt.empty() : OptionalInt.of((int) max);
  }

  private long alternation() {
    long max = sequence();
    while (at < re.length() && re.charAt(at) == '|') {
      at++;
      max = Math.max(max, sequence());
    }
    return max;
  }

  private long sequence() {
    long sum = 0;
    while (at < re.length() && re.charAt(at) != '|' && re.charAt(at) != ')') {
      sum = add(sum, repeated(atom()));
    }
    return sum;
  }

  private long repeated(long atom) {
    long length = atom;
    while (at < re.length()) {
      char c = re.charAt(at);
      if (c == '*' || c == '+') {
        at++;
        length = length == 0 ? 0 : UNBOUNDED;
      } else if (c == '?') {
        at++;
      } else if (c == '{') {
        int close = re.indexOf('}', at);
        String body = close < 0 ? "" : re.substring(at + 1, close);
        if (!body.matches("\\d+(,\\d*)?")) {
          return length; // a literal brace: counted as the next atom
        }
        at = close + 1;
        int comma = body.indexOf(',');
        String most = comma < 0 ? body : body.substring(comma + 1);
        length = most.isEmpty() ? (length == 0 ? 0 : UNBOUNDED) : times(length, most);
      } else {
        return length;
      }
    }
    return length;
  }

  private long atom() {
    char c = re.charAt(at);
    switch (c) {
      case '(':
        return group();
      case '[':
        return characterClass();
      case '\\':
        return escape();
      case '.':
        at++;
        return 2;
      case '^', '$':
        at++;
        return 0;
      default:
        int point = re.codePointAt(at);
        at += Character.charCount(point);
        return Character.charCount(point);
    }
  }

  private long group() {
    at++;
    if (re.startsWith("?", at)) {
      int end = at;
      if (re.startsWith("?P<", at) || re.startsWith("?<", at)) {
        end = re.indexOf('>', at);
      } else {
        while (re.charAt(end) != ':' && re.charAt(end) != ')') {
          end++;
        }
        if (re.charAt(end) == ')') { // flags only, as in (?i)
          at = end + 1;
          return 0;
        }
      }
      at = end + 1;
    }
    long max = alternation();
    at++; // the closing parenthesis, which RE2/J has seen
    return max;
  }

  private long characterClass() {
    int i = at + 1;
    boolean wide = i < re.length() && re.charAt(i) == '^';
    if (wide) {
      i++;
    }
    boolean first = true;
    while (first || re.charAt(i) != ']') {
      first = false;
      char c = re.charAt(i);
      if (c == '[' && re.startsWith("[:", i)) {
        wide |= re.startsWith("[:^", i);
        i = re.indexOf(":]", i) + 2;
      } else if (c == '\\') {
        wide |= isWideEscape(re.charAt(i + 1));
        i += 2;
        if (re.charAt(i - 1) == 'x' || "pP".indexOf(re.charAt(i - 1)) >= 0) {
          i = re.charAt(i) == '{' ? re.indexOf('}', i) + 1 : i + (re.charAt(i - 1) == 'x' ? 2 : 1);
        }
      } else {
        wide |= Character.isSurrogate(c);
        i++;
      }
    }
    at = i + 1;
    return wide ? 2 : 1;
  }

  private long escape() {
    char c = re.charAt(at + 1);
    at += 2;
    switch (c) {
      case 'A', 'z', 'b', 'B':
        return 0;
      case 'Q':
        int end = re.indexOf("\\E", at);
        String quoted = end < 0 ? re.substring(at) : re.substring(at, end);
        at = end < 0 ? re.length() : end + 2;
        return quoted.length();
      case 'E':
        return 0;
      case 'x':
        at = re.charAt(at) == '{' ? re.indexOf('}', at) + 1 : at + 2;
        return 2;
      case 'p', 'P':
        at = re.charAt(at) == '{' ? re.indexOf('}', at) + 1 : at + 1;
        return 2;
      default:
        while (c >= '0' && c <= '7' && at < re.length() && isOctal(re.charAt(at))) {
          at++;
        }
        return isWideEscape(c) ? 2 : 1;
    }
  }

  private static boolean isOctal(char c) {
    return c >= '0' && c <= '7';
  }

  private static boolean isWideEscape(char c) {
    return "DSWCpPx".indexOf(c) >= 0;
  }

  private static long add(long a, long b) {
    return a == UNBOUNDED || b == UNBOUNDED ? UNBOUNDED : a + b;
  }

  private static long times(long length, String most) {
    return length == UNBOUNDED ? UNBOUNDED : length * Long.parseLong(most);
  }
}
