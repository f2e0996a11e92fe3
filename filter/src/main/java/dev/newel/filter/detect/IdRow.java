package dev.newel.filter.detect;

import dev.newel.policy.Entity;
import java.util.List;
import java.util.function.Predicate;

/**
 * A kind of number that people are given: how it is written, how it is checked, what stands before
 * it.
 *
 * <p>A form is read from left to right: {@code d} is a digit, {@code A} a letter, {@code x} either,
 * with a count or a range behind it ({@code d3}, {@code x5~8}); {@code -} is a separator (space,
 * hyphen, dot or slash) that may be missing, {@code =} one that must be there; everything else is
 * itself, in either case.
 *
 * @param entity what it is
 * @param form how it is written
 * @param valid whether a number without its separators, in upper case, can be one
 * @param context words of which one must stand within 60 characters before it; none: it needs no
 *     context
 */
record IdRow(Entity entity, String form, Predicate<String> valid, List<String> context) {
  /** How far before a number its context may stand. */
  static final int CONTEXT = 60;

  IdRow {
    context = List.copyOf(context);
  }

  /** End of a number of this form that begins here, or -1. */
  int end(String text, int from, StringBuilder plain) {
    plain.setLength(0);
    int at = from;
    int f = 0;
    while (f < form.length()) {
      char c = form.charAt(f++);
      if (c == '-' || c == '=') {
        boolean there = at < text.length() && " -./".indexOf(text.charAt(at)) >= 0;
        if (c == '=' && !there) {
          return -1;
        }
        at += there ? 1 : 0;
      } else if (c == 'd' || c == 'A' || c == 'x') {
        int least = 0;
        while (f < form.length() && Recognizer.isDigit(form.charAt(f))) {
          least = least * 10 + form.charAt(f++) - '0';
        }
        least = Math.max(least, 1);
        int most = least;
        if (f < form.length() && form.charAt(f) == '~') {
          most = 0;
          f++;
          while (f < form.length() && Recognizer.isDigit(form.charAt(f))) {
            most = most * 10 + form.charAt(f++) - '0';
          }
        }
        int run = at;
        while (run < text.length() && run - at < most && is(c, text.charAt(run))) {
          plain.append(Character.toUpperCase(text.charAt(run++)));
        }
        if (run - at < least) {
          return -1;
        }
        at = run;
      } else {
        if (at >= text.length() || Character.toUpperCase(text.charAt(at)) != c) {
          return -1;
        }
        plain.append(c);
        at++;
      }
    }
    boolean ends = at == text.length() || !Recognizer.isAlphanumeric(text.charAt(at));
    boolean decimal =
        at + 1 < text.length()
            && ".-".indexOf(text.charAt(at)) >= 0
            && Recognizer.isDigit(text.charAt(at + 1));
    return ends && !decimal && valid.test(plain.toString()) ? at : -1;
  }

  private static boolean is(char set, char c) {
    return switch (set) {
      case 'd' -> Recognizer.isDigit(c);
      case 'A' -> Recognizer.isLetter(c);
      default -> Recognizer.isAlphanumeric(c);
    };
  }

  /** Whether one of the context words stands before this index. */
  boolean isMeant(String folded, int start) {
    if (context.isEmpty()) {
      return true;
    }
    int from = Math.max(0, start - CONTEXT);
    for (String word : context) {
      int at = folded.indexOf(word, from);
      while (at >= 0 && at + word.length() <= start) {
        boolean begins =
            at == 0
                || at == from
                || !Recognizer.isAlphanumeric(folded.charAt(at - 1))
                || word.length() > 4;
        int end = at + word.length();
        boolean ends =
            end >= folded.length()
                || !Recognizer.isAlphanumeric(folded.charAt(end))
                || word.length() > 4;
        if (begins && ends) {
          return true;
        }
        at = folded.indexOf(word, at + 1);
      }
    }
    return false;
  }
}
