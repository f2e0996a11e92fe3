package dev.newel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GlobTest {
  @ParameterizedTest
  @CsvSource({
    "mail_*,mail_send,true",
    "mail_*,mail_,true",
    "mail_*,Mail_send,false",
    "mail_*,email_send,false",
    "*,anything,true",
    "*,'',true",
    "get?,gets,true",
    "get?,get,false",
    "*_read,file_read_all,false",
    "a.b,axb,false",
    "a*b*c,aXbYbZc,true",
  })
  void starsAndQuestionMarksStandForCharacters(String pattern, String name, boolean matches) {
    assertThat(new Glob(pattern).matches(name)).isEqualTo(matches);
  }

  @Test
  void itAgreesWithAnExpressionThatSaysTheSame() {
    var random = new Random(20261126);
    for (int i = 0; i < 20_000; i++) {
      // Given
      String pattern = letters(random, "ab*?", 1 + random.nextInt(8));
      String name = letters(random, "ab*", random.nextInt(10));
      String expression = pattern.replace("*", "\u0000").replace("?", "\u0001");
      var judge = Pattern.compile(expression.replace("\u0000", ".*").replace("\u0001", "."));
      // Then
      assertThat(new Glob(pattern).matches(name))
          .as("%s on %s", pattern, name)
          .isEqualTo(judge.matcher(name).matches());
    }
  }

  @Test
  void manyStarsCostNoMoreThanPatternTimesName() {
    assertThat(new Glob("*a".repeat(64)).matches("a".repeat(100_000) + "b")).isFalse();
  }

  @Test
  void anEmptyOrLongPatternIsRefused() {
    assertThatThrownBy(() -> new Glob("")).hasMessageContaining("allowed are 1 to 128");
    assertThatThrownBy(() -> new Glob("a".repeat(129))).hasMessageContaining("129 characters");
  }

  private static String letters(Random random, String of, int count) {
    var out = new StringBuilder();
    for (int i = 0; i < count; i++) {
      out.append(of.charAt(random.nextInt(of.length())));
    }
    return out.toString();
  }
}
