package dev.newel.policy;

/** What may stand in an identifier: everything that can appear in a URL path segment unescaped. */
final class Names {
  private Names() {}

  static void require(String value, String what) {
    if (value == null || value.isEmpty() || value.length() > 253) {
      throw new IllegalArgumentException(what + " needs 1 to 253 characters");
    }
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!((c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '-' || c == '.')) {
        throw new IllegalArgumentException(
            what + " is " + value + "; only a-z, 0-9, - and . are allowed");
      }
    }
  }
}
