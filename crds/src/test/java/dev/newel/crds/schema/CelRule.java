package dev.newel.crds.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.Comparator;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * A validation rule of a schema.
 *
 * @param path of the field that it judges
 * @param rule in CEL
 * @param says a text that every answer of the rule holds: its message, or the longest fixed part of
 *     its message expression
 */
public record CelRule(String path, String rule, String says) {
  private static final Pattern LITERAL = Pattern.compile("'((?:[^'\\\\]|\\\\.)*)'");

  static CelRule of(String path, JsonNode node) {
    String expression = node.path("messageExpression").asText();
    String says =
        expression.isEmpty()
            ? node.path("message").asText()
            : LITERAL
                .matcher(expression)
                .results()
                .map((MatchResult m) -> m.group(1))
                .max(Comparator.comparingInt(String::length))
                .orElseThrow();
    return new CelRule(path, node.path("rule").asText(), says);
  }
}
