package dev.newel.filter.detect.secrets;

/**
 * Private keys in PEM (RFC 7468) and PGP armour (RFC 9580, 6.2), also with line ends written as
 * {@code \n} or indented.
 */
final class PrivateKey {
  /** The most characters from the header to the end of the footer: an RSA key of 8192 bits. */
  static final int MAX = 7_900;

  static final String BEGIN = "-----begin ";

  private static final String FOOTER = "-----END";

  /** So much of a key must follow for it to be one, and no mention of one. */
  private static final int LEAST = 32;

  /** And within so many characters of its beginning, or a stream could not tell in time. */
  private static final int DECIDED = 245;

  private PrivateKey() {}

  /** Where the key ends whose header begins at this index, or -1 when there is none. */
  static int end(String text, int begin) {
    int at = begin + BEGIN.length();
    int title = at;
    while (at < text.length() && at - title < 48 && isTitle(text.charAt(at))) {
      at++;
    }
    String name = text.substring(title, at);
    if (!name.contains("PRIVATE KEY") || !text.startsWith("-----", at)) {
      return -1;
    }
    at += 5;
    int body = 0;
    int limit = Math.min(text.length(), begin + MAX);
    while (at < limit) {
      char c = text.charAt(at);
      if (text.startsWith(FOOTER, at)) {
        int end = text.indexOf("-----", at + FOOTER.length());
        return body < LEAST ? -1 : end < 0 || end - at > 40 ? at : end + 5;
      }
      if (c == '\\' && at + 1 < limit && "nrt".indexOf(text.charAt(at + 1)) >= 0) {
        at += 2;
      } else if (CharSet.BASE64.has(c)) {
        body += at < begin + DECIDED ? 1 : 0;
        at++;
      } else if (c == '\n' || c == '\r') {
        at = header(text, at + 1, limit);
      } else if (isSpace(text, at)) {
        at++;
      } else {
        break;
      }
    }
    return body < LEAST ? -1 : at;
  }

  private static boolean isTitle(char c) {
    return c == ' ' || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
  }

  /** Skips a line such as {@code DEK-Info: AES-256-CBC,…} or {@code Version: …}. */
  private static int header(String text, int at, int limit) {
    int colon = at;
    while (colon < limit
        && colon - at < 16
        && (Character.isLetter(text.charAt(colon)) || text.charAt(colon) == '-')) {
      colon++;
    }
    if (colon == at || colon >= limit || text.charAt(colon) != ':') {
      return at;
    }
    int end = colon;
    while (end < limit
        && end - colon < 80
        && text.charAt(end) != '\n'
        && text.charAt(end) != '\\') {
      end++;
    }
    return end;
  }

  /** Blanks and quotes beside a line end are layout; elsewhere the key has ended. */
  private static boolean isSpace(String text, int at) {
    if (" \t\"'+,|>".indexOf(text.charAt(at)) < 0) {
      return false;
    }
    for (int i = at - 1; i > at - 24 && i >= 0; i--) {
      char c = text.charAt(i);
      if (c == '\n' || (c == 'n' && i > 0 && text.charAt(i - 1) == '\\') || c == '-') {
        return true;
      }
      if (" \t\"'+,|>".indexOf(c) < 0) {
        break;
      }
    }
    for (int i = at + 1; i < at + 24 && i < text.length(); i++) {
      if (text.charAt(i) == '\n') {
        return true;
      }
      if (" \t\"'+,|>".indexOf(text.charAt(i)) < 0) {
        break;
      }
    }
    return false;
  }
}
