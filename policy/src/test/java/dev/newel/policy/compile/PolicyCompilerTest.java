package dev.newel.policy.compile;

import static dev.newel.policy.Rules.holdBack;
import static dev.newel.policy.Rules.pattern;
import static dev.newel.policy.Rules.rule;
import static dev.newel.policy.Rules.sensitive;
import static dev.newel.policy.Rules.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.policy.Action;
import dev.newel.policy.Check;
import dev.newel.policy.Entity;
import dev.newel.policy.Glob;
import dev.newel.policy.Rule;
import dev.newel.policy.Settings;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PolicyCompilerTest {
  @Test
  void sixtyFourSoundRulesHaveNoProblem() {
    // Given
    List<Rule> rules =
        IntStream.range(0, 64).mapToObj(i -> rule("r" + i, pattern("[a-z]{3}" + i))).toList();

    // Then
    assertThat(PolicyCompiler.check(rules, Settings.DEFAULT)).isEmpty();
  }

  @Test
  void everyBadRuleIsNamedInRuleOrder() {
    // Given
    List<Rule> rules =
        IntStream.range(0, 64)
            .mapToObj(i -> rule("r" + i, pattern(i % 2 == 0 ? "ok" : "(")))
            .toList();

    // When
    List<Problem> problems = PolicyCompiler.check(rules, Settings.DEFAULT);

    // Then
    assertThat(problems)
        .extracting(Problem::rule)
        .containsExactlyElementsOf(
            IntStream.range(0, 64).filter(i -> i % 2 == 1).mapToObj(i -> "r" + i).toList());
  }

  @Test
  void aBadExpressionIsNamedWithRuleFieldAndPosition() {
    // Given
    Rule rule = rule("forbidden", pattern("fine", "abc[z-a]"));

    // When
    List<Problem> problems = PolicyCompiler.check(List.of(rule), Settings.DEFAULT);

    // Then
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().code()).isEqualTo(Problem.Code.INVALID_PATTERN);
    assertThat(problems.getFirst().text())
        .isEqualTo(
            "rule forbidden, pattern.expressions[1]: invalid character class range at character 5;"
                + " write it in RE2 syntax");
  }

  @ParameterizedTest
  @ValueSource(strings = {"(?=a)", "(?<!a)b", "(a)\\1", "a++"})
  void whatRe2DoesNotKnowIsRefused(String expression) {
    assertThat(PolicyCompiler.check(List.of(rule("r", pattern(expression))), Settings.DEFAULT))
        .extracting(Problem::code)
        .containsExactly(Problem.Code.INVALID_PATTERN);
  }

  @ParameterizedTest
  @ValueSource(strings = {"((((((a{1000}){1000}){1000}){1000}){1000}){1000})", "(a{99}){99}"})
  void nestedCountsAreRefusedBeforeTheyFillTheMemory(String expression) {
    // Given
    Rule rule = rule("bomb", pattern(expression), Action.BLOCK, null);

    // When
    List<Problem> problems = PolicyCompiler.check(List.of(rule), Settings.DEFAULT);

    // Then
    assertThat(problems).hasSize(1);
    assertThat(problems.getFirst().text())
        .startsWith("rule bomb, pattern.expressions[0]: compiles to ")
        .endsWith("instructions; the most is 5000; use smaller repetition counts");
  }

  @Test
  void deepNestingIsRefusedBeforeItFillsTheStack() {
    // Given
    Rule rule = rule("deep", pattern("(".repeat(50_000) + ")".repeat(50_000)));

    // Then
    assertThat(PolicyCompiler.check(List.of(rule), Settings.DEFAULT))
        .extracting(Problem::text)
        .containsExactly(
            "rule deep, pattern.expressions[0]: nests more than 250 groups, the most there may be;"
                + " use fewer parentheses");
  }

  @Test
  void tenThousandWordsAreFineAndTooManyAreNot() {
    // Given
    Rule many = rule("many", numbered(10_000));
    Rule tooMany = rule("too-many", numbered(PolicyCompiler.MAX_WORDS + 1));

    // Then
    assertThat(PolicyCompiler.check(List.of(many, tooMany), Settings.DEFAULT))
        .extracting(Problem::text)
        .containsExactly(
            "rule too-many, words: has 100001 words; the most is 100000; split the list over"
                + " several rules");
  }

  /** Those whose reach the smallest hold-back does not cover anyway. */
  static Stream<Entity> farReaching() {
    return Stream.of(Entity.values()).filter(e -> e.reach() > Settings.MIN_HOLD_BACK);
  }

  @ParameterizedTest
  @MethodSource("farReaching")
  void anEntityThatReachesBeyondTheHoldBackIsRefusedOnOutput(Entity entity) {
    // Given
    Rule rule = rule("pii", sensitive(entity));
    int reach = entity.reach();

    // Then
    assertThat(PolicyCompiler.check(List.of(rule), holdBack(reach))).isEmpty();
    assertThat(PolicyCompiler.check(List.of(rule), holdBack(reach - 1)))
        .extracting(Problem::text)
        .containsExactly(
            ("rule pii, sensitive.entities: %s needs %d characters held back; streams hold back at"
                    + " most %d; raise spec.streaming.maxHoldBack to %d, or act on input only")
                .formatted(entity, reach, reach - 1, reach));
  }

  @Test
  void theWidestEntityOfARuleDecides() {
    // Given
    Rule rule = rule("pii", sensitive(Entity.values()));

    // Then
    assertThat(PolicyCompiler.check(List.of(rule), Settings.DEFAULT)).isEmpty();
    assertThat(PolicyCompiler.check(List.of(rule), holdBack(100)))
        .extracting(Problem::message)
        .allMatch(m -> m.startsWith("EMAIL needs 256 characters held back"))
        .hasSize(1);
  }

  @Test
  void onlyRulesThatActOnOutputHaveToFitTheHoldBack() {
    // Given
    Check[] wide = {sensitive(Entity.EMAIL), words("a".repeat(40)), pattern("a*")};

    for (Check check : wide) {
      // When
      var input = rule("input", check, Action.BLOCK, null);
      var reported = rule("reported", check, Action.BLOCK, Action.DETECT);
      var acting = rule("acting", check, null, Action.MASK);

      // Then
      assertThat(PolicyCompiler.check(List.of(input, reported, acting), holdBack(20)))
          .extracting(Problem::rule)
          .containsExactly("acting");
    }
  }

  @Test
  void aWordAndAnExpressionNeedOneCharacterMoreThanTheyMatch() {
    // Given
    List<Rule> rules = List.of(rule("w", words("a".repeat(20))), rule("p", pattern("a{20}")));

    // Then
    assertThat(PolicyCompiler.check(rules, holdBack(21))).isEmpty();
    assertThat(PolicyCompiler.check(rules, holdBack(20)))
        .extracting(Problem::text)
        .containsExactly(
            "rule w, words: the longest entry has 20 characters and needs 21 held back; streams"
                + " hold back at most 20; raise spec.streaming.maxHoldBack or shorten it",
            "rule p, pattern.expressions[0]: can match 20 characters; with 20 to hold back, the"
                + " most is 19; bound its repetitions, {0,40} instead of * for example, or raise"
                + " spec.streaming.maxHoldBack");
  }

  @Test
  void aWordIsAsLongAsItsNormalisedForm() {
    // Given: one character whose NFKC form has 18 (Unicode 15, U+FDFA)
    Rule rule = rule("w", words("\ufdfa"));

    // Then
    assertThat(PolicyCompiler.check(List.of(rule), holdBack(19))).isEmpty();
    assertThat(PolicyCompiler.check(List.of(rule), holdBack(18))).hasSize(1);
  }

  @Test
  void anExpressionWithoutBoundSaysSo() {
    assertThat(PolicyCompiler.check(List.of(rule("r", pattern("a.*b"))), Settings.DEFAULT))
        .extracting(Problem::message)
        .allMatch(m -> m.startsWith("can match any number of characters;"))
        .hasSize(1);
  }

  private static Check numbered(int count) {
    var values = new TreeSet<String>();
    for (int i = 0; i < count; i++) {
      values.add("word-" + i);
    }
    return new Check.Words(values, Check.WordMatch.WORD);
  }

  @Test
  void whatIsWrongWithToolsIsNamedWithItsPlace() {
    // Given
    var tools =
        new Check.Tools(
            Check.Tools.Otherwise.DENY,
            List.of(
                new Check.Tools.Allowed(new Glob("mail_*"), List.of()),
                new Check.Tools.Allowed(
                    new Glob("shell"),
                    List.of(
                        new Check.Tools.Argument("$.ok[0]", "^[a-z]*$"),
                        new Check.Tools.Argument("command", "(")))),
            new TreeSet<>());
    // Then: an endless expression is fine, because arguments are judged whole
    assertThat(PolicyCompiler.check(List.of(rule("t", tools)), Settings.DEFAULT))
        .extracting(Problem::text)
        .containsExactly(
            "rule t, tools.allow[1].arguments[1].path: command is no path: a path begins with $;"
                + " write $.to[*], for example",
            "rule t, tools.allow[1].arguments[1].pattern: missing closing ) at character 1; write it in RE2"
                + " syntax");
  }

  @Test
  void detectorsThatReachFartherThanTheHoldBackAreRefusedOnOutput() {
    // Given
    List<Rule> rules =
        List.of(
            rule("s", new Check.Secrets(), null, Action.MASK),
            rule("l", new Check.Leakage(true, true), null, Action.BLOCK),
            rule("in", new Check.Secrets(), Action.MASK, null));
    // Then
    assertThat(PolicyCompiler.check(rules, Settings.DEFAULT)).isEmpty();
    assertThat(PolicyCompiler.check(rules, holdBack(100)))
        .extracting(Problem::text)
        .containsExactly(
            "rule s, secrets: needs 250 characters held back; streams hold back at most 100; raise"
                + " spec.streaming.maxHoldBack to 250, or act on input only",
            "rule l, leakage: needs 250 characters held back; streams hold back at most 100; raise"
                + " spec.streaming.maxHoldBack to 250, or act on input only");
  }
}
