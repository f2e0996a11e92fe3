package dev.newel.filter.decide;

import static dev.newel.filter.Policies.pattern;
import static dev.newel.filter.Policies.rule;
import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.policy.Action;
import dev.newel.policy.MaskStyle;
import dev.newel.policy.Rule;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class SweepTest {
  private static final Masker MASKER = new Masker(new byte[32]);

  private static Finding finding(Rule rule, String entity, int start, int end) {
    return new Finding(
        rule, rule.input().orElseThrow(), "pattern", entity, start, end, 1, "plain", "x");
  }

  private static Rule masks(String name, MaskStyle style) {
    return rule(name, pattern("x"), Action.MASK, style);
  }

  @Test
  void everyCoveredCharacterIsReplacedByWhatReachesFarthestThere() {
    long seed = Long.getLong("newel.seed", 20261202L);
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int round = 0; round < 5000; round++) {
      List<Finding> findings = random(random);
      int from = random.nextInt(5);
      int to = from + random.nextInt(30);
      assertThat(Sweep.edits(findings, from, to, MASKER))
          .as("round %d, %s", round, findings)
          .isEqualTo(slowly(findings, from, to));
    }
  }

  /** Asks at each position by itself. */
  private static List<Sweep.Edit> slowly(List<Finding> findings, int from, int to) {
    var edits = new ArrayList<Sweep.Edit>();
    for (int at = from; at < to; ) {
      int position = at;
      var shown =
          findings.stream()
              .filter(f -> f.action() == Action.MASK && f.start() <= position && position < f.end())
              .max(
                  Comparator.comparingInt(Finding::end)
                      .thenComparing(f -> f.rule().mask())
                      .thenComparing(f -> f.rule().id(), Comparator.reverseOrder())
                      .thenComparing(Finding::entity));
      if (shown.isPresent()) {
        edits.add(new Sweep.Edit(at, shown.get().end(), MASKER.replacement(shown.get())));
        at = shown.get().end();
      } else {
        at++;
      }
    }
    return edits;
  }

  private static List<Finding> random(Random random) {
    var findings = new ArrayList<Finding>();
    for (int n = random.nextInt(8); n > 0; n--) {
      Rule rule =
          random.nextInt(6) == 0
              ? rule("detects", pattern("x"), Action.DETECT)
              : masks(
                  "r" + random.nextInt(3),
                  List.of(MaskStyle.values()).get(random.nextInt(MaskStyle.values().length)));
      int start = random.nextInt(30);
      findings.add(finding(rule, "E" + random.nextInt(2), start, start + 1 + random.nextInt(10)));
    }
    return findings;
  }

  @Test
  void aTextFullOfFindingsIsSweptInOnePass() {
    // Given as many findings as a body of the longest size can hold
    Rule rule = masks("r", MaskStyle.LABEL);
    List<Finding> findings =
        IntStream.range(0, 1_000_000).mapToObj(i -> finding(rule, "E", 8 * i, 8 * i + 6)).toList();
    // Then
    assertThat(Sweep.edits(findings, 0, 8_000_000, MASKER)).hasSize(1_000_000);
  }
}
