package dev.newel.filter.detect;

import dev.newel.policy.Entity;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * Names of people: capitalised words behind a title or {@code my name is}; a known given name with
 * what follows it; two or three capitalised words with a known family name at an end. Recall and
 * precision are those of a list, and published.
 */
record NameRecognizer() implements Recognizer {
  private static final Set<String> TITLES =
      Set.of(
          "Mr",
          "Mrs",
          "Ms",
          "Miss",
          "Dr",
          "Prof",
          "Professor",
          "Sir",
          "Madam",
          "Herr",
          "Frau",
          "Señor",
          "Señora",
          "Monsieur",
          "Madame",
          "Sra",
          "Sr",
          "Mme",
          "Shri",
          "Smt");

  private static final Set<String> PARTICLES =
      Set.of(
          "de", "del", "da", "dos", "van", "von", "der", "den", "la", "le", "bin", "al", "di", "y");

  private static final Set<String> NOT_A_NAME =
      Set.of(
          "University",
          "Hospital",
          "Street",
          "Inc",
          "Ltd",
          "LLC",
          "GmbH",
          "Corp",
          "Company",
          "Bank",
          "School",
          "Airport",
          "Road",
          "Avenue",
          "Park",
          "City",
          "County",
          "College",
          "Institute",
          "Center",
          "Centre",
          "Church",
          "Museum",
          "Health",
          "Group",
          "Industries",
          "Library",
          "Hotel",
          "Theater",
          "The",
          "This",
          "That",
          "And",
          "For",
          "From",
          "With",
          "Dear",
          "Hello",
          "Hi",
          "January",
          "February",
          "March",
          "April",
          "June",
          "July",
          "August",
          "September",
          "October",
          "November",
          "December",
          "Monday",
          "Tuesday",
          "Wednesday",
          "Thursday",
          "Friday",
          "Saturday",
          "Sunday");

  @Override
  public Entity entity() {
    return Entity.NAME;
  }

  @Override
  public void find(String text, Window window, List<Match> matches) {
    int to = Math.min(window.to(), text.length());
    for (int i = window.from(); i < to; i++) {
      if (Character.isUpperCase(text.charAt(i))
          && (i == 0 || !isInside(text.charAt(i - 1)))
          && !isAfterName(text, i)) {
        int end = end(text, i, Math.min(text.length(), i + entity().maxLength() + 2));
        if (end > 0) {
          matches.add(new Match(entity().label(), i, end, 0.85));
        }
      }
    }
  }

  /** End of the name that begins here, or -1. */
  private static int end(String text, int from, int limit) {
    int first = word(text, from, limit);
    String given = text.substring(from, first);
    if (NOT_A_NAME.contains(given) || TITLES.contains(given) || given.length() < 2) {
      return -1;
    }
    boolean announced = isAnnounced(text, from);
    boolean known =
        GivenNames.ALL.contains(given) || GivenNames.ALL.contains(given.split("-", 2)[0]);
    int end = first;
    int words = 1;
    boolean family = FamilyNames.ALL.contains(given);
    while (words < 4) {
      int next = next(text, end, limit);
      if (next < 0) {
        break;
      }
      int wordEnd = word(text, next, limit);
      String word = text.substring(next, wordEnd);
      if (NOT_A_NAME.contains(word)) {
        return -1; // the name of a place or a company
      }
      end =
          wordEnd + (word.length() == 1 && wordEnd < limit && text.charAt(wordEnd) == '.' ? 1 : 0);
      family |= FamilyNames.ALL.contains(word) || FamilyNames.ALL.contains(word.split("-", 2)[0]);
      words++;
    }
    boolean person = announced || known || (words > 1 && words < 4 && family);
    return person && end - from <= Entity.NAME.maxLength() ? end : -1;
  }

  /** Where the next capitalised word begins, past a blank and particles; -1 when there is none. */
  private static int next(String text, int end, int limit) {
    int at = end;
    for (int particles = 0; particles < 3; particles++) {
      if (at + 1 >= limit || text.charAt(at) != ' ') {
        return -1;
      }
      at++;
      if (Character.isUpperCase(text.charAt(at))) {
        return at;
      }
      int wordEnd = word(text, at, limit);
      if (!PARTICLES.contains(text.substring(at, wordEnd))) {
        return -1;
      }
      at = wordEnd;
    }
    return -1;
  }

  private static boolean isAnnounced(String text, int at) {
    int end = at - 1;
    if (end < 1 || text.charAt(end) != ' ') {
      return false;
    }
    int dot = text.charAt(end - 1) == '.' ? end - 1 : end;
    int start = dot;
    while (start > 0 && dot - start < 12 && Character.isLetter(text.charAt(start - 1))) {
      start--;
    }
    String before = text.substring(Math.max(0, at - 20), at).toLowerCase(Locale.ROOT);
    return TITLES.contains(text.substring(start, dot))
        || before.endsWith("my name is ")
        || before.endsWith("name: ")
        || before.endsWith("ich heiße ")
        || before.endsWith("me llamo ")
        || before.endsWith("je m'appelle ");
  }

  /** A capitalised word before it belongs to the same name when that one is a name, too. */
  private static boolean isAfterName(String text, int at) {
    if (at < 2 || text.charAt(at - 1) != ' ') {
      return false;
    }
    int end = at - 1;
    int start = end;
    while (start > 0
        && end - start < 32
        && (Character.isLetter(text.charAt(start - 1)) || text.charAt(start - 1) == '-')) {
      start--;
    }
    return start < end && GivenNames.ALL.contains(text.substring(start, end));
  }

  private static int word(String text, int from, int limit) {
    int end = from;
    while (end < limit
        && end - from < 24
        && (Character.isLetter(text.charAt(end))
            || ("'’-".indexOf(text.charAt(end)) >= 0
                && end + 1 < limit
                && Character.isUpperCase(text.charAt(end + 1))))) {
      end++;
    }
    return end;
  }

  private static boolean isInside(char c) {
    return Character.isLetterOrDigit(c)
        || c == '_'
        || c == '@'
        || c == '/'
        || c == '.'
        || c == '-'
        || c == '#';
  }
}
