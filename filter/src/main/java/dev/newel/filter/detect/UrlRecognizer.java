package dev.newel.filter.detect;

import dev.newel.policy.Entity;
import java.util.List;

/**
 * Addresses of the web (RFC 3986): a scheme and {@code ://}, or {@code www.}. What is longer than
 * 240 characters is found as far as that.
 */
record UrlRecognizer() implements Recognizer {
  private static final int MAX_SCHEME = 12;

  @Override
  public Entity entity() {
    return Entity.URL;
  }

  @Override
  public void find(String text, Window window, List<Match> matches) {
    for (int at = text.indexOf("://", window.from());
        at >= 0 && at < (long) window.to() + MAX_SCHEME;
        at = text.indexOf("://", at + 3)) {
      int start = at;
      while (start > 0 && at - start < MAX_SCHEME && Recognizer.isLetter(text.charAt(start - 1))) {
        start--;
      }
      if (start < at) {
        add(text, start, at + 3, window, matches);
      }
    }
    for (int at = text.indexOf("www.", window.from());
        at >= 0 && at < window.to();
        at = text.indexOf("www.", at + 4)) {
      if (at == 0 || " \t\n\r(\"'<>,;:[".indexOf(text.charAt(at - 1)) >= 0) {
        add(text, at, at + 4, window, matches);
      }
    }
  }

  private void add(String text, int start, int host, Window window, List<Match> matches) {
    int limit = Math.min(text.length(), start + entity().maxLength());
    int end = host;
    while (end < limit && isUrl(text.charAt(end))) {
      end++;
    }
    while (end > host && ".,;:!?)]}'*".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    if (end > host + 2 && window.contains(start)) {
      matches.add(new Match(entity().label(), start, end, 1));
    }
  }

  private static boolean isUrl(char c) {
    return c > ' '
        && c != '"'
        && c != '<'
        && c != '>'
        && c != '`'
        && c != '|'
        && c != '\\'
        && c != '^'
        && c < 0x3000;
  }
}
