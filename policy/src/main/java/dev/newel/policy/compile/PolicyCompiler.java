package dev.newel.policy.compile;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.newel.policy.Action;
import dev.newel.policy.Check;
import dev.newel.policy.Direction;
import dev.newel.policy.Rule;
import dev.newel.policy.Settings;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Judges whether rules can be enforced, before anything is changed. The filter compiles the same
 * rules with the same limits, so what passes here loads there.
 */
public final class PolicyCompiler {
  /** The most instructions that one compiled expression may have: about 1 MiB of tables. */
  public static final int MAX_PROGRAM = 5_000;

  /** The most words of one rule. */
  public static final int MAX_WORDS = 100_000;

  private PolicyCompiler() {}

  /** All problems of these rules, in rule order; empty when they can be enforced. */
  public static List<Problem> check(Collection<Rule> rules, Settings settings) {
    var problems = new ArrayList<Problem>();
    for (Rule rule : rules) {
      switch (rule.check()) {
        case Check.Sensitive _ -> {}
        case Check.Words words -> words(rule, words, settings, problems);
        case Check.Pattern pattern -> {
          for (int i = 0; i < pattern.expressions().size(); i++) {
            expression(rule, i, pattern.expressions().get(i), settings, problems);
          }
        }
      }
    }
    return problems;
  }

  private static void words(
      Rule rule, Check.Words words, Settings settings, List<Problem> problems) {
    if (words.values().size() > MAX_WORDS) {
      problems.add(
          new Problem(
              Problem.Code.TOO_COMPLEX,
              rule.id().rule(),
              "words",
              "has %d words; the most is %d; split the list over several rules"
                  .formatted(words.values().size(), MAX_WORDS)));
    }
    int longest = words.values().stream().mapToInt(String::length).max().orElse(0);
    if (actsOnStreams(rule) && longest > settings.maxHoldBack()) {
      problems.add(
          new Problem(
              Problem.Code.TOO_COMPLEX,
              rule.id().rule(),
              "words",
              "the longest entry has %d characters; streams hold back at most %d; raise spec.streaming.maxHoldBack or shorten it"
                  .formatted(longest, settings.maxHoldBack())));
    }
  }

  private static void expression(
      Rule rule, int index, String expression, Settings settings, List<Problem> problems) {
    String path = "pattern.expressions[" + index + "]";
    int size;
    try {
      size = Pattern.compile(expression).programSize();
    } catch (PatternSyntaxException e) {
      int position = e.getPattern() == null ? -1 : expression.indexOf(e.getPattern());
      problems.add(
          new Problem(
              Problem.Code.INVALID_PATTERN,
              rule.id().rule(),
              path,
              "%s%s; write it in RE2 syntax"
                  .formatted(
                      e.getDescription(), position < 0 ? "" : " at character " + (position + 1))));
      return;
    }
    if (size > MAX_PROGRAM) {
      problems.add(
          new Problem(
              Problem.Code.TOO_COMPLEX,
              rule.id().rule(),
              path,
              "compiles to %d instructions; the most is %d; use smaller repetition counts"
                  .formatted(size, MAX_PROGRAM)));
    }
    var length = MatchLength.of(expression);
    if (actsOnStreams(rule) && (length.isEmpty() || length.getAsInt() > settings.maxHoldBack())) {
      problems.add(
          new Problem(
              Problem.Code.TOO_COMPLEX,
              rule.id().rule(),
              path,
              "can match %s characters; streams hold back at most %d; bound its repetitions, {0,40} instead of * for example, or raise spec.streaming.maxHoldBack"
                  .formatted(
                      length.isEmpty() ? "any number of" : String.valueOf(length.getAsInt()),
                      settings.maxHoldBack())));
    }
  }

  /** Only what is masked or blocked in an answer has to be held back. */
  private static boolean actsOnStreams(Rule rule) {
    return rule.action(Direction.OUTPUT).filter(a -> a.compareTo(Action.MASK) >= 0).isPresent();
  }
}
