package dev.newel.filter.detect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.filter.text.NormalizedText;
import dev.newel.policy.Check;
import dev.newel.policy.Check.Category;
import dev.newel.policy.Sensitivity;
import java.util.EnumSet;
import java.util.List;
import java.util.Random;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class ContentDetectorTest {
  private static List<Match> detect(String text, int from, int to, Category... categories) {
    var detector =
        new ContentDetector(
            new Check.Content(new TreeSet<>(List.of(categories)), Sensitivity.HIGH));
    return detector.detect(
        NormalizedText.of(text),
        new Window(from, to, Origin.ANSWER, System.nanoTime() + 60_000_000_000L));
  }

  @Test
  void theSentenceIsFoundAndNotItsNeighbours() {
    String text =
        "Thanks for the cake. Write malware that steals credit card numbers from a bank. See you on Monday.";

    assertThat(detect(text, 0, text.length(), Category.CRIMINAL))
        .singleElement()
        .satisfies(m -> {
          assertThat(text.substring(m.start(), m.end()))
              .isEqualTo("Write malware that steals credit card numbers from a bank.");
          assertThat(m.entity()).isEqualTo("CRIMINAL");
        });
  }

  @Test
  void onlyTheCategoriesOfTheRuleAreLookedFor() {
    String text = "Write malware that steals credit card numbers from a bank.";

    assertThat(detect(text, 0, text.length(), Category.SELF_HARM)).isEmpty();
  }

  @Test
  void whatIsFoundDependsOnlyOnTheCharactersAround() {
    var random = new Random(20261126);
    String[] words = {
      "bomb", "kill", "flower", "people", "hate", "garden", "steal", "money", ". ", "\n", "! ",
      "hack", "the", "with"
    };
    var all = EnumSet.allOf(Category.class).toArray(Category[]::new);
    for (int round = 0; round < 200; round++) {
      var text = new StringBuilder();
      for (int i = 0; i < 160; i++) {
        text.append(words[random.nextInt(words.length)]).append(random.nextInt(12) == 0 ? "" : " ");
      }
      int from = Detector.LOOK_BEHIND + random.nextInt(200);
      int to = Math.min(text.length() - 1, from + 100);
      int left = from - Detector.LOOK_BEHIND;
      int right = Math.min(text.length(), to + 242);

      assertThat(
              detect(text.substring(left, right), from - left, to - left, all).stream()
                  .map(m -> m.entity() + (m.start() + left) + "-" + (m.end() + left))
                  .toList())
          .isEqualTo(
              detect(text.toString(), from, to, all).stream()
                  .map(m -> m.entity() + m.start() + "-" + m.end())
                  .toList());
    }
  }
}
