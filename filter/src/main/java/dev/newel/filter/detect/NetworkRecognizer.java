package dev.newel.filter.detect;

import dev.newel.policy.Entity;
import java.util.List;

/** Addresses of IPv4 (RFC 791) and IPv6 (RFC 4291, 2.2), and MAC addresses (IEEE 802). */
record NetworkRecognizer(Entity entity) implements Recognizer {
  @Override
  public void find(String text, Window window, List<Match> matches) {
    int to = Math.min(window.to(), text.length());
    for (int i = window.from(); i < to; i++) {
      char c = text.charAt(i);
      boolean begins = isHex(c) || c == ':';
      if (begins && (i == 0 || !isPart(text.charAt(i - 1)))) {
        int end = entity == Entity.MAC_ADDRESS ? mac(text, i) : Math.max(v4(text, i), v6(text, i));
        if (end > 0) {
          matches.add(new Match(entity.label(), i, end, 1));
        }
      }
    }
  }

  private static int v4(String text, int from) {
    int at = from;
    for (int part = 0; part < 4; part++) {
      int value = 0;
      int digits = 0;
      while (at < text.length() && digits < 4 && Recognizer.isDigit(text.charAt(at))) {
        value = value * 10 + text.charAt(at++) - '0';
        digits++;
      }
      if (digits == 0 || digits > 3 || value > 255) {
        return -1;
      }
      if (part < 3 && (at >= text.length() || text.charAt(at++) != '.')) {
        return -1;
      }
    }
    boolean goesOn =
        at < text.length()
            && (Recognizer.isAlphanumeric(text.charAt(at))
                || (text.charAt(at) == '.'
                    && at + 1 < text.length()
                    && Recognizer.isDigit(text.charAt(at + 1))));
    return goesOn ? -1 : at;
  }

  private static int v6(String text, int from) {
    int at = from;
    int groups = 0;
    int colons = 0;
    boolean gap = false;
    while (at < text.length()
        && at - from < 45
        && (isHex(text.charAt(at)) || text.charAt(at) == ':')) {
      if (text.charAt(at) == ':') {
        colons++;
        if (at + 1 < text.length() && text.charAt(at + 1) == ':') {
          if (gap) {
            return -1;
          }
          gap = true;
          at++;
        }
        at++;
      } else {
        int start = at;
        while (at < text.length() && at - start < 5 && isHex(text.charAt(at))) {
          at++;
        }
        if (at - start > 4) {
          return -1;
        }
        groups++;
      }
    }
    boolean ends = at == text.length() || !isPart(text.charAt(at)) || text.charAt(at) == '.';
    boolean whole = gap ? groups >= 2 && groups < 8 : groups == 8 && colons == 7;
    return ends && whole && text.charAt(at - 1) != ':' ? at : -1;
  }

  private static int mac(String text, int from) {
    if (from + 17 > text.length()) {
      return -1;
    }
    char separator = text.charAt(from + 2);
    if (separator != ':' && separator != '-') {
      return -1;
    }
    for (int i = 0; i < 17; i++) {
      char c = text.charAt(from + i);
      if (i % 3 == 2 ? c != separator : !isHex(c)) {
        return -1;
      }
    }
    return from + 17 == text.length() || !isPart(text.charAt(from + 17)) ? from + 17 : -1;
  }

  private static boolean isHex(char c) {
    return Recognizer.isDigit(c) || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
  }

  private static boolean isPart(char c) {
    return Recognizer.isAlphanumeric(c) || c == ':' || c == '.' || c == '_' || c == '-';
  }
}
