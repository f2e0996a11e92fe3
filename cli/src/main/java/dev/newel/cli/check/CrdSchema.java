package dev.newel.cli.check;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.google.re2j.Pattern;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The schema of a custom resource as the API server would apply it (structural OpenAPI v3), so that
 * a manifest fails here for the same reasons. Fields that the schema does not know are errors: the
 * server would drop them, and a rule with a misspelt field would not do what its author meant.
 */
final class CrdSchema {
  private final JsonNode root;

  private CrdSchema(JsonNode root) {
    this.root = root;
  }

  /**
   * The schema of a plural name.
   *
   * @param plural {@code guardrailpolicies}
   */
  static CrdSchema of(String plural) {
    try (var file = CrdSchema.class.getResourceAsStream("/crds/newel.dev_" + plural + ".yaml")) {
      JsonNode crd = new YAMLMapper().readTree(file);
      return new CrdSchema(crd.at("/spec/versions/0/schema/openAPIV3Schema"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Everything that is wrong with the specification; each message begins with the path. */
  List<String> problems(JsonNode spec) {
    var problems = new ArrayList<String>();
    value(root.at("/properties/spec"), spec, "spec", problems);
    return problems;
  }

  private void value(JsonNode schema, JsonNode value, String path, List<String> problems) {
    String type = schema.path("type").asText();
    boolean fits =
        switch (type) {
          case "object" -> value.isObject();
          case "array" -> value.isArray();
          case "string" -> value.isTextual();
          case "integer" -> value.isIntegralNumber();
          case "boolean" -> value.isBoolean();
          default -> true;
        };
    if (!fits) {
      String article = type.matches("[aeiou].*") ? "an " : "a ";
      problems.add(path + " is " + shown(value) + "; it must be " + article + type);
      return;
    }
    switch (type) {
      case "object" -> object(schema, value, path, problems);
      case "array" -> array(schema, value, path, problems);
      case "string" -> string(schema, value, path, problems);
      case "integer" -> range(schema, value, path, problems);
      default -> {}
    }
  }

  private void object(JsonNode schema, JsonNode value, String path, List<String> problems) {
    JsonNode known = schema.path("properties");
    value
        .properties()
        .forEach(field -> {
          String at = path + "." + field.getKey();
          if (known.has(field.getKey())) {
            value(known.get(field.getKey()), field.getValue(), at, problems);
          } else if (schema.has("additionalProperties")) {
            value(schema.get("additionalProperties"), field.getValue(), at, problems);
          } else {
            var names = new TreeSet<String>();
            known.fieldNames().forEachRemaining(names::add);
            problems.add(at + " is not a field; known are " + String.join(", ", names));
          }
        });
    for (JsonNode name : schema.path("required")) {
      if (!value.has(name.asText())) {
        problems.add(path + "." + name.asText() + " is missing; it is required");
      }
    }
    size(schema, "Properties", value.size(), "members", path, problems);
  }

  private void array(JsonNode schema, JsonNode value, String path, List<String> problems) {
    size(schema, "Items", value.size(), "entries", path, problems);
    Set<JsonNode> seen = new HashSet<>();
    String list = schema.path("x-kubernetes-list-type").asText();
    for (int i = 0; i < value.size(); i++) {
      JsonNode element = value.get(i);
      String at = path + "[" + i + "]";
      value(schema.path("items"), element, at, problems);
      JsonNode key =
          list.equals("map")
              ? element.path(schema.path("x-kubernetes-list-map-keys").path(0).asText())
              : element;
      if ((list.equals("map") || list.equals("set")) && !seen.add(key)) {
        problems.add(at + " is " + shown(key) + ", which is there already; remove one");
      }
    }
  }

  private static void string(JsonNode schema, JsonNode value, String path, List<String> problems) {
    String text = value.textValue();
    size(schema, "Length", text.codePointCount(0, text.length()), "characters", path, problems);
    if (schema.has("pattern")
        && !Pattern.compile(schema.get("pattern").asText()).matcher(text).find()) {
      problems.add(
          path + " is " + shown(value) + "; it must match " + schema.get("pattern").asText());
    }
    if (schema.has("enum")
        && StreamSupport.stream(schema.get("enum").spliterator(), false).noneMatch(value::equals)) {
      problems.add(
          path
              + " is "
              + shown(value)
              + "; write one of "
              + StreamSupport.stream(schema.get("enum").spliterator(), false)
                  .map(JsonNode::asText)
                  .collect(Collectors.joining(", ")));
    }
  }

  private static void range(JsonNode schema, JsonNode value, String path, List<String> problems) {
    double number = value.doubleValue();
    if (number < schema.path("minimum").asDouble(number)
        || number > schema.path("maximum").asDouble(number)) {
      problems.add(
          "%s is %s; allowed are %d to %d"
              .formatted(
                  path,
                  value,
                  schema.path("minimum").asLong(Long.MIN_VALUE),
                  schema.path("maximum").asLong(Long.MAX_VALUE)));
    }
  }

  private static void size(
      JsonNode schema, String of, int size, String what, String path, List<String> problems) {
    int least = schema.path("min" + of).asInt(0);
    int most = schema.path("max" + of).asInt(Integer.MAX_VALUE);
    if (size < least) {
      problems.add("%s has %d %s; the least is %d".formatted(path, size, what, least));
    } else if (size > most) {
      problems.add("%s has %d %s; the most is %d".formatted(path, size, what, most));
    }
  }

  private static String shown(JsonNode value) {
    String text = value.toString();
    return text.length() <= 80 ? text : text.substring(0, 80) + "…";
  }
}
