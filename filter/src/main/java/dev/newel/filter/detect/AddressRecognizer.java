package dev.newel.filter.detect;

import dev.newel.policy.Entity;
import java.util.List;
import java.util.Set;

/**
 * Postal addresses: a house number and words that end in a kind of street, also with place, state
 * and code behind; a street name of German form with its number; a French or Spanish kind of street
 * before its name.
 */
record AddressRecognizer() implements Recognizer {
  private static final Set<String> KINDS =
      Set.of(
          "street",
          "st",
          "avenue",
          "ave",
          "road",
          "rd",
          "boulevard",
          "blvd",
          "lane",
          "ln",
          "drive",
          "dr",
          "way",
          "court",
          "ct",
          "place",
          "pl",
          "square",
          "sq",
          "terrace",
          "ter",
          "highway",
          "hwy",
          "parkway",
          "pkwy",
          "circle",
          "cir",
          "trail",
          "trl",
          "crescent",
          "close",
          "grove",
          "gardens",
          "alley",
          "loop",
          "route",
          "plaza",
          "row",
          "mews",
          "walk",
          "rue",
          "via",
          "calle",
          "avenida",
          "paseo",
          "piazza",
          "rua");

  private static final Set<String> FIRST =
      Set.of("rue", "via", "calle", "avenida", "paseo", "piazza", "rua", "chemin", "allée");

  private static final String[] GERMAN = {
    "straße", "strasse", "str.", "weg", "gasse", "platz", "allee"
  };

  @Override
  public Entity entity() {
    return Entity.ADDRESS;
  }

  @Override
  public void find(String text, Window window, List<Match> matches) {
    int to = Math.min(window.to(), text.length());
    for (int i = window.from(); i < to; i++) {
      char c = text.charAt(i);
      boolean begins =
          i == 0
              || (!Character.isLetterOrDigit(text.charAt(i - 1))
                  && "$€£.#/-:".indexOf(text.charAt(i - 1)) < 0);
      if (begins && (Recognizer.isDigit(c) || Character.isUpperCase(c))) {
        String seen = seen(text, i);
        int end = Recognizer.isDigit(c) ? numbered(seen, 0) : named(seen, 0);
        if (end > 0) {
          matches.add(new Match(entity().label(), i, i + rest(seen, end, entity().maxLength()), 1));
        }
      }
    }
  }

  /** What may matter: an address that is longer counts as far as that. */
  private static String seen(String text, int from) {
    return text.substring(from, Math.min(text.length(), from + Entity.ADDRESS.maxLength()));
  }

  /** {@code 284 Health Sciences Dr}: up to five words, of which the last is a kind of street. */
  private static int numbered(String text, int from) {
    int at = from;
    while (at < text.length() && at - from < 6 && Character.isLetterOrDigit(text.charAt(at))) {
      at++;
    }
    if (at >= text.length() || (text.charAt(at) != ' ' && text.charAt(at) != ',')) {
      return -1;
    }
    at += text.startsWith(", ", at) ? 2 : 1;
    int best = -1;
    boolean leading = false;
    for (int words = 0; words < 6 && at < text.length(); words++) {
      int end = word(text, at);
      if (end == at
          || !(Character.isUpperCase(text.charAt(at))
              || Recognizer.isDigit(text.charAt(at))
              || leading
              || FIRST.contains(text.substring(at, end)))) {
        break;
      }
      String word = text.substring(at, end).toLowerCase(java.util.Locale.ROOT);
      leading |= words == 0 && FIRST.contains(word);
      boolean kind = KINDS.contains(word) && (words > 0 || FIRST.contains(word));
      if (kind || (leading && words > 0 && Character.isUpperCase(text.charAt(at)))) {
        best = end < text.length() && text.charAt(end) == '.' && word.length() < 5 ? end + 1 : end;
      }
      at = end < text.length() && text.charAt(end) == '.' ? end + 1 : end;
      if (at >= text.length() || text.charAt(at) != ' ') {
        break;
      }
      at++;
    }
    return best;
  }

  /** {@code Hauptstraße 5a}, {@code P.O. Box 12}. */
  private static int named(String text, int from) {
    int end = word(text, from);
    String word = text.substring(from, end).toLowerCase(java.util.Locale.ROOT);
    for (String kind : GERMAN) {
      boolean is = word.length() > kind.length() + 2 && word.endsWith(kind);
      boolean dotted =
          kind.endsWith(".")
              && word.endsWith("str")
              && word.length() > 5
              && text.startsWith(".", end);
      if (is || dotted) {
        return digits(text, dotted ? end + 1 : end);
      }
    }
    return text.startsWith("P.O. Box", from)
        ? digits(text, from + 8)
        : text.startsWith("PO Box", from) ? digits(text, from + 6) : -1;
  }

  private static int digits(String text, int at) {
    int end = at + 1;
    while (end < text.length() && end - at < 8 && Recognizer.isDigit(text.charAt(end))) {
      end++;
    }
    boolean letter =
        end < text.length()
            && Recognizer.isLetter(text.charAt(end))
            && (end + 1 == text.length() || !Character.isLetter(text.charAt(end + 1)));
    return at < text.length() && text.charAt(at) == ' ' && end > at + 1
        ? end + (letter ? 1 : 0)
        : -1;
  }

  /** Takes what belongs to it: {@code , Apt 4, Austin, TX 78701}, {@code , 10115 Berlin}. */
  private static int rest(String text, int end, int limit) {
    int most = Math.min(text.length(), limit);
    int at = end;
    int best = end;
    for (int parts = 0;
        parts < 4 && at + 2 < most && text.charAt(at) == ',' && text.charAt(at + 1) == ' ';
        parts++) {
      int from = at + 2;
      int to = from;
      boolean digit = false;
      while (to < most
          && (Character.isLetterOrDigit(text.charAt(to)) || " #-".indexOf(text.charAt(to)) >= 0)
          && to - from < 32) {
        digit |= Recognizer.isDigit(text.charAt(to));
        if (text.charAt(to) == ' ' && to + 1 < most && Character.isLowerCase(text.charAt(to + 1))) {
          break;
        }
        to++;
      }
      String part = text.substring(from, to);
      boolean state = part.length() == 2 && part.equals(part.toUpperCase(java.util.Locale.ROOT));
      if (!Character.isUpperCase(text.charAt(from)) && !Recognizer.isDigit(text.charAt(from))) {
        break;
      }
      at = to;
      best = digit || state || parts == 0 ? to : best;
    }
    while (best > end && text.charAt(best - 1) == ' ') {
      best--;
    }
    return best;
  }

  private static int word(String text, int from) {
    int end = from;
    while (end < text.length()
        && end - from < 32
        && (Character.isLetterOrDigit(text.charAt(end)) || "'’-".indexOf(text.charAt(end)) >= 0)) {
      end++;
    }
    return end;
  }
}
