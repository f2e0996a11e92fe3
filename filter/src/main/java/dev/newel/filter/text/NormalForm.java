package dev.newel.filter.text;

/**
 * Characters that are their own NFKC form, known by their range: most of what is written in the
 * scripts of the world, so that it need not be asked for one by one.
 */
final class NormalForm {
  /** First and last of each range, ascending. {@code NormalFormTest} compares with the JDK. */
  private static final char[] RANGES = {
    0x00bf, 0x0131, 0x0134, 0x013e, 0x0141, 0x0148, 0x014a, 0x017e, 0x0388, 0x03ce, 0x0400, 0x052f,
    0x0531, 0x0556, 0x0561, 0x0586, 0x05d0, 0x05ea, 0x0620, 0x0674, 0x0904, 0x0939, 0x0e01, 0x0e32,
    0x1e00, 0x1e99, 0x1ea0, 0x1ef9, 0x2012, 0x2016, 0x2018, 0x201e, 0x2022, 0x2022, 0x3001, 0x3029,
    0x3041, 0x3096, 0x30a1, 0x30fe, 0x3400, 0x4dbf, 0x4e00, 0x9fff, 0xac00, 0xd7a3,
  };

  private NormalForm() {}

  static boolean isStable(int point) {
    if (point > 0xd7a3) {
      return false;
    }
    for (int i = 0; i < RANGES.length; i += 2) {
      if (point <= RANGES[i + 1]) {
        return point >= RANGES[i];
      }
    }
    return false;
  }
}
