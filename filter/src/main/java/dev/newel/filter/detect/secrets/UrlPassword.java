package dev.newel.filter.detect.secrets;

import java.util.Set;

/** Passwords in addresses (RFC 3986, 3.2.1): {@code scheme://user:password@host}. */
final class UrlPassword {
  private static final int MAX = 128;

  private static final Set<String> TEMPLATES =
      Set.of("password", "pass", "pwd", "passwd", "user", "pw", "passwort", "token");

  private UrlPassword() {}

  /** The password behind the {@code ://} at this index, or null. */
  static Candidate at(String text, int slashes) {
    int at = slashes + 3;
    int user = at;
    while (user < text.length() && user - at < 64 && isPart(text.charAt(user))) {
      user++;
    }
    if (user == text.length() || text.charAt(user) != ':') {
      return null;
    }
    int from = user + 1;
    int to = from;
    while (to < text.length()
        && to - from < MAX
        && (isPart(text.charAt(to)) || text.charAt(to) == ':')) {
      to++;
    }
    if (to == text.length() || text.charAt(to) != '@' || to - from < 3) {
      return null;
    }
    String value = text.substring(from, to);
    return TEMPLATES.contains(value.toLowerCase(java.util.Locale.ROOT))
            || Placeholder.isValue(value)
        ? null
        : new Candidate("PASSWORD", from, to, null);
  }

  /** The password in {@code curl -u user:password}, whose option ends at this index, or null. */
  static Candidate option(String text, int end) {
    int at = end < text.length() && "'\"".indexOf(text.charAt(end)) >= 0 ? end + 1 : end;
    int colon = at;
    while (colon < text.length() && colon - at < 64 && isPart(text.charAt(colon))) {
      colon++;
    }
    if (colon == at || colon == text.length() || text.charAt(colon) != ':') {
      return null;
    }
    int to = colon + 1;
    while (to < text.length() && to - colon < MAX && isPart(text.charAt(to))) {
      to++;
    }
    String value = text.substring(colon + 1, to);
    return TokenValue.isPassword(value) ? new Candidate("PASSWORD", colon + 1, to, null) : null;
  }

  private static boolean isPart(char c) {
    return c > ' ' && c < 0x7f && "/?#@:\"'`<>\\".indexOf(c) < 0;
  }
}
