package dev.newel.filter.text;

import java.util.Map;

/**
 * Reads one escape sequence: percent and two digits (RFC 3986), or u and four; quoted-printable
 * (RFC 2045); HTML's character references by number and the common ones by name; and those of
 * programming languages: backslash with u and four hexadecimal digits or some in braces, U and
 * eight, x and two, three octal digits, and the short ones for spaces and quotes.
 */
final class Escape {
  /** No sequence is longer, except of several bytes. */
  private static final int LONGEST = 12;

  private static final int UNFINISHED = -1;

  private static final Map<String, Integer> NAMES =
      Map.ofEntries(
          Map.entry("amp", (int) '&'),
          Map.entry("lt", (int) '<'),
          Map.entry("gt", (int) '>'),
          Map.entry("quot", (int) '"'),
          Map.entry("apos", (int) '\''),
          Map.entry("nbsp", (int) ' '),
          Map.entry("Tab", (int) '\t'),
          Map.entry("NewLine", (int) '\n'),
          Map.entry("excl", (int) '!'),
          Map.entry("num", (int) '#'),
          Map.entry("dollar", (int) '$'),
          Map.entry("percnt", (int) '%'),
          Map.entry("lpar", (int) '('),
          Map.entry("rpar", (int) ')'),
          Map.entry("ast", (int) '*'),
          Map.entry("plus", (int) '+'),
          Map.entry("comma", (int) ','),
          Map.entry("hyphen", (int) '-'),
          Map.entry("dash", (int) '-'),
          Map.entry("ndash", (int) '-'),
          Map.entry("mdash", (int) '-'),
          Map.entry("minus", (int) '-'),
          Map.entry("shy", 0xad),
          Map.entry("zwj", 0x200d),
          Map.entry("zwnj", 0x200c),
          Map.entry("period", (int) '.'),
          Map.entry("sol", (int) '/'),
          Map.entry("colon", (int) ':'),
          Map.entry("semi", (int) ';'),
          Map.entry("equals", (int) '='),
          Map.entry("quest", (int) '?'),
          Map.entry("commat", (int) '@'),
          Map.entry("lsqb", (int) '['),
          Map.entry("lbrack", (int) '['),
          Map.entry("bsol", (int) '\\'),
          Map.entry("rsqb", (int) ']'),
          Map.entry("rbrack", (int) ']'),
          Map.entry("lowbar", (int) '_'),
          Map.entry("grave", (int) '`'),
          Map.entry("lcub", (int) '{'),
          Map.entry("verbar", (int) '|'),
          Map.entry("vert", (int) '|'),
          Map.entry("rcub", (int) '}'));

  private static final int LONGEST_NAME = 7;

  private final String text;
  private final boolean open;
  private int length;
  private int point;

  Escape(String text, boolean open) {
    this.text = text;
    this.open = open;
  }

  /** How many characters the sequence has; 0 when there is none. */
  int length() {
    return Math.max(length, 0);
  }

  /** What it stands for; -1 for nothing, as a soft line break. */
  int point() {
    return point;
  }

  /** Whether it depends on what is not seen yet. */
  boolean isUnfinished() {
    return length == UNFINISHED;
  }

  /** Reads what begins at this index. */
  void read(int at) {
    length = 0;
    point = -1;
    switch (text.charAt(at)) {
      case '%' -> {
        if (has(at + 1, "uU")) {
          unit(at, at + 2, 4);
        } else {
          octets(at);
        }
      }
      case '=' -> {
        if (has(at + 1, "\n")) {
          length = 2;
        } else if (has(at + 1, "\r") && has(at + 2, "\n")) {
          length = 3;
        } else {
          octets(at);
        }
      }
      case '&' -> entity(at);
      default -> backslash(at);
    }
    if (length == 0 && open && at + LONGEST > text.length() && mayGoOn(at)) {
      length = UNFINISHED;
    }
  }

  /** A sequence that the end of what was seen cuts has no space and no second sign in it. */
  private boolean mayGoOn(int at) {
    for (int i = at + 1; i < text.length(); i++) {
      char c = text.charAt(i);
      boolean part =
          (c >= '0' && c <= '9')
              || (c >= 'a' && c <= 'z')
              || (c >= 'A' && c <= 'Z')
              || c == '#'
              || c == '{'
              || c == '\r'
              || c == '\\'
              || c == '%'
              || c == '=';
      if (!part) {
        return false;
      }
    }
    return true;
  }

  private boolean has(int at, String any) {
    return at < text.length() && any.indexOf(text.charAt(at)) >= 0;
  }

  /** The number that so many digits are; -1 when they are none or not there. */
  private int number(int from, int digits, int radix) {
    if (from + digits > text.length()) {
      return -1;
    }
    int number = 0;
    for (int i = from; i < from + digits; i++) {
      int digit = text.charAt(i) < 0x80 ? Character.digit(text.charAt(i), radix) : -1;
      if (digit < 0) {
        return -1;
      }
      number = number * radix + digit;
    }
    return number;
  }

  private void found(int from, int end, int value) {
    if (Character.isValidCodePoint(value) && (value >= 0x20 || value == '\n' || value == '\t')) {
      length = end - from;
      point = value;
    }
  }

  /** A UTF-16 code unit, perhaps the first of a pair. */
  private void unit(int at, int digits, int count) {
    int value = number(digits, count, 16);
    int end = digits + count;
    if (value >= 0xd800 && value <= 0xdbff) {
      int prefix = digits - at;
      if (text.startsWith(text.substring(at, digits), end)) {
        int low = number(end + prefix, count, 16);
        if (low >= 0xdc00 && low <= 0xdfff) {
          found(at, end + prefix + count, Character.toCodePoint((char) value, (char) low));
          return;
        }
      }
      length = open && end + prefix + count > text.length() ? UNFINISHED : 0;
    } else {
      found(at, end, value);
    }
  }

  /** Bytes that are a character in UTF-8, or one that stands for itself. */
  private void octets(int at) {
    int step = step(at);
    int first = octet(at);
    if (first < 0) {
      return;
    }
    int more = first < 0xc2 ? 0 : first < 0xe0 ? 1 : first < 0xf0 ? 2 : first < 0xf5 ? 3 : 0;
    int value = more == 0 ? first : first & (0x3f >> more);
    for (int i = 1; i <= more; i++) {
      int next = octet(at + i * step);
      if (next < 0 && open && at + (i + 1) * step > text.length()) {
        length = UNFINISHED;
        return;
      }
      if ((next & 0xc0) != 0x80 || next < 0) {
        found(at, at + step, first);
        return;
      }
      value = (value << 6) | (next & 0x3f);
    }
    found(at, at + (more + 1) * step, value);
  }

  private int step(int at) {
    return text.charAt(at) == '\\' ? 4 : 3;
  }

  private int octet(int at) {
    if (at >= text.length()) {
      return -1;
    }
    return switch (text.charAt(at)) {
      case '%' -> number(at + 1, 2, 16);
      case '=' -> upper(at + 1) && upper(at + 2) ? number(at + 1, 2, 16) : -1;
      case '\\' -> has(at + 1, "xX") ? number(at + 2, 2, 16) : -1;
      default -> -1;
    };
  }

  private boolean upper(int at) {
    return at < text.length() && text.charAt(at) < 'a';
  }

  private void entity(int at) {
    boolean numeric = has(at + 1, "#");
    boolean hex = numeric && has(at + 2, "xX");
    int from = at + (hex ? 3 : numeric ? 2 : 1);
    int radix = hex ? 16 : 10;
    int most = Math.min(text.length(), from + (numeric ? LONGEST - 4 : LONGEST_NAME));
    int end = from;
    while (end < most
        && text.charAt(end) < 0x80
        && (numeric
            ? Character.digit(text.charAt(end), radix) >= 0
            : Character.isLetter(text.charAt(end)))) {
      end++;
    }
    boolean closed = has(end, ";");
    if (end == from || (!closed && (!numeric || (open && end == text.length())))) {
      return;
    }
    Integer value =
        numeric
            ? Integer.valueOf(number(from, end - from, radix))
            : NAMES.get(text.substring(from, end));
    if (value != null) {
      found(at, end + (closed ? 1 : 0), value);
    }
  }

  private void backslash(int at) {
    char kind = at + 1 < text.length() ? text.charAt(at + 1) : 0;
    switch (kind) {
      case 'u', 'x' -> {
        if (has(at + 2, "{")) {
          braces(at);
        } else if (kind == 'u') {
          unit(at, at + 2, 4);
        } else {
          octets(at);
        }
      }
      case 'U' -> found(at, at + 10, number(at + 2, 8, 16));
      case '0', '1', '2', '3' -> found(at, at + 4, number(at + 1, 3, 8));
      case 'n', 'r' -> found(at, at + 2, '\n');
      case 't' -> found(at, at + 2, '\t');
      // Not two backslashes for one: which of a long row is the second depends on where it begins.
      case '"', '\'', '/' -> found(at, at + 2, kind);
      default -> length = 0;
    }
  }

  private void braces(int at) {
    int end = at + 3;
    while (end < text.length() && end < at + 9 && text.charAt(end) != '}') {
      end++;
    }
    if (end > at + 3 && has(end, "}")) {
      found(at, end + 1, number(at + 3, end - at - 3, 16));
    }
  }
}
