package dev.newel.filter.detect;

import dev.newel.policy.Entity;
import java.util.List;

/**
 * Ages that are told by what follows: {@code 34 years old}, {@code 34-year-old}, {@code 34 y/o}.
 */
record AgeRecognizer() implements Recognizer {
  private static final String[] SUFFIXES = {
    " years old",
    "-years-old",
    "-year-old",
    " year old",
    " y/o",
    "yo ",
    " Jahre alt",
    " años de",
    "-jährig"
  };

  @Override
  public Entity entity() {
    return Entity.AGE;
  }

  @Override
  public void find(String text, Window window, List<Match> matches) {
    int last = Math.min(window.to(), text.length());
    for (int i = window.from(); i < last; i++) {
      if (Recognizer.isDigit(text.charAt(i))
          && (i == 0 || !Recognizer.isAlphanumeric(text.charAt(i - 1)))) {
        int end = i;
        while (end < text.length() && end - i < 3 && Recognizer.isDigit(text.charAt(end))) {
          end++;
        }
        for (String suffix : SUFFIXES) {
          int to = end + suffix.stripTrailing().length();
          boolean ends = to >= text.length() || !Character.isLetter(text.charAt(to));
          if (text.startsWith(suffix, end) && ends) {
            matches.add(new Match(entity().label(), i, to, 1));
            break;
          }
        }
      }
    }
  }
}
