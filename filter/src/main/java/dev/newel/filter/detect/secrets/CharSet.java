package dev.newel.filter.detect.secrets;

/**
 * Sets of ASCII characters that tokens are made of, by the letter that stands for them in a {@link
 * Shape}.
 */
enum CharSet {
  /** Decimal digits. */
  DIGITS('d', "0-9"),
  /** Lower-case hexadecimal. */
  HEX('h', "0-9a-f"),
  /** Hexadecimal in either case. */
  ANY_HEX('H', "0-9a-fA-F"),
  /** Upper case and digits. */
  UPPER('u', "0-9A-Z"),
  /** Lower case and digits. */
  LOWER('l', "0-9a-z"),
  /** Letters and digits. */
  ALPHANUMERIC('a', "0-9a-zA-Z"),
  /** RFC 4648, 5: base64url without padding. */
  URL_SAFE('w', "0-9a-zA-Z_-"),
  /** RFC 4648, 4: base64. */
  BASE64('b', "0-9a-zA-Z+/="),
  /** RFC 7515: base64url in parts joined by dots, and what some vendors add. */
  TOKEN('t', "0-9a-zA-Z_.~=-"),
  /** Base64, also percent-encoded. */
  PERCENT('p', "0-9a-zA-Z%+/=_-"),
  /** Paths in webhook addresses. */
  PATH('/', "0-9a-zA-Z/_@.-"),
  /** crypt(3). */
  CRYPT('c', "0-9a-zA-Z./$+=,-");

  private final char letter;

  /** Members below 64, and those from 64 on. */
  private final long low;

  private final long high;

  CharSet(char letter, String ranges) {
    this.letter = letter;
    long below = 0;
    long above = 0;
    int i = 0;
    while (i < ranges.length()) {
      boolean range = i + 2 < ranges.length() && ranges.charAt(i + 1) == '-';
      char to = ranges.charAt(range ? i + 2 : i);
      for (char c = ranges.charAt(i); c <= to; c++) {
        below |= c < 64 ? 1L << c : 0;
        above |= c < 64 ? 0 : 1L << (c - 64);
      }
      i += range ? 3 : 1;
    }
    this.low = below;
    this.high = above;
  }

  boolean has(char c) {
    return c < 128 && ((c < 64 ? low >>> c : high >>> (c - 64)) & 1) != 0;
  }

  static CharSet of(char letter) {
    for (CharSet set : values()) {
      if (set.letter == letter) {
        return set;
      }
    }
    throw new IllegalArgumentException("no set of characters is called " + letter);
  }
}
