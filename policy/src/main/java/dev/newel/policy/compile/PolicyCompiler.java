package dev.newel.policy.compile;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.newel.policy.Action;
import dev.newel.policy.Check;
import dev.newel.policy.Direction;
import dev.newel.policy.Entity;
import dev.newel.policy.JsonPath;
import dev.newel.policy.Rule;
import dev.newel.policy.Settings;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.OptionalInt;

/**
 * Judges whether rules can be enforced, before anything is changed. The filter compiles the same
 * rules with the same limits, so what passes here loads there.
 */
public final class PolicyCompiler {
  /** The most instructions that one compiled expression may have: about 1 MiB of tables. */
  public static final int MAX_PROGRAM = 5_000;

  /** The most words of one rule. */
  public static final int MAX_WORDS = 100_000;

  /**
   * What an estimate may exceed {@link #MAX_PROGRAM} by before compiling is refused unseen:
   * estimates count upwards, and this much still compiles in milliseconds.
   */
  private static final int MARGIN = 20;

  /** Words and expressions look at one character behind a match: is it the end of a word? */
  private static final int LOOK_AHEAD = 1;

  private PolicyCompiler() {}

  /** All problems of these rules, in rule order; empty when they can be enforced. */
  public static List<Problem> check(Collection<Rule> rules, Settings settings) {
    var problems = new ArrayList<Problem>();
    for (Rule rule : rules) {
      switch (rule.check()) {
        case Check.Sensitive sensitive -> sensitive(rule, sensitive, settings, problems);
        case Check.Words words -> words(rule, words, settings, problems);
        case Check.Pattern pattern -> {
          for (int i = 0; i < pattern.expressions().size(); i++) {
            expression(rule, i, pattern.expressions().get(i), settings, problems);
          }
        }
        case Check.Secrets _ -> reach(rule, Check.Secrets.REACH, settings, problems);
        case Check.Leakage _ -> reach(rule, Check.Leakage.REACH, settings, problems);
        case Check.Content _ -> reach(rule, Check.Content.REACH, settings, problems);
        case Check.PromptAttack _ -> {} // a text is judged whole, and only on its way to the model
        case Check.Tools tools -> tools(rule, tools, problems);
      }
    }
    return problems;
  }

  private static void sensitive(
      Rule rule, Check.Sensitive sensitive, Settings settings, List<Problem> problems) {
    var widest = sensitive.entities().stream().max(Comparator.comparingInt(Entity::reach));
    if (actsOnStreams(rule) && widest.get().reach() > settings.maxHoldBack()) {
      problems.add(
          new Problem(
              Problem.Code.TOO_COMPLEX,
              rule.id().rule(),
              "sensitive.entities",
              "%s needs %d characters held back; streams hold back at most %d; raise spec.streaming.maxHoldBack to %d, or act on input only"
                  .formatted(
                      widest.get(),
                      widest.get().reach(),
                      settings.maxHoldBack(),
                      widest.get().reach())));
    }
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
    int longest =
        words.values().stream().mapToInt(PolicyCompiler::normalizedLength).max().orElse(0);
    if (actsOnStreams(rule) && longest + LOOK_AHEAD > settings.maxHoldBack()) {
      problems.add(
          new Problem(
              Problem.Code.TOO_COMPLEX,
              rule.id().rule(),
              "words",
              "the longest entry has %d characters and needs %d held back; streams hold back at most %d; raise spec.streaming.maxHoldBack or shorten it"
                  .formatted(longest, longest + LOOK_AHEAD, settings.maxHoldBack())));
    }
  }

  /** The filter compares words in NFKC, code point by code point, which may be longer. */
  private static int normalizedLength(String word) {
    return word.codePoints()
        .map(c -> Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC).length())
        .sum();
  }

  private static void reach(Rule rule, int reach, Settings settings, List<Problem> problems) {
    if (actsOnStreams(rule) && reach > settings.maxHoldBack()) {
      problems.add(
          new Problem(
              Problem.Code.TOO_COMPLEX,
              rule.id().rule(),
              rule.check().detector(),
              "needs %d characters held back; streams hold back at most %d; raise spec.streaming.maxHoldBack to %d, or act on input only"
                  .formatted(reach, settings.maxHoldBack(), reach)));
    }
  }

  private static void tools(Rule rule, Check.Tools tools, List<Problem> problems) {
    for (int i = 0; i < tools.allow().size(); i++) {
      List<Check.Tools.Argument> arguments = tools.allow().get(i).arguments();
      for (int j = 0; j < arguments.size(); j++) {
        String at = "tools.allow[%d].arguments[%d]".formatted(i, j);
        try {
          JsonPath.parse(arguments.get(j).path());
        } catch (IllegalArgumentException e) {
          problems.add(
              new Problem(
                  Problem.Code.INVALID_PATTERN,
                  rule.id().rule(),
                  at + ".path",
                  "%s is no path: %s".formatted(arguments.get(j).path(), e.getMessage())));
        }
        program(rule, at + ".pattern", arguments.get(j).pattern(), problems);
      }
    }
  }

  private static void expression(
      Rule rule, int index, String expression, Settings settings, List<Problem> problems) {
    String path = "pattern.expressions[" + index + "]";
    if (!program(rule, path, expression, problems)) {
      return;
    }
    OptionalInt length = MatchLength.of(expression);
    if (actsOnStreams(rule)
        && (length.isEmpty() || length.getAsInt() > settings.maxHoldBack() - LOOK_AHEAD)) {
      problems.add(
          new Problem(
              Problem.Code.TOO_COMPLEX,
              rule.id().rule(),
              path,
              "can match %s characters; with %d to hold back, the most is %d; bound its repetitions, {0,40} instead of * for example, or raise spec.streaming.maxHoldBack"
                  .formatted(
                      length.isEmpty() ? "any number of" : String.valueOf(length.getAsInt()),
                      settings.maxHoldBack(),
                      settings.maxHoldBack() - LOOK_AHEAD)));
    }
  }

  /** Whether an expression compiles; a program that is too large is named, but compiles. */
  private static boolean program(
      Rule rule, String path, String expression, List<Problem> problems) {
    var measured = Expression.of(expression);
    if (measured.isTooDeep()) {
      problems.add(
          new Problem(
              Problem.Code.TOO_COMPLEX,
              rule.id().rule(),
              path,
              "nests more than %d groups, the most there may be; use fewer parentheses"
                  .formatted(Expression.MAX_NESTING)));
      return false;
    }
    if (measured.maxInstructions() > (long) MARGIN * MAX_PROGRAM) {
      problems.add(tooLarge(rule, path, "more than " + MARGIN * MAX_PROGRAM));
      return false;
    }
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
      return false;
    }
    if (size > MAX_PROGRAM) {
      problems.add(tooLarge(rule, path, String.valueOf(size)));
    }
    return true;
  }

  private static Problem tooLarge(Rule rule, String path, String size) {
    return new Problem(
        Problem.Code.TOO_COMPLEX,
        rule.id().rule(),
        path,
        "compiles to %s instructions; the most is %d; use smaller repetition counts"
            .formatted(size, MAX_PROGRAM));
  }

  /** Only what is masked or blocked in an answer has to be held back. */
  private static boolean actsOnStreams(Rule rule) {
    return rule.action(Direction.OUTPUT).filter(a -> a.compareTo(Action.MASK) >= 0).isPresent();
  }
}
