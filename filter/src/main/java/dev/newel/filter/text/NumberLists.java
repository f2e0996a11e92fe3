package dev.newel.filter.text;

/**
 * Character codes as numbers with something between them: {@code 69 67 6e}, {@code 0x69, 0x67},
 * {@code 01101001 01100111}, {@code 105 103 110}.
 */
final class NumberLists implements Decoder {
  /** The most characters between two numbers. */
  private static final int WIDEST = 3;

  private final View view;
  private final int radix;
  private final int least;
  private final int most;

  private NumberLists(View view, int radix, int least, int most) {
    this.view = view;
    this.radix = radix;
    this.least = least;
    this.most = most;
  }

  static NumberLists hex() {
    return new NumberLists(View.HEX, 16, 2, 2);
  }

  static NumberLists binary() {
    return new NumberLists(View.BINARY, 2, 8, 8);
  }

  static NumberLists decimal() {
    return new NumberLists(View.DECIMAL, 10, 2, 3);
  }

  @Override
  public View view() {
    return view;
  }

  @Override
  public Decoded decode(NormalizedText parent) {
    String text = parent.text();
    int length = text.length();
    var islands = new Islands(parent, view);
    var bytes = new Utf8Reader(islands);
    int last = 0;
    int i = 0;
    while (i < length) {
      if (!isAlphanumeric(text.charAt(i))) {
        i++;
        continue;
      }
      int start = i;
      while (i < length && i - start <= most + 2 && isAlphanumeric(text.charAt(i))) {
        i++;
      }
      if (i == length && parent.isOpen()) {
        return paused(parent, bytes, islands, start);
      }
      int number = i < length && isAlphanumeric(text.charAt(i)) ? -1 : number(text, start, i);
      while (i < length && isAlphanumeric(text.charAt(i))) {
        i++;
      }
      if (start - last > WIDEST || number < 0) {
        bytes.end();
      }
      if (number >= 0) {
        bytes.add(number, start, i);
      }
      last = i;
    }
    if (parent.isOpen() && length - last <= WIDEST) {
      return paused(parent, bytes, islands, length);
    }
    bytes.end();
    return new Decoded(islands.texts(), Decoded.pending(parent, length));
  }

  private static Decoded paused(NormalizedText parent, Utf8Reader bytes, Islands islands, int at) {
    int pending = bytes.pause(at);
    return new Decoded(islands.texts(), Decoded.pending(parent, pending));
  }

  /** The number that the token is, 0 to 255; -1 when it is none. */
  private int number(String text, int start, int end) {
    int from = start;
    if (end - start > 2
        && text.charAt(start) == '0'
        && "xXbB".indexOf(text.charAt(start + 1)) >= 0
        && radix != 10
        && end - start - 2 >= least) {
      from = start + 2;
    }
    if (end - from < least || end - from > most) {
      return -1;
    }
    int number = 0;
    for (int i = from; i < end; i++) {
      int digit = Character.digit(text.charAt(i), radix);
      if (digit < 0) {
        return -1;
      }
      number = number * radix + digit;
    }
    return number < 256 ? number : -1;
  }

  private static boolean isAlphanumeric(char c) {
    return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
  }
}
