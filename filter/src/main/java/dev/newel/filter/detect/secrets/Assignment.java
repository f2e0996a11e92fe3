package dev.newel.filter.detect.secrets;

import java.util.Set;

/**
 * Values given to names that promise a secret: {@code api_key = "…"}, {@code "password": "…"},
 * {@code vendor TOKEN …}, {@code Authorization: Bearer …}. The name may be longer than the word
 * that tells ({@code ACME_API_KEY_ID}).
 */
final class Assignment {
  /** Names of passwords: their values may be short. */
  static final Set<String> PASSWORDS =
      Set.of(
          "password",
          "passwd",
          "passphrase",
          "passwort",
          "contraseña",
          "mot_de_passe",
          "senha",
          "pwd",
          "pass");

  /** Names of keys and tokens: their values look as if drawn by a machine. */
  static final Set<String> KEYS =
      Set.of(
          "secret",
          "token",
          "apikey",
          "api_key",
          "api-key",
          "api key",
          "access",
          "key",
          "auth",
          "credential",
          "private",
          "bearer",
          "basic",
          "ssws",
          "signature",
          "license",
          "webhook");

  /** From the telling word to the value, in characters. */
  static final int REACH = 80;

  private static final String SEPARATORS = " \t=:>,\"'`(|\\[{";
  private static final int MAX_VALUE = 245;

  private Assignment() {}

  /** The value assigned to the name whose telling word ends at this index, or null. */
  static Candidate at(String text, String word, int start, int end) {
    boolean password = PASSWORDS.contains(word);
    if (word.equals("pass") && isInWord(text, start, end)) {
      return null; // compass, passes
    }
    int name = end;
    while (name < text.length() && name - end < 32 && isNamePart(text.charAt(name))) {
      name++;
    }
    int at = text.startsWith(" is ", name) || text.startsWith(" is:", name) ? name + 3 : name;
    boolean assigned = at > name;
    boolean quoted = false;
    while (at < text.length() && at - name < 32 && SEPARATORS.indexOf(text.charAt(at)) >= 0) {
      char c = text.charAt(at);
      assigned |= c == '=' || c == ':' || c == '>';
      quoted = c == '"' || c == '\'' || c == '`' || (quoted && c == ' ');
      at++;
    }
    if (at == name || at - end > REACH) {
      return joined(text, end);
    }
    boolean space = at > name && !assigned && !quoted;
    if (space && name > end && !isNameEnd(text, end, name)) {
      return null; // "tokenisation of …"
    }
    char quote = at > 0 ? text.charAt(at - 1) : ' ';
    boolean inQuotes = quote == '"' || quote == '\'' || quote == '`';
    int to = at;
    int limit = Math.min(text.length(), at + MAX_VALUE);
    while (to < limit && isValue(text.charAt(to), inQuotes, quote, password)) {
      to++;
    }
    boolean closed = !inQuotes || to == text.length() || to == limit || text.charAt(to) == quote;
    to = trim(text, at, to, inQuotes);
    if (to - at < 5 || !closed) {
      return null;
    }
    String value = text.substring(at, to);
    boolean drawn = (isRun(value) || isOpaque(value, inQuotes)) && TokenValue.isToken(value);
    boolean named = password || (inQuotes && word.equals("secret") && value.length() >= 8);
    boolean chosen = named && TokenValue.isPassword(value) && (assigned || isPlain(value));
    if (!drawn && !chosen) {
      return null;
    }
    return new Candidate(
        password ? "PASSWORD" : "SECRET", at, to, to == limit ? CharSet.PERCENT : null);
  }

  private static boolean isInWord(String text, int start, int end) {
    return (start > 0
            && Character.isLowerCase(text.charAt(start - 1))
            && Character.isLowerCase(text.charAt(start)))
        || (end < text.length() && Character.isLowerCase(text.charAt(end)));
  }

  /** The value in {@code acmeSECRET-0123…}, which is of one piece with the name. */
  private static Candidate joined(String text, int end) {
    int at = end;
    while (at < text.length() && at - end < 2 && "-._".indexOf(text.charAt(at)) >= 0) {
      at++;
    }
    int to = at;
    while (to < text.length() && to - at < 128 && CharSet.URL_SAFE.has(text.charAt(to))) {
      to++;
    }
    String value = text.substring(at, to);
    boolean free = to == text.length() || "/.(=".indexOf(text.charAt(to)) < 0;
    return free && value.length() >= 20 && TokenValue.isToken(value)
        ? new Candidate("SECRET", at, to, null)
        : null;
  }

  /** Letters and digits, both, in one piece: a password even where only a space parts it. */
  private static boolean isPlain(String value) {
    return value.length() >= 6
        && value.chars().allMatch(c -> CharSet.ALPHANUMERIC.has((char) c))
        && value.chars().anyMatch(Character::isDigit)
        && value.chars().anyMatch(Character::isLetter);
  }

  private static boolean isNamePart(char c) {
    return CharSet.ALPHANUMERIC.has(c) || c == '_' || c == '-' || c == '.' || c == ']' || c == ')';
  }

  private static boolean isNameEnd(String text, int end, int name) {
    char c = text.charAt(end);
    return c == '_' || c == '-' || c == '.' || Character.isUpperCase(c) || name - end <= 2;
  }

  private static boolean isValue(char c, boolean inQuotes, char quote, boolean password) {
    if (inQuotes) {
      return c != quote && c >= ' ' && c < 0x7f && (password || c != ' ');
    }
    return c > ' ' && c < 0x7f && "\"'`,;<>&{}".indexOf(c) < 0;
  }

  private static int trim(String text, int from, int to, boolean inQuotes) {
    int end = to;
    while (!inQuotes && end > from && ".:)]|\\".indexOf(text.charAt(end - 1)) >= 0) {
      end--;
    }
    return end;
  }

  /** Quoted, long, of many different characters: generators of keys for frameworks do that. */
  private static boolean isOpaque(String value, boolean inQuotes) {
    return inQuotes && value.length() >= 24 && TokenValue.entropy(value) >= 4;
  }

  private static boolean isRun(String value) {
    for (int i = 0; i < value.length(); i++) {
      char c = value.charAt(i);
      if (!CharSet.PERCENT.has(c) && ".~:!@|$^*".indexOf(c) < 0) {
        return false;
      }
    }
    return true;
  }
}
