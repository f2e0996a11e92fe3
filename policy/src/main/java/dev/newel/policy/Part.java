package dev.newel.policy;

/**
 * The part of a conversation that a text belongs to. A policy's {@code scope} is a set of these.
 */
public enum Part {
  SYSTEM,
  USER,
  ASSISTANT,
  /** Names and arguments of the tools that a model wants to call, and the definitions of tools. */
  TOOL_CALL,
  /** What a tool answered: text that no person in the conversation wrote. */
  TOOL_RESULT
}
