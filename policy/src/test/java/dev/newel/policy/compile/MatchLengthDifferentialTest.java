package dev.newel.policy.compile;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** RE2/J is the judge of what an expression matches. */
class MatchLengthDifferentialTest {
  private static final long SEED = Long.getLong("newel.seed", 20261124L);

  /** Pieces of syntax, put together without regard for sense. */
  private static final String[] TOKENS = {
    "a",
    "b",
    "0",
    "1",
    "2",
    "\\0",
    "\\1",
    "\\x41",
    "\\x{1F600}",
    "\\Q",
    "\\E",
    "\\pL",
    "\\p{Lu}",
    "\\d",
    "\\W",
    "\\b",
    "\\\\",
    "[",
    "]",
    "^",
    "[:",
    ":]",
    "[:alpha:]",
    "-",
    "(",
    ")",
    "(?:",
    "(?i)",
    "(?i:",
    "(?P<n>",
    "|",
    "*",
    "+",
    "?",
    "{",
    "}",
    ",",
    "{2}",
    "{0,3}",
    "{01}",
    "{1,}",
    ".",
    "$",
    "😀",
  };

  /** The same for what stands between square brackets. */
  private static final String[] CLASS = {
    "a",
    "-",
    "-",
    "]",
    "[",
    "^",
    "[:alpha:]",
    "[:^alpha:]",
    "[:",
    ":]",
    "\\d",
    "\\W",
    "\\pL",
    "\\]",
    "\\x41",
    "\\x{1F600}",
    "\\101",
    "😀",
    "(",
    ")",
    "|",
    "{2}",
  };

  private static final String[] TEXT = {
    "a", "b", "A", "0", "1", "2", "\n", "\\", "[", "]", ":", "{", "}", ",", "*", "+", "-", "😀",
    "\0", "Q", "E",
  };

  @Test
  void isExactForExpressionsWhoseLongestMatchIsKnown() {
    System.out.println("seed " + SEED);
    var random = new Random(SEED);
    for (int round = 0; round < 20_000; round++) {
      // Given
      var made = RandomExpression.of(random, 1 + random.nextInt(4));
      assertThat(Pattern.compile(made.re(), Pattern.DOTALL).matches(made.longest()))
          .as("RE2/J matches the longest text of %s", made)
          .isTrue();

      // When
      var length = MatchLength.of(made.re());

      // Then
      if (made.endless()) {
        assertThat(length).as(made.re()).isEmpty();
      } else {
        assertThat(length).as(made.re()).hasValue(made.longest().length());
      }
    }
  }

  @Test
  void noMatchIsLongerAndNoProgramLargerThanMeasuredWhateverRe2Accepts() {
    System.out.println("seed " + SEED);
    var random = new Random(SEED);
    int accepted = 0;
    for (int round = 0; round < 100_000; round++) {
      // Given
      String re =
          random.nextBoolean()
              ? join(TOKENS, random, 1 + random.nextInt(7))
              : "[" + join(CLASS, random, 1 + random.nextInt(6)) + "]{3}";
      Pattern pattern;
      try {
        pattern = Pattern.compile(re);
      } catch (PatternSyntaxException e) {
        Expression.of(re); // ends, and does not throw
        continue;
      }
      accepted++;

      // When
      long bound = Expression.of(re).maxLength();

      // Then
      assertThat(Expression.of(re).maxInstructions())
          .as("instructions of %s", re)
          .isGreaterThanOrEqualTo(pattern.programSize());
      for (int i = 0; i < 5; i++) {
        var matcher = pattern.matcher(text(random));
        while (matcher.find()) {
          assertThat((long) matcher.end() - matcher.start())
              .as("length of %s in %s", matcher.group(), re)
              .isLessThanOrEqualTo(bound);
        }
      }
    }
    assertThat(accepted).as("accepted expressions").isGreaterThan(10_000);
  }

  private static String join(String[] pieces, Random random, int count) {
    var out = new StringBuilder();
    for (int i = 0; i < count; i++) {
      out.append(pieces[random.nextInt(pieces.length)]);
    }
    return out.toString();
  }

  /** Runs, because an operator read wrongly shows in a run. */
  private static String text(Random random) {
    var out = new StringBuilder();
    while (out.length() < 40) {
      out.append(TEXT[random.nextInt(TEXT.length)].repeat(1 + random.nextInt(8)));
    }
    return out.toString();
  }
}
