package dev.newel.policy;

import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** Short ways to write rules in tests. */
public final class Rules {
  private Rules() {}

  public static Rule rule(String name, Check check, Action input, Action output) {
    return new Rule(
        new RuleId(PolicyKind.NAMESPACED, "test", name),
        Severity.HIGH,
        check,
        Optional.ofNullable(input),
        Optional.ofNullable(output),
        Mode.ENFORCE,
        MaskStyle.LABEL,
        BlockedMessages.DEFAULT,
        false);
  }

  /** Masks both ways. */
  public static Rule rule(String name, Check check) {
    return rule(name, check, Action.MASK, Action.MASK);
  }

  public static Check sensitive(Entity... entities) {
    return new Check.Sensitive(new TreeSet<>(List.of(entities)));
  }

  public static Check words(String... words) {
    return new Check.Words(new TreeSet<>(List.of(words)), Check.WordMatch.WORD);
  }

  public static Check pattern(String... expressions) {
    return new Check.Pattern(List.of(expressions));
  }

  /** Allows one name, its {@code to} within example.com, and denies another. */
  public static Check.Tools tools(Check.Tools.Otherwise otherwise, String allowed, String denied) {
    return new Check.Tools(
        otherwise,
        List.of(
            new Check.Tools.Allowed(
                new Glob(allowed),
                List.of(new Check.Tools.Argument("$.to[*]", "@example\\.com$")))),
        new TreeSet<>(List.of(new Glob(denied))));
  }

  public static Settings holdBack(int most) {
    Settings d = Settings.DEFAULT;
    return new Settings(d.scope(), most, d.onUninspectable(), d.onError());
  }
}
