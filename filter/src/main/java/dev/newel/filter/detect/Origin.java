package dev.newel.filter.detect;

import dev.newel.policy.Direction;
import dev.newel.policy.Part;
import java.util.Objects;

/**
 * Where a text comes from. Who wrote it decides what may stand in it: a command is a request from a
 * person, and an attack in the mail that a tool fetched.
 *
 * @param part of the conversation
 * @param direction which way it travels through the filter
 * @param conversation what an answer must not give away
 */
public record Origin(Part part, Direction direction, Conversation conversation) {
  /** What a person types. */
  public static final Origin PROMPT = new Origin(Part.USER, Direction.INPUT);

  /** What the model answers. */
  public static final Origin ANSWER = new Origin(Part.ASSISTANT, Direction.OUTPUT);

  /** Of a conversation of which nothing is known. */
  public Origin(Part part, Direction direction) {
    this(part, direction, Conversation.NONE);
  }

  public Origin {
    Objects.requireNonNull(part, "part");
    Objects.requireNonNull(direction, "direction");
    Objects.requireNonNull(conversation, "conversation");
  }
}
