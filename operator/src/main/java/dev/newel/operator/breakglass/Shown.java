package dev.newel.operator.breakglass;

/** Text of users in messages: it cannot pass for something else, and it is not endless. */
final class Shown {
  private static final int MOST = 200;

  private Shown() {}

  static String text(String untrusted) {
    String visible = untrusted.replaceAll("[\\p{C}\\p{Zl}\\p{Zp}]", "\uFFFD");
    return visible.codePointCount(0, visible.length()) <= MOST
        ? visible
        : visible.substring(0, visible.offsetByCodePoints(0, MOST)) + "…";
  }
}
