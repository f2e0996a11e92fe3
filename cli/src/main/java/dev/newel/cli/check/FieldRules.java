package dev.newel.cli.check;

import com.fasterxml.jackson.databind.JsonNode;
import dev.newel.crds.schema.Formats;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What a schema cannot say and the resource definitions say in CEL: which fields go together. Asked
 * only of what fits the schema.
 */
final class FieldRules {
  private static final List<String> DETECTORS =
      List.of(
          "sensitive",
          "secrets",
          "promptAttack",
          "words",
          "pattern",
          "leakage",
          "tools",
          "content");

  /** As {@link Formats#LABEL_NAME} says it in CEL. */
  private static final Pattern LABEL_NAME = Pattern.compile("[a-z0-9]([-a-z0-9]*[a-z0-9])?");

  private FieldRules() {}

  static List<String> problems(JsonNode spec) {
    var problems = new ArrayList<String>();
    JsonNode rules = spec.path("rules");
    for (int i = 0; i < rules.size(); i++) {
      rule(rules.get(i), "spec.rules[" + i + "]", problems);
    }
    JsonNode targets = spec.path("targets");
    if (targets.isObject() && targets.has("selector") == targets.has("names")) {
      problems.add(
          "spec.targets has both or neither of selector and names; write exactly one, or leave"
              + " targets out to select every model");
    }
    expressions(targets.path("selector"), "spec.targets.selector", problems);
    expressions(spec.path("namespaceSelector"), "spec.namespaceSelector", problems);
    return problems;
  }

  private static void rule(JsonNode rule, String path, List<String> problems) {
    String called = rule.path("name").asText();
    if (!LABEL_NAME.matcher(called).matches()) {
      problems.add(path + ".name: \"" + called + "\" is " + Formats.LABEL_NAME_SAYS);
    }
    String name = path + " (" + called + ")";
    long detectors = DETECTORS.stream().filter(rule::has).count();
    if (detectors != 1) {
      problems.add(
          name
              + (detectors == 0 ? " has no detector" : " has more than one detector")
              + "; write exactly one of "
              + String.join(", ", DETECTORS));
    }
    if (!rule.has("input") && !rule.has("output")) {
      problems.add(
          name
              + " looks in no direction; set input, output or both to Allow, Detect, Mask or"
              + " Block");
    }
    if (rule.has("promptAttack") && rule.has("output")) {
      problems.add(
          name
              + " has output, but promptAttack judges what goes to the model; remove output and set"
              + " input");
    }
    if (rule.has("leakage") && rule.has("input")) {
      problems.add(
          name
              + " has input, but leakage judges what the model answers; remove input and set"
              + " output");
    }
    JsonNode leakage = rule.path("leakage");
    if (isFalse(leakage.path("systemPrompt")) && isFalse(leakage.path("canaries"))) {
      problems.add(
          path
              + ".leakage looks for nothing: systemPrompt and canaries are both false; set one of"
              + " them to true");
    }
    JsonNode tools = rule.path("tools");
    if (tools.path("default").asText().equals("Allow")
        && !tools.has("allow")
        && !tools.has("deny")) {
      problems.add(
          path
              + ".tools allows every call: default is Allow and neither allow nor deny names a tool;"
              + " name some, or set default to Deny");
    }
    JsonNode words = rule.path("words");
    if (words.isObject() && !words.has("values") && !words.has("from")) {
      problems.add(
          path
              + ".words has neither values nor from; write the words, or name a ConfigMap with"
              + " them");
    }
  }

  private static boolean isFalse(JsonNode value) {
    return value.isBoolean() && !value.booleanValue();
  }

  private static void expressions(JsonNode selector, String path, List<String> problems) {
    JsonNode expressions = selector.path("matchExpressions");
    for (int i = 0; i < expressions.size(); i++) {
      String operator = expressions.get(i).path("operator").asText();
      boolean needsValues = operator.equals("In") || operator.equals("NotIn");
      if (needsValues != expressions.get(i).has("values")) {
        problems.add(
            "%s.matchExpressions[%d]: operator %s %s"
                .formatted(
                    path,
                    i,
                    operator,
                    needsValues ? "needs values" : "takes no values; remove them"));
      }
    }
  }
}
