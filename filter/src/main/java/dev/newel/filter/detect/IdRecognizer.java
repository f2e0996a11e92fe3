package dev.newel.filter.detect;

import dev.newel.filter.text.NormalizedText;
import dev.newel.policy.Entity;
import java.util.Collection;
import java.util.List;

/**
 * Finds the numbers of {@link IdRows}: one pass over the words of a text for all kinds together.
 */
final class IdRecognizer {
  private final List<IdRow> fromDigit;
  private final List<IdRow> fromLetter;

  IdRecognizer(Collection<Entity> entities) {
    List<IdRow> rows = IdRows.ALL.stream().filter(r -> entities.contains(r.entity())).toList();
    this.fromDigit =
        rows.stream()
            .filter(r ->
                "dx".indexOf(r.form().charAt(0)) >= 0 || Recognizer.isDigit(r.form().charAt(0)))
            .toList();
    this.fromLetter =
        rows.stream()
            .filter(r -> r.form().charAt(0) != 'd' && !Recognizer.isDigit(r.form().charAt(0)))
            .toList();
  }

  void find(NormalizedText normalized, Window window, List<Match> matches) {
    String text = normalized.text();
    int to = Math.min(window.to(), text.length());
    var plain = new StringBuilder();
    for (int i = window.from(); i < to; i++) {
      char c = text.charAt(i);
      if (Recognizer.isAlphanumeric(c) && (i == 0 || isFree(text, i))) {
        for (IdRow row : Recognizer.isDigit(c) ? fromDigit : fromLetter) {
          int end = row.end(text, i, plain);
          if (end > 0 && row.isMeant(normalized.folded(), i)) {
            matches.add(new Match(row.entity().label(), i, end, 1));
          }
        }
      }
    }
  }

  private static boolean isFree(String text, int at) {
    char before = text.charAt(at - 1);
    boolean joined =
        (before == '.' || before == '-')
            && at > 1
            && Recognizer.isAlphanumeric(text.charAt(at - 2));
    return !Character.isLetterOrDigit(before) && before != '_' && !joined;
  }
}
