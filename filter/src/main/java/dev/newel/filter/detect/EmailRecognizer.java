package dev.newel.filter.detect;

import dev.newel.policy.Entity;
import java.util.List;

/**
 * E-mail addresses in the dot-atom form of RFC 5322, within the lengths of RFC 5321 (4.5.3.1): 64
 * characters before the @, 254 in all. The domain needs a dot and a last label of two or more
 * letters. Internationalised addresses (RFC 6531) count letters of any script.
 */
final class EmailRecognizer implements Recognizer {
  private static final int MAX_LOCAL = 64;

  @Override
  public Entity entity() {
    return Entity.EMAIL;
  }

  @Override
  public void find(String text, Window window, List<Match> matches) {
    int limit = Math.min(text.length(), window.to() + MAX_LOCAL + 1);
    for (int at = text.indexOf('@', window.from());
        at >= 0 && at < limit;
        at = text.indexOf('@', at + 1)) {
      int start = at;
      while (start > 0 && at - start < MAX_LOCAL && isLocal(text.charAt(start - 1))) {
        start--;
      }
      while (start < at && text.charAt(start) == '.') {
        start++;
      }
      int end = domainEnd(text, at + 1, Math.min(text.length(), start + entity().maxLength()));
      if (start < at && end > 0 && window.contains(start)) {
        matches.add(new Match(entity().label(), start, end, 1));
      }
    }
  }

  /** End of the longest valid domain that begins at {@code from}, or -1. */
  private static int domainEnd(String text, int from, int limit) {
    int end = from;
    while (end < limit && isDomain(text.charAt(end))) {
      end++;
    }
    while (end > from) {
      int dot = text.lastIndexOf('.', end - 1);
      if (dot <= from) {
        return -1;
      }
      int letters = dot + 1;
      while (letters < end && Character.isLetter(text.charAt(letters))) {
        letters++;
      }
      boolean labelsFull = text.charAt(from) != '.' && text.charAt(dot - 1) != '.';
      if (letters - dot - 1 >= 2 && labelsFull) {
        return letters;
      }
      end = dot;
    }
    return -1;
  }

  private static boolean isLocal(char c) {
    return Character.isLetterOrDigit(c) || "!#$%&'*+-/=?^_`{|}~.".indexOf(c) >= 0;
  }

  private static boolean isDomain(char c) {
    return Character.isLetterOrDigit(c) || c == '-' || c == '.';
  }
}
