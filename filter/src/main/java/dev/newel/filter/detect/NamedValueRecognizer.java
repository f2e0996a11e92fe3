package dev.newel.filter.detect;

import dev.newel.policy.Entity;
import java.util.List;

/**
 * What only its name tells: user names, passwords, secret keys of AWS. The name comes first, then a
 * colon, an equals sign, {@code is} or a space, then the value.
 */
record NamedValueRecognizer(Entity entity, List<String> names) implements Recognizer {
  static NamedValueRecognizer of(Entity entity) {
    return new NamedValueRecognizer(
        entity,
        switch (entity) {
          case USERNAME ->
              List.of(
                  "username",
                  "user name",
                  "user_name",
                  "login",
                  "userid",
                  "user id",
                  "benutzername",
                  "usuario",
                  "screen name",
                  "handle");
          case PASSWORD ->
              List.of(
                  "password",
                  "passwd",
                  "passphrase",
                  "passwort",
                  "contraseña",
                  "mot de passe",
                  "senha",
                  "pwd",
                  "passcode");
          default -> List.of("secret", "aws");
        });
  }

  @Override
  public void find(String text, Window window, List<Match> matches) {
    int from = Math.max(0, window.from() - 100);
    int to = (int) Math.min(text.length(), (long) window.to());
    String folded = folded(text, from, to);
    for (String name : names) {
      for (int at = folded.indexOf(name); at >= 0; at = folded.indexOf(name, at + 1)) {
        value(text, from + at + name.length(), window, matches);
      }
    }
  }

  /** Character by character, so that indices stay. */
  private static String folded(String text, int from, int to) {
    var out = new StringBuilder(Math.max(0, to - from));
    for (int i = from; i < to; i++) {
      out.append(Character.toLowerCase(text.charAt(i)));
    }
    return out.toString();
  }

  private void value(String text, int from, Window window, List<Match> matches) {
    boolean key = entity == Entity.AWS_SECRET_KEY;
    int at = from;
    while (key
        && at < text.length()
        && at - from < 24
        && (Recognizer.isAlphanumeric(text.charAt(at)) || text.charAt(at) == '_')) {
      at++;
    }
    int name = at;
    boolean said = false;
    while (at < text.length() && at - name < 12) {
      char c = text.charAt(at);
      if (text.startsWith(" is ", at)) {
        at += 3;
        said = true;
      } else if (" =:\"'`>(*,".indexOf(c) >= 0) {
        said |= "=:\"'`>(".indexOf(c) >= 0;
        at++;
      } else {
        break;
      }
    }
    int end = at;
    int limit = Math.min(text.length(), at + entity.maxLength());
    while (end < limit && text.charAt(end) > ' ' && "\"'`<>,;".indexOf(text.charAt(end)) < 0) {
      end++;
    }
    while (end > at
        && ".:)?!*".indexOf(text.charAt(end - 1)) >= 0
        && (entity != Entity.PASSWORD || end == text.length() || text.charAt(end) <= ' ')
        && text.charAt(end - 1) != '!') {
      end--;
    }
    if (at > name
        && end - at >= 3
        && window.contains(at)
        && isValue(text.substring(at, end), said)) {
      matches.add(new Match(entity.label(), at, end, 1));
    }
  }

  private boolean isValue(String value, boolean said) {
    boolean digit = value.chars().anyMatch(Character::isDigit);
    boolean letter = value.chars().anyMatch(Character::isLetter);
    boolean mark = value.chars().anyMatch(c -> !Character.isLetterOrDigit(c));
    return switch (entity) {
      case AWS_SECRET_KEY ->
          value.length() == 40
              && digit
              && letter
              && value
                  .chars()
                  .allMatch(c -> Recognizer.isAlphanumeric((char) c) || c == '/' || c == '+');
      case PASSWORD -> said && value.length() >= 4 && ((letter && (digit || mark)) || !letter);
      default ->
          said
              && letter
              && (digit || mark || value.chars().anyMatch(Character::isUpperCase))
              && value.indexOf('/') < 0
              && value.indexOf('(') < 0;
    };
  }
}
