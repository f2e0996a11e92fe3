package dev.newel.policy;

/**
 * A pattern for names: {@code *} stands for any number of characters, {@code ?} for one, everything
 * else for itself. Case counts. Matching takes time in proportion to pattern times name at most.
 *
 * @param pattern 1 to 128 characters
 */
public record Glob(String pattern) implements Comparable<Glob> {
  private static final int MAX_LENGTH = 128;

  public Glob {
    if (pattern.isEmpty() || pattern.length() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "the name has %d characters; allowed are 1 to %d"
              .formatted(pattern.length(), MAX_LENGTH));
    }
  }

  /** Whether the whole name matches. */
  public boolean matches(String name) {
    int p = 0;
    int n = 0;
    int star = -1; // behind the last star, from where another try can begin
    int mark = 0;
    while (n < name.length()) {
      char c = p < pattern.length() ? pattern.charAt(p) : '\0';
      if (p < pattern.length() && c == '*') {
        star = ++p;
        mark = n;
      } else if (p < pattern.length() && (c == '?' || c == name.charAt(n))) {
        p++;
        n++;
      } else if (star >= 0) {
        p = star;
        n = ++mark;
      } else {
        return false;
      }
    }
    while (p < pattern.length() && pattern.charAt(p) == '*') {
      p++;
    }
    return p == pattern.length();
  }

  @Override
  public int compareTo(Glob other) {
    return pattern.compareTo(other.pattern);
  }

  @Override
  public String toString() {
    return pattern;
  }
}
