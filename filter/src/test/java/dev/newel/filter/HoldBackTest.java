package dev.newel.filter;

import static dev.newel.filter.Policies.engine;
import static dev.newel.filter.Policies.pattern;
import static dev.newel.filter.Policies.rule;
import static dev.newel.filter.Policies.words;
import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.policy.Action;
import dev.newel.policy.Check;
import dev.newel.policy.Direction;
import dev.newel.policy.Entity;
import dev.newel.policy.OnFailure;
import dev.newel.policy.Part;
import dev.newel.policy.Settings;
import dev.newel.policy.compile.PolicyCompiler;
import java.util.EnumSet;
import java.util.List;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The compiler and the engine must count alike: what one lets through the other holds back. */
class HoldBackTest {
  static Stream<Check> checks() {
    return Stream.concat(
        Stream.of(Entity.values())
            .filter(e -> e.reach() > Settings.MIN_HOLD_BACK)
            .map(e -> new Check.Sensitive(new TreeSet<>(List.of(e)))),
        Stream.of(
            new Check.Secrets(),
            words("a".repeat(30), "b"),
            words("\ufdfa"),
            pattern("[a-z]{20}", "x.{9}")));
  }

  @ParameterizedTest
  @MethodSource("checks")
  void theLeastHoldBackThatTheCompilerAcceptsIsWhatTheEngineUses(Check check) {
    // Given
    var rule = rule("r", check, Action.MASK);

    // When
    int holdBack = engine(rule).holdBack(Direction.OUTPUT);

    // Then
    assertThat(PolicyCompiler.check(List.of(rule), settings(holdBack))).isEmpty();
    assertThat(PolicyCompiler.check(List.of(rule), settings(holdBack - 1))).hasSize(1);
  }

  private static Settings settings(int holdBack) {
    return new Settings(EnumSet.allOf(Part.class), holdBack, OnFailure.BLOCK, OnFailure.BLOCK);
  }
}
