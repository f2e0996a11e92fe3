package dev.newel.filter.text;

/**
 * Makes code points of decoded bytes (UTF-8, RFC 3629). A byte that fits nowhere parts what stands
 * around it, so reading may begin anywhere.
 */
final class Utf8Reader {
  private final Islands islands;
  private int point;
  private int missing;
  private int least;
  private int from;

  Utf8Reader(Islands islands) {
    this.islands = islands;
  }

  /** Adds a byte, read from these indices of the encoded text. */
  void add(int octet, int start, int end) {
    if (missing > 0) {
      if ((octet & 0xc0) == 0x80) {
        point = (point << 6) | (octet & 0x3f);
        if (--missing == 0) {
          emit(end);
        }
        return;
      }
      missing = 0;
      islands.gap();
    }
    from = start;
    if (octet < 0x80) {
      islands.add(octet, start, end);
    } else if (octet >= 0xc2 && octet <= 0xdf) {
      begin(octet & 0x1f, 1, 0x80);
    } else if (octet >= 0xe0 && octet <= 0xef) {
      begin(octet & 0x0f, 2, 0x800);
    } else if (octet >= 0xf0 && octet <= 0xf4) {
      begin(octet & 0x07, 3, 0x10000);
    } else {
      islands.gap();
    }
  }

  private void begin(int bits, int more, int leastPoint) {
    point = bits;
    missing = more;
    least = leastPoint;
  }

  private void emit(int end) {
    if (point >= least && point <= Character.MAX_CODE_POINT) {
      islands.add(point, from, end);
    } else {
      islands.gap();
    }
  }

  /** The run of bytes has ended for good. */
  void end() {
    missing = 0;
    islands.gap();
  }

  /** As {@link Islands#pause}: a character of which bytes are missing is not certain. */
  int pause(int at) {
    int certain = missing > 0 ? from : at;
    missing = 0;
    return islands.pause(certain);
  }
}
