package dev.newel.filter.protocol;

import dev.newel.policy.Part;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where an API puts its texts, as a table. Every string is a text unless the table knows that it is
 * none, so a field that is new tomorrow is looked at today. What stands here is what the API itself
 * defines, and only in places that it defines: below a tool's {@code parameters}, for example,
 * everything is somebody's text, because it all ends up in the prompt.
 *
 * @param places objects and arrays whose members the API defines
 * @param choices strings that choose something and carry no text
 * @param opaque strings that hold numbers in base64: embeddings
 * @param typed arrays whose elements, and objects that, say what they hold
 * @param types what can be read of those; anything else is not text
 * @param unreadable members of answers that hold sound
 * @param jsonStrings strings that hold a JSON text: arguments of tool calls
 * @param jsonValues values that are a tool's own and judged as one text
 * @param tokens where a prompt may be given as numbers of tokens, which nobody here can read
 * @param names which part of a conversation stands below a member
 * @param kinds which part of a conversation an object belongs to that says it is of this kind
 */
record Shape(
    Set<String> places,
    Set<String> choices,
    Set<String> opaque,
    Set<String> typed,
    Set<String> types,
    Set<String> unreadable,
    Set<String> jsonStrings,
    Set<String> jsonValues,
    Set<String> tokens,
    Map<String, Part> names,
    Map<String, Part> kinds) {

  private static final Map<String, Part> ROLES =
      Map.of(
          "system", Part.SYSTEM,
          "developer", Part.SYSTEM,
          "user", Part.USER,
          "assistant", Part.ASSISTANT,
          "tool", Part.TOOL_RESULT,
          "function", Part.TOOL_RESULT);

  /** Words of JSON Schema (2020-12) that stand in every tool. */
  private static final Set<String> SCHEMA_NAMES =
      Set.of("type", "properties", "required", "description", "enum", "items", "default");

  private static final Set<String> SCHEMA_TYPES =
      Set.of("object", "string", "number", "integer", "boolean", "array", "null");

  private static final int MAX_NAME = 40;
  private static final int MAX_CHOICE = 128;

  /** The part that a message with this role belongs to. */
  static Optional<Part> role(String role) {
    return Optional.ofNullable(ROLES.get(role));
  }

  /**
   * Whether the name of a member is the API's and not somebody's text.
   *
   * @param defined whether it stands in a place that the API defines
   */
  boolean isName(boolean defined, String name) {
    return SCHEMA_NAMES.contains(name)
        || (defined && name.length() <= MAX_NAME && isIdentifier(name));
  }

  /** Whether the member's string chooses something and carries no text. */
  boolean isChoice(boolean defined, String name, String value) {
    if (name.equals("type") && SCHEMA_TYPES.contains(value)) {
      return true;
    }
    if (!defined) {
      return false;
    }
    return name.equals("role")
        ? ROLES.containsKey(value)
        : choices.contains(name) && value.length() <= MAX_CHOICE && isToken(value);
  }

  /** Whether the member's string is numbers in base64. */
  boolean isOpaque(boolean defined, String name, String value) {
    return defined && opaque.contains(name) && value.chars().allMatch(Shape::isBase64);
  }

  private static boolean isIdentifier(String name) {
    return name.chars().allMatch(c -> (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_');
  }

  /** In one piece: what has a space in it may be prose. */
  private static boolean isToken(String value) {
    return value.chars().allMatch(c -> c > ' ' && c < 0x7f);
  }

  private static boolean isBase64(int c) {
    return (c >= '0' && c <= '9')
        || (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || c == '+'
        || c == '/'
        || c == '=';
  }
}
