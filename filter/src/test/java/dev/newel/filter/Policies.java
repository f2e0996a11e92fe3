package dev.newel.filter;

import dev.newel.policy.Action;
import dev.newel.policy.BlockedMessages;
import dev.newel.policy.Check;
import dev.newel.policy.EffectivePolicy;
import dev.newel.policy.Entity;
import dev.newel.policy.MaskStyle;
import dev.newel.policy.Mode;
import dev.newel.policy.PolicyKind;
import dev.newel.policy.Rule;
import dev.newel.policy.RuleId;
import dev.newel.policy.Settings;
import dev.newel.policy.Severity;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Short ways to write policies in tests. */
public final class Policies {
  private static final byte[] KEY = new byte[32];

  private Policies() {}

  public static Rule rule(String name, Check check, Action action, MaskStyle style) {
    return new Rule(
        new RuleId(PolicyKind.NAMESPACED, "test", name),
        Severity.HIGH,
        check,
        Optional.of(action),
        Optional.of(action),
        Mode.ENFORCE,
        style,
        BlockedMessages.DEFAULT,
        false);
  }

  public static Rule rule(String name, Check check, Action action) {
    return rule(name, check, action, MaskStyle.LABEL);
  }

  public static Check everything() {
    return new Check.Sensitive(new TreeSet<>(EnumSet.allOf(Entity.class)));
  }

  public static Check words(String... words) {
    return new Check.Words(new TreeSet<>(List.of(words)), Check.WordMatch.WORD);
  }

  public static Check pattern(String... expressions) {
    return new Check.Pattern(List.of(expressions));
  }

  public static Engine engine(Rule... rules) {
    return Engine.compile(EffectivePolicy.of(Arrays.asList(rules), Settings.DEFAULT), KEY);
  }
}
