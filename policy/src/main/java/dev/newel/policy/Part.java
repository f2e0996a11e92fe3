package dev.newel.policy;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * The part of a conversation that a text belongs to. A policy's {@code scope} is a set of these.
 */
public enum Part {
  @JsonProperty("System")
  SYSTEM,
  @JsonProperty("User")
  USER,
  @JsonProperty("Assistant")
  ASSISTANT,
  /** Names and arguments of the tools that a model wants to call, and the definitions of tools. */
  @JsonProperty("ToolCall")
  TOOL_CALL,
  /** What a tool answered: text that no person in the conversation wrote. */
  @JsonProperty("ToolResult")
  TOOL_RESULT
}
