package dev.newel.crds;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.newel.policy.Check;
import dev.newel.policy.MaskStyle;
import dev.newel.policy.Mode;
import dev.newel.policy.Rule;
import dev.newel.policy.Settings;
import dev.newel.policy.Severity;
import dev.newel.policy.compile.Problem;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** From what a user wrote to what the filter does, or to why it does nothing. */
class PolicyReadingTest {
  private static final String WORDS_FROM =
      "{name: w, words: {from: {configMap: c, key: k}}, input: Block}";

  @Test
  void whatIsLeftOutHasTheStricterMeaning() {
    // When
    PolicyReading reading = read("{name: mail, sensitive: {entities: [EMAIL]}, input: Mask}", "");
    // Then
    Rule rule = only(reading);
    assertThat(rule.severity()).isEqualTo(Severity.MEDIUM);
    assertThat(rule.mode()).isEqualTo(Mode.ENFORCE);
    assertThat(rule.mask()).isEqualTo(MaskStyle.LABEL);
    assertThat(rule.output()).isEmpty();
    assertThat(rule.explain()).isFalse();
    assertThat(reading.policy().orElseThrow().settings()).isEqualTo(Settings.DEFAULT);
    assertThat(rule.id()).hasToString("GuardrailPolicy/p/mail");
  }

  @Test
  void wordsOfPolicyAndConfigMapUnite() {
    // When
    PolicyReading reading =
        read(
            "{name: w, words: {values: [own], from: {configMap: c, key: k}}, input: Block}",
            "\uFEFF# a comment\r\n\r\n  two words  \r\nown\n");
    // Then
    assertThat(((Check.Words) only(reading).check()).values()).containsExactly("own", "two words");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "\n\n", "# nothing but a comment", "\uFEFF"})
  void aListWithoutAWordIsSaidToBeEmpty(String text) {
    assertThat(problem(read(WORDS_FROM, text)).text())
        .isEqualTo("rule w, words.from: key k of ConfigMap c holds no word; write one a line");
  }

  @Test
  void aMissingConfigMapIsNamed() {
    // When
    Problem problem = problem(PolicyReading.of(policy(WORDS_FROM), source -> Optional.empty()));
    // Then
    assertThat(problem.code()).isEqualTo(Problem.Code.SOURCE_NOT_FOUND);
    assertThat(problem.message())
        .isEqualTo("ConfigMap c has no key k, or does not exist; create it or change words.from");
  }

  @Test
  void aLineThatIsTooLongSaysWhereItBeginsAndHowLongItIs() {
    // When
    Problem problem = problem(read(WORDS_FROM, "ok\n" + "語".repeat(257)));
    // Then
    assertThat(problem.code()).isEqualTo(Problem.Code.TOO_COMPLEX);
    assertThat(problem.message())
        .contains("has 257 characters; the most is 256; shorten it")
        .doesNotContain("語".repeat(21));
    assertThat(read(WORDS_FROM, "😀".repeat(256)).problems()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"\u200B, U+200B", "\u00AD\u200D, U+00AD U+200D", "\u0301, U+0301"})
  void aWordThatNobodySeesIsRefused(String word, String shown) {
    assertThat(problem(read(WORDS_FROM, "ok\n" + word)).message())
        .isEqualTo(
            "an entry has only characters that nobody sees (%s) and would never match; remove it"
                .formatted(shown));
  }

  @Test
  void oneMistakeRefusesTheWholePolicyAndAllMistakesAreNamed() {
    // When
    PolicyReading reading =
        read(
            "{name: a, sensitive: {entities: [EMAIL, SHOE_SIZE]}, input: Mask}, "
                + "{name: b, pattern: {expressions: ['(']}, input: Mask}, "
                + "{name: c, pattern: {expressions: ['x+']}, output: Mask}",
            "");
    // Then
    assertThat(reading.policy()).isEmpty();
    assertThat(reading.problems())
        .extracting(Problem::rule, Problem::code)
        .containsExactly(
            tuple("a", Problem.Code.UNKNOWN_ENTITY),
            tuple("b", Problem.Code.INVALID_PATTERN),
            tuple("c", Problem.Code.TOO_COMPLEX));
    assertThat(reading.problems().getFirst().message())
        .startsWith("SHOE_SIZE is not known; known are ")
        .contains("EMAIL", "IBAN");
  }

  private static PolicyReading read(String rules, String words) {
    return PolicyReading.of(policy(rules), source -> Optional.of(words));
  }

  private static Rule only(PolicyReading reading) {
    assertThat(reading.problems()).isEmpty();
    var rules = reading.policy().orElseThrow().rules();
    assertThat(rules).hasSize(1);
    return rules.iterator().next();
  }

  private static Problem problem(PolicyReading reading) {
    assertThat(reading.policy()).isEmpty();
    assertThat(reading.problems()).hasSize(1);
    return reading.problems().getFirst();
  }

  private static GuardrailPolicy policy(String rules) {
    return new KubernetesSerialization()
        .unmarshal(
            """
            apiVersion: newel.dev/v1alpha1
            kind: GuardrailPolicy
            metadata: {name: p, namespace: team-a}
            spec:
              rules: [%s]
            """
                .formatted(rules),
            GuardrailPolicy.class);
  }
}
