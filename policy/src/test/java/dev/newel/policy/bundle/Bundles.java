package dev.newel.policy.bundle;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.newel.policy.EffectivePolicy;
import dev.newel.policy.Rules;
import dev.newel.policy.Settings;
import java.util.List;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** Short ways to write bundles in tests. */
final class Bundles {
  static final String MODEL = "team-a/llm";

  private Bundles() {}

  static Bundle bundle(long sequence) {
    return new Bundle(
        MODEL,
        sequence,
        EffectivePolicy.of(
            List.of(Rules.rule("codename", Rules.words("aurora"))), Settings.DEFAULT));
  }

  static AbstractThrowableAssert<?, ?> assertRefused(Refused reason, ThrowingCallable call) {
    return assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            BundleRefusedException.class,
            e -> org.assertj.core.api.Assertions.assertThat(e.reason()).isEqualTo(reason));
  }
}
