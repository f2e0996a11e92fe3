package dev.newel.filter.protocol;

import dev.newel.filter.decide.Finding;
import dev.newel.policy.Action;
import dev.newel.policy.Direction;
import java.util.List;
import java.util.Optional;

/**
 * What was decided on a whole request or answer.
 *
 * @param direction which way it went
 * @param action the strongest action
 * @param findings of all texts
 * @param inspectedBytes how many bytes were looked at
 * @param refusal why it is stopped; present exactly when the action is BLOCK
 */
public record Verdict(
    Direction direction,
    Action action,
    List<Finding> findings,
    long inspectedBytes,
    Optional<Refusal> refusal) {

  /**
   * Why something is stopped.
   *
   * @param code {@code policy}, {@code uninspectable} or {@code detector_error}
   * @param message what the client reads
   * @param rule the rule, when its policy allows to name it
   */
  public record Refusal(String code, String message, Optional<String> rule) {}

  public Verdict {
    if ((action == Action.BLOCK) != refusal.isPresent()) {
      throw new IllegalArgumentException("a block, and nothing else, has a refusal");
    }
    findings = List.copyOf(findings);
  }
}
