package dev.newel.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ActionTest {
  @ParameterizedTest
  @CsvSource({
    "ALLOW, ALLOW, ALLOW",
    "ALLOW, DETECT, DETECT",
    "ALLOW, MASK, MASK",
    "ALLOW, BLOCK, BLOCK",
    "DETECT, DETECT, DETECT",
    "DETECT, MASK, MASK",
    "DETECT, BLOCK, BLOCK",
    "MASK, MASK, MASK",
    "MASK, BLOCK, BLOCK",
    "BLOCK, BLOCK, BLOCK",
  })
  void theStricterOfTwoActionsWins(Action a, Action b, Action stricter) {
    assertThat(a.join(b)).isEqualTo(stricter);
    assertThat(b.join(a)).isEqualTo(stricter);
  }

  @ParameterizedTest
  @CsvSource({"ALLOW, ALLOW, ALLOW", "ALLOW, BLOCK, BLOCK", "BLOCK, BLOCK, BLOCK"})
  void theStricterOfTwoFailuresWins(OnFailure a, OnFailure b, OnFailure stricter) {
    assertThat(a.join(b)).isEqualTo(stricter);
    assertThat(b.join(a)).isEqualTo(stricter);
  }

  @ParameterizedTest
  @CsvSource({"ALLOW, ALLOW", "DETECT, DETECT", "MASK, DETECT", "BLOCK, DETECT"})
  void aPolicyThatOnlyDetectsActsOnNothing(Action written, Action effective) {
    // Given
    var enforced = Rules.rule("r", Rules.words("x"), written, null);
    var detecting =
        new Rule(
            enforced.id(),
            enforced.severity(),
            enforced.check(),
            enforced.input(),
            enforced.output(),
            Mode.DETECT,
            enforced.mask(),
            enforced.messages(),
            enforced.explain());

    // Then
    assertThat(enforced.action(Direction.INPUT)).contains(written);
    assertThat(detecting.action(Direction.INPUT)).contains(effective);
    assertThat(detecting.action(Direction.OUTPUT)).isEmpty();
  }

  @Test
  void aRuleLooksSomewhere() {
    assertThatThrownBy(() -> Rules.rule("r", Rules.words("x"), null, null))
        .hasMessage("rule GuardrailPolicy/test/r looks in no direction; set input, output or both");
  }

  @ParameterizedTest
  @CsvSource({"15", "4097"})
  void aHoldBackOutsideItsRangeIsRefused(int holdBack) {
    assertThatThrownBy(() -> Rules.holdBack(holdBack))
        .hasMessage("maxHoldBack is %d; allowed are 16 to 4096".formatted(holdBack));
  }

  @ParameterizedTest
  @EnumSource
  void anEntityIsFoundByNameAndLabel(Entity entity) {
    assertThat(Entity.of(entity.name())).contains(entity);
    assertThat(Entity.of(entity.label())).contains(entity);
    assertThat(Entity.of("HAIR_COLOUR")).isEmpty();
  }
}
