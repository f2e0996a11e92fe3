package dev.newel.models;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.filter.detect.Detector;
import dev.newel.filter.detect.Detectors;
import dev.newel.filter.detect.Origin;
import dev.newel.filter.detect.Window;
import dev.newel.filter.text.NormalizedText;
import dev.newel.policy.Check;
import dev.newel.policy.Check.Depth;
import dev.newel.policy.Sensitivity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Sixty innocent texts full of the words of attacks, written by hand after the models were trained:
 * what the shipped weights and thresholds make of texts that nothing was fitted to.
 */
class InnocentTextsTest {
  private static List<String> texts() throws IOException {
    return new String(
            InnocentTextsTest.class.getResourceAsStream("innocent.txt").readAllBytes(),
            StandardCharsets.UTF_8)
        .lines()
        .toList();
  }

  private static boolean alarm(Detector detector, String text) {
    var normalized = NormalizedText.of(text);
    long deadline = System.nanoTime() + 60_000_000_000L;
    return !detector
        .detect(normalized, new Window(0, normalized.length(), Origin.PROMPT, deadline))
        .isEmpty();
  }

  /** One in a hundred is the average over all kinds; this is the hardest of them. */
  @ParameterizedTest
  @EnumSource(names = {"FAST", "DEEP"})
  void atMostOneInTwentyOfTheHardestInnocentTextsIsAnAlarm(Depth depth) throws IOException {
    Detector detector = Detectors.of(new Check.PromptAttack(Sensitivity.MEDIUM, depth));

    List<String> alarms = texts().stream().filter(t -> alarm(detector, t)).toList();

    assertThat(texts()).hasSize(60);
    assertThat(alarms).hasSizeLessThanOrEqualTo(3);
  }

  @ParameterizedTest
  @EnumSource(names = {"FAST", "DEEP"})
  void lowSensitivityTakesAtMostOneOfThemForAnAttack(Depth depth) throws IOException {
    Detector detector = Detectors.of(new Check.PromptAttack(Sensitivity.LOW, depth));

    assertThat(texts().stream().filter(t -> alarm(detector, t))).hasSizeLessThanOrEqualTo(1);
  }
}
