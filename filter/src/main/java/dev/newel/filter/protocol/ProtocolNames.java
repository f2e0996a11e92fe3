package dev.newel.filter.protocol;

import java.util.List;
import java.util.Set;

/**
 * What the chat API itself defines: members whose names are part of the protocol, and strings that
 * choose something and carry no text. Only in places that the protocol defines, too: below {@code
 * parameters}, for example, everything is somebody's text, because it all ends up in the prompt.
 */
final class ProtocolNames {
  /** Objects and arrays whose members the protocol defines. */
  private static final Set<String> PLACES =
      Set.of(
          "messages",
          "content",
          "tool_calls",
          "function_call",
          "function",
          "tools",
          "functions",
          "tool_choice",
          "choices",
          "message",
          "delta",
          "data",
          "error",
          "usage",
          "prompt_tokens_details",
          "completion_tokens_details",
          "stream_options",
          "response_format",
          "logprobs");

  /** Strings that choose something. */
  private static final Set<String> CHOICES =
      Set.of(
          "model",
          "type",
          "id",
          "object",
          "tool_call_id",
          "finish_reason",
          "system_fingerprint",
          "service_tier",
          "encoding_format",
          "reasoning_effort",
          "verbosity",
          "detail");

  private static final Set<String> ROLES =
      Set.of("system", "developer", "user", "assistant", "tool", "function");

  /** Words of JSON Schema (2020-12) that stand in every tool. */
  private static final Set<String> SCHEMA_NAMES =
      Set.of("type", "properties", "required", "description", "enum", "items", "default");

  private static final Set<String> SCHEMA_TYPES =
      Set.of("object", "string", "number", "integer", "boolean", "array", "null");

  private static final int MAX_NAME = 40;
  private static final int MAX_CHOICE = 128;

  private ProtocolNames() {}

  /** Whether the name of the member at this path is the protocol's and not somebody's text. */
  static boolean isName(List<Object> path) {
    String name = (String) path.getLast();
    if (SCHEMA_NAMES.contains(name)) {
      return true;
    }
    return inProtocol(path) && name.length() <= MAX_NAME && isIdentifier(name);
  }

  /** Whether the string at this path chooses something and carries no text. */
  static boolean isChoice(List<Object> path, String value) {
    if (!(path.getLast() instanceof String name)) {
      return false;
    }
    if (name.equals("type") && SCHEMA_TYPES.contains(value)) {
      return true;
    }
    if (!inProtocol(path)) {
      return false;
    }
    return name.equals("role")
        ? ROLES.contains(value)
        : CHOICES.contains(name) && value.length() <= MAX_CHOICE && isToken(value);
  }

  private static boolean inProtocol(List<Object> path) {
    return path.subList(0, path.size() - 1).stream()
        .allMatch(step -> step instanceof Integer || PLACES.contains(step));
  }

  private static boolean isIdentifier(String name) {
    return name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_');
  }

  /** In one piece: what has a space in it may be prose. */
  private static boolean isToken(String value) {
    return value.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }
}
