package dev.newel.filter.detect.secrets;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.filter.detect.Match;
import dev.newel.filter.detect.Origin;
import dev.newel.filter.detect.Window;
import dev.newel.filter.text.NormalizedText;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every row of the tables: what it describes is found, what is like it is not. */
class SecretFormatsTest {
  private static final SecretsDetector DETECTOR = new SecretsDetector();

  static Stream<SecretFormat> formats() {
    return SecretFormats.all().stream();
  }

  @Test
  void thereAreAtLeastAHundredAndFiftyFormats() {
    assertThat(formats().map(SecretFormat::label).distinct().count()).isGreaterThanOrEqualTo(150);
    assertThat(formats().count()).isGreaterThanOrEqualTo(230);
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aTokenOfTheFormIsFoundInProse(SecretFormat format) {
    // Given
    String token = Example.of(format.written(), new Random(7), 0).replace("^", "");
    String secret =
        format.written().indexOf('^') <= 0 ? token : token.substring(prefix(format).length());
    // When
    List<Match> matches = find("It says " + token + " there.");
    // Then: with its last character; a telling name in the token may show a part as well
    int from = ("It says " + token).length() - secret.length();
    assertThat(matches)
        .as(format.written())
        .anyMatch(m ->
            m.start() <= from + 30 && m.end() >= Math.min(8 + token.length(), m.start() + 200));
  }

  @ParameterizedTest
  @MethodSource("formats")
  void aTokenThatIsCutOrSaysExampleIsNone(SecretFormat format) {
    // Given: where the form ends with a run, one character less
    String cut = Example.of(format.written(), new Random(7), -1).replace("^", "");
    String example = Example.of(format.written(), new Random(7), -7).replace("^", "") + "EXAMPLE";
    // Then
    if (format.written().matches(".*<.([1-9][0-9]|[89])[^>]*>")
        && !cut.equals(Example.of(format.written(), new Random(7), 0))) {
      assertThat(find("It says " + cut + " there."))
          .as(format.written())
          .noneMatch(m -> m.entity().equals(format.label()) && m.start() == 8 && sole(format));
      assertThat(find("It says " + example + " there."))
          .as(format.written())
          .noneMatch(m -> m.entity().equals(format.label()) && m.start() == 8);
    }
  }

  /** Some services have several forms, of which one may be the beginning of another. */
  private static boolean sole(SecretFormat format) {
    return formats().filter(f -> f.label().equals(format.label())).count() == 1;
  }

  private static String prefix(SecretFormat format) {
    return format.written().substring(0, format.written().indexOf('^'));
  }

  private static List<Match> find(String text) {
    var normalized = NormalizedText.of(text);
    return DETECTOR.detect(
        normalized, new Window(0, text.length(), Origin.PROMPT, System.nanoTime() + (1L << 40)));
  }
}
