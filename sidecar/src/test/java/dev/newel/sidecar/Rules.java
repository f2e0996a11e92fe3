package dev.newel.sidecar;

import dev.newel.policy.Action;
import dev.newel.policy.BlockedMessages;
import dev.newel.policy.Check;
import dev.newel.policy.Entity;
import dev.newel.policy.MaskStyle;
import dev.newel.policy.Mode;
import dev.newel.policy.OnFailure;
import dev.newel.policy.PolicyKind;
import dev.newel.policy.Rule;
import dev.newel.policy.RuleId;
import dev.newel.policy.Settings;
import dev.newel.policy.Severity;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The rules that tests of the sidecar use. */
final class Rules {
  /** Masks e-mail addresses, card numbers and IBANs both ways. */
  static final Rule PERSONAL_DATA =
      rule(
          "pii",
          new Check.Sensitive(
              new TreeSet<>(
                  EnumSet.of(
                      Entity.EMAIL,
                      Entity.CREDIT_DEBIT_CARD_NUMBER,
                      Entity.INTERNATIONAL_BANK_ACCOUNT_NUMBER))),
          Action.MASK);

  /** Stops whatever names project-aurora. */
  static final Rule AURORA =
      rule(
          "secret-project",
          new Check.Words(new TreeSet<>(List.of("project-aurora")), Check.WordMatch.WORD),
          Action.BLOCK);

  /** Lets pass what cannot be looked at. */
  static final Settings OPEN =
      new Settings(
          Settings.DEFAULT.scope(),
          Settings.DEFAULT_HOLD_BACK,
          OnFailure.ALLOW,
          Settings.DEFAULT.onError());

  private Rules() {}

  static Rule rule(String name, Check check, Action action) {
    return new Rule(
        new RuleId(PolicyKind.NAMESPACED, "test", name),
        Severity.HIGH,
        check,
        Optional.of(action),
        Optional.of(action),
        Mode.ENFORCE,
        MaskStyle.LABEL,
        BlockedMessages.DEFAULT,
        false);
  }
}
