package dev.newel.policy;

import java.util.Objects;
import java.util.Optional;

/**
 * One named check with its effect, complete in itself: everything that belongs to a rule alone is
 * here, so joining policies can never change what a rule does.
 *
 * @param id who wrote it where
 * @param severity for metrics, audit and alerts
 * @param check what it looks for
 * @param input action on texts to the model; empty when the rule does not look there
 * @param output action on texts from the model; empty when the rule does not look there
 * @param mode of the policy it stands in; {@link Mode#DETECT} caps both actions
 * @param mask of the policy it stands in
 * @param messages of the policy it stands in, shown when this rule blocks
 * @param explain whether a block by this rule may name it to the client
 */
public record Rule(
    RuleId id,
    Severity severity,
    Check check,
    Optional<Action> input,
    Optional<Action> output,
    Mode mode,
    MaskStyle mask,
    BlockedMessages messages,
    boolean explain) {

  public Rule {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(severity, "severity");
    Objects.requireNonNull(check, "check");
    Objects.requireNonNull(mode, "mode");
    Objects.requireNonNull(mask, "mask");
    Objects.requireNonNull(messages, "messages");
    if (input.isEmpty() && output.isEmpty()) {
      throw new IllegalArgumentException(
          "rule " + id + " looks in no direction; set input, output or both");
    }
  }

  /**
   * What happens to a match in this direction after {@link Mode} is applied; empty when the rule
   * does not look there.
   */
  public Optional<Action> action(Direction direction) {
    Optional<Action> written = direction == Direction.INPUT ? input : output;
    return mode == Mode.ENFORCE ? written : written.map(a -> a.atMost(Action.DETECT));
  }
}
