package dev.newel.filter.text;

/**
 * Characters that a reader does not see: Unicode's Default_Ignorable_Code_Point
 * (DerivedCoreProperties of Unicode 16), which holds zero-width and bidirectional controls,
 * variation selectors and tags, and the soft hyphen.
 */
final class Invisible {
  private Invisible() {}

  static boolean is(int point) {
    if (point < 0x0300) {
      return point == 0x00ad;
    }
    return point == 0x034f
        || point == 0x061c
        || in(point, 0x115f, 0x1160)
        || in(point, 0x17b4, 0x17b5)
        || in(point, 0x180b, 0x180f)
        || in(point, 0x200b, 0x200f)
        || in(point, 0x202a, 0x202e)
        || in(point, 0x2060, 0x206f)
        || point == 0x3164
        || in(point, 0xfe00, 0xfe0f)
        || point == 0xfeff
        || point == 0xffa0
        || in(point, 0xfff0, 0xfff8)
        || in(point, 0x1bca0, 0x1bca3)
        || in(point, 0x1d173, 0x1d17a)
        || in(point, 0xe0000, 0xe0fff);
  }

  private static boolean in(int point, int first, int last) {
    return point >= first && point <= last;
  }
}
