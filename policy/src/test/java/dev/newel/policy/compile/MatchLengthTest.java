package dev.newel.policy.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MatchLengthTest {
  /** The left side as RE2 documents it, or as RE2/J was seen to read it. */
  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      quoteCharacter = '`',
      value = {
        "abc~3",
        "a|bcd|ef~3",
        "a?b~2",
        "[0-9]{6}-X~8",
        "a{2,5}?~5",
        "(?:ab){3}~6",
        "(?P<name>ab)c~3",
        "(?<name>ab)c~3",
        "(?i)k~1",
        "(?i:k)s~2",
        "^a$\\bb\\B\\z~2",
        "()~0",
        "(|a){4}~4",
        ".~2",
        "[^a]~2",
        "[]a]~1",
        "[^]a]~2",
        "[a\\]b]c~2",
        "[[:alpha:]]x~2",
        "[[:^alpha:]]x~3",
        "[[:a]x~2",
        "[\\pN]x~3",
        "[\\x{41}-\\x{10FFFF}]~2",
        "[😀a]~2",
        "😀~2",
        "\\pLx~3",
        "\\p{Greek}x~3",
        "\\d\\w\\s~3",
        "\\D\\W\\S~6",
        "\\x{1F600}~2",
        "\\101~1",
        // Three octal digits at most, so the fourth is a character of its own
        "\\0123~2",
        "\\00000~3",
        "\\Qa*b\\E~3",
        "\\Qa*b~3",
        // A leading zero makes the braces ordinary characters
        "a{01}~5",
        "a{,3}~5",
        "a{3~3",
        // The operator belongs to the last atom before flags and empty quotes
        "a(?i){3}~3",
        "a\\Q\\E{3}~3",
      })
  void knowsTheLongestMatch(String expression, int expected) {
    // Given
    Pattern.compile(expression);

    // Then
    assertThat(MatchLength.of(expression)).hasValue(expected);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '~',
      value = {
        "a*",
        "a+",
        "a{2,}",
        "(a|b*)c",
        "(?:a?)+",
        "a*?",
        "a(?i)*",
        "a\\Q\\E*",
        "(|a)+",
        "[^\\n]+",
      })
  void seesThatThereIsNone(String expression) {
    // Given
    Pattern.compile(expression);

    // Then
    assertThat(MatchLength.of(expression)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({"^*", "()*", "a{0}", "(?:a{0}){5}", "\\b+", "(^|$)*"})
  void emptyMatchesStayEmptyHoweverOftenRepeated(String expression) {
    // Given
    Pattern.compile(expression);

    // Then
    assertThat(MatchLength.of(expression)).hasValue(0);
  }
}
