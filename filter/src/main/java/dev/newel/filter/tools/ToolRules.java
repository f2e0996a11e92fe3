package dev.newel.filter.tools;

import dev.newel.filter.decide.Finding;
import dev.newel.policy.Action;
import dev.newel.policy.Check;
import dev.newel.policy.Direction;
import dev.newel.policy.EffectivePolicy;
import dev.newel.policy.Rule;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/** The rules of a policy on which tools may be called, compiled. Immutable. */
public final class ToolRules {
  private record Compiled(Rule rule, Check.Tools check, ArgumentRules arguments) {}

  private final List<Compiled> rules;

  private ToolRules(List<Compiled> rules) {
    this.rules = rules;
  }

  /**
   * Compiles the rules on tools; the others are left alone.
   *
   * @throws IllegalArgumentException when a path or an expression cannot be read
   */
  public static ToolRules of(EffectivePolicy policy) {
    return new ToolRules(
        policy.rules().stream()
            .flatMap(rule ->
                rule.check() instanceof Check.Tools tools
                    ? Stream.of(new Compiled(rule, tools, ArgumentRules.of(tools)))
                    : Stream.empty())
            .toList());
  }

  /** Whether no rule looks at tools in this direction. */
  public boolean isEmpty(Direction direction) {
    return rules.stream().noneMatch(c -> action(c, direction).isPresent());
  }

  /** The rules that a call breaks. */
  public List<Finding> call(String name, String arguments, Direction direction) {
    return rules.stream()
        .flatMap(c -> finding(c, name, c.arguments().of(arguments), direction).stream())
        .toList();
  }

  /** The rules that say that a tool may not be called, whatever its arguments are. */
  public List<Finding> definition(String name, Direction direction) {
    return rules.stream().flatMap(c -> finding(c, name, _ -> true, direction).stream()).toList();
  }

  private static Optional<Finding> finding(
      Compiled c, String name, Predicate<Check.Tools.Argument> satisfied, Direction direction) {
    return action(c, direction)
        .filter(_ -> !c.check().allows(name, satisfied))
        .map(action ->
            new Finding(c.rule(), action, "tools", "TOOL", 0, name.length(), 1, "plain", ""));
  }

  private static Optional<Action> action(Compiled c, Direction direction) {
    return c.rule().action(direction).filter(a -> a != Action.ALLOW);
  }
}
