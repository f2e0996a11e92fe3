package dev.newel.crds.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * A validation rule of a schema.
 *
 * @param path of the field that it judges
 * @param rule in CEL
 * @param texts fixed parts of what it says: its message, and the literals of its message expression
 */
public record CelRule(String path, String rule, List<String> texts) {
  private static final Pattern LITERAL = Pattern.compile("'((?:[^'\\\\]|\\\\.)*)'");

  /** Literals as long as this say something; shorter ones are values and glue. */
  private static final int PHRASE = 12;

  static CelRule of(String path, JsonNode node) {
    String expression = node.path("messageExpression").asText();
    return new CelRule(
        path,
        node.path("rule").asText(),
        expression.isEmpty()
            ? List.of(node.path("message").asText())
            : LITERAL.matcher(expression).results().map(m -> m.group(1)).toList());
  }

  /** A text that stands in the answer of this rule and hardly in any other. */
  public String says() {
    return texts.stream().max(Comparator.comparingInt(String::length)).orElseThrow();
  }

  /** Whether an answer may come from this rule. */
  public boolean maySay(String answer) {
    return texts.stream().anyMatch(t -> t.length() >= PHRASE && answer.contains(t.strip()));
  }
}
