package dev.newel.policy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * What the product promises of policies: their order means nothing, and more of them only tighten.
 */
class JoinTest {
  private static final int ROUNDS = 2_000;

  private final RandomPolicies policies = new RandomPolicies(20261125);

  @Test
  void joinIsCommutative() {
    for (int i = 0; i < ROUNDS; i++) {
      var a = policies.next();
      var b = policies.next();
      assertThat(a.join(b)).isEqualTo(b.join(a));
    }
  }

  @Test
  void joinIsAssociative() {
    for (int i = 0; i < ROUNDS; i++) {
      var a = policies.next();
      var b = policies.next();
      var c = policies.next();
      assertThat(a.join(b).join(c)).isEqualTo(a.join(b.join(c)));
    }
  }

  @Test
  void joinIsIdempotent() {
    for (int i = 0; i < ROUNDS; i++) {
      var a = policies.next();
      var b = policies.next();
      assertThat(a.join(a)).isEqualTo(a);
      assertThat(a.join(b).join(a)).isEqualTo(a.join(b));
    }
  }

  @Test
  void addingAPolicyNeverWeakensTheActionOnAnySpan() {
    for (int i = 0; i < ROUNDS; i++) {
      // Given
      var before = policies.next();

      // When
      var after = before.join(policies.next());

      // Then
      for (Check check : RandomPolicies.checks()) {
        for (Direction direction : Direction.values()) {
          for (Part part : Part.values()) {
            assertThat(action(after, check, direction, part))
                .isGreaterThanOrEqualTo(action(before, check, direction, part));
          }
        }
      }
    }
  }

  @Test
  void addingAPolicyNeverRevealsMoreOfAMaskedSpan() {
    for (int i = 0; i < ROUNDS; i++) {
      var before = policies.next();
      var after = before.join(policies.next());
      for (Check check : RandomPolicies.checks()) {
        mask(before, check)
            .ifPresent(m -> assertThat(mask(after, check).orElseThrow()).isGreaterThanOrEqualTo(m));
      }
    }
  }

  @Test
  void addingAPolicyNeverOpensAFailure() {
    for (int i = 0; i < ROUNDS; i++) {
      var before = policies.next().settings();
      var after = before.join(policies.next().settings());
      assertThat(after.scope()).containsAll(before.scope());
      assertThat(after.maxHoldBack()).isGreaterThanOrEqualTo(before.maxHoldBack());
      assertThat(after.onError()).isGreaterThanOrEqualTo(before.onError());
      assertThat(after.onUninspectable()).isGreaterThanOrEqualTo(before.onUninspectable());
    }
  }

  @Test
  void theRevisionDoesNotDependOnTheOrder() {
    for (int i = 0; i < ROUNDS / 10; i++) {
      // Given
      List<EffectivePolicy> some = policies.list();
      String revision = EffectivePolicy.joinAll(some).orElseThrow().revision();

      // When
      var shuffled = new ArrayList<>(some);
      shuffled.addAll(some);
      Collections.shuffle(shuffled, policies.random());

      // Then
      assertThat(EffectivePolicy.joinAll(shuffled).map(EffectivePolicy::revision))
          .contains(revision);
    }
  }

  @Test
  void noPolicyAtAllIsNoPolicy() {
    assertThat(EffectivePolicy.joinAll(List.of())).isEmpty();
  }

  @Test
  void policiesOfOneNameAndDifferentKindsAreTwoSources() {
    // Given
    var rule = Rules.rule("a", Rules.words("x"));
    var twin =
        new Rule(
            new RuleId(PolicyKind.CLUSTER, "test", "a"),
            rule.severity(),
            rule.check(),
            rule.input(),
            rule.output(),
            rule.mode(),
            rule.mask(),
            rule.messages(),
            rule.explain());

    // Then
    assertThat(EffectivePolicy.of(List.of(rule, twin), Settings.DEFAULT).sources()).isEqualTo(2);
    assertThat(EffectivePolicy.of(List.of(rule, rule), Settings.DEFAULT).sources()).isEqualTo(1);
  }

  /** What the filter does to a span that this check matches in this part. */
  private static Action action(EffectivePolicy p, Check check, Direction direction, Part part) {
    if (!p.settings().scope().contains(part)) {
      return Action.ALLOW;
    }
    return p.rules().stream()
        .filter(r -> r.check().equals(check))
        .flatMap(r -> r.action(direction).stream())
        .max(Comparator.naturalOrder())
        .orElse(Action.ALLOW);
  }

  private static Optional<MaskStyle> mask(EffectivePolicy p, Check check) {
    return p.rules().stream()
        .filter(r -> r.check().equals(check))
        .filter(r -> r.action(Direction.INPUT).equals(Optional.of(Action.MASK)))
        .map(Rule::mask)
        .max(Comparator.naturalOrder());
  }
}
