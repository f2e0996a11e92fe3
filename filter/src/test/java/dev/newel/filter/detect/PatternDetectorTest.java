package dev.newel.filter.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.newel.filter.text.NormalizedText;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PatternDetectorTest {
  private static Window window(int from, int to) {
    return new Window(from, to, Origin.PROMPT, System.nanoTime() + 1_000_000_000_000L);
  }

  private static String found(String expression, String text, int from, int to) {
    return String.join(
        "|",
        new PatternDetector(List.of(expression))
            .detect(NormalizedText.of(text), window(from, to)).stream()
                .map(m -> m.start() + ":" + text.substring(m.start(), m.end()))
                .toList());
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "[0-9]{3};a123b4567;1:123|5:456|6:567",
        "\\b[0-9]{3}\\b;123 4567 890;0:123|9:890",
        "(?i)ab;abABx;0:ab|2:AB",
        "a{2,4};aaaaa;0:aaaa|1:aaaa|2:aaa|3:aa",
        "a*;bab;1:a",
        "x+;axxxb xx;1:xxx|6:xx",
        "^a;aa;0:a",
        "a$;aa;1:a",
      })
  void atEachPositionTheMatchThatRe2Prefers(String expression, String text, String expected) {
    assertThat(found(expression, text, 0, text.length())).isEqualTo(expected);
  }

  @Test
  void theWindowLimitsWhereAMatchBeginsAndNotWhatIsAround() {
    assertThat(found("\\b[0-9]{3}\\b", "1123 456 789", 1, 6)).isEqualTo("5:456");
    assertThat(found("^a", "aa", 1, 2)).isEmpty();
    assertThat(found("abc", "abcabc", 0, 1)).isEqualTo("0:abc");
  }

  @Test
  void saysHowLongAMatchCanBe() {
    assertThat(new PatternDetector(List.of("a{2,4}", "[0-9]{6}-X")).maxLength()).isEqualTo(8);
    assertThat(new PatternDetector(List.of("a+")).maxLength()).isGreaterThan(1_000_000);
  }

  @Test
  void givesUpBehindTheDeadline() {
    var late = new Window(0, 6, Origin.PROMPT, System.nanoTime() - 1);
    assertThatThrownBy(
            () -> new PatternDetector(List.of("a")).detect(NormalizedText.of("aaaaaa"), late))
        .isInstanceOf(DetectorTimeoutException.class);
  }
}
