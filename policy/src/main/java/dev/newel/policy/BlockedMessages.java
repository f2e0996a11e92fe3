package dev.newel.policy;

import java.util.Objects;

/**
 * What a client reads when a rule stops its request or its answer.
 *
 * @param input for a stopped request
 * @param output for a stopped answer
 */
public record BlockedMessages(String input, String output) {
  /** What is said when a policy sets nothing. */
  public static final BlockedMessages DEFAULT =
      new BlockedMessages(
          "Your request was stopped by policy.", "The answer was stopped by policy.");

  public BlockedMessages {
    Objects.requireNonNull(input, "input");
    Objects.requireNonNull(output, "output");
  }

  public String of(Direction direction) {
    return direction == Direction.INPUT ? input : output;
  }
}
