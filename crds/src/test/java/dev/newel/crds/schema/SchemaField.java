package dev.newel.crds.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * One place in a schema.
 *
 * @param path from the root, {@code spec.rules[].words.values[]}: {@code []} stands for any item of
 *     a list and any value of a map
 * @param schema what is said about it
 */
public record SchemaField(String path, JsonNode schema) {

  /** Everything below {@code spec} or {@code status}, parents before children. */
  public static List<SchemaField> of(JsonNode crd, String part) {
    var all = new ArrayList<SchemaField>();
    JsonNode root = CommittedCrds.schema(crd).get("properties").get(part);
    collect(part, root, all);
    return all;
  }

  private static void collect(String path, JsonNode schema, List<SchemaField> all) {
    all.add(new SchemaField(path, schema));
    schema
        .path("properties")
        .properties()
        .forEach(p -> collect(path + "." + p.getKey(), p.getValue(), all));
    if (schema.has("items")) {
      collect(path + "[]", schema.get("items"), all);
    }
    if (schema.path("additionalProperties").isObject()) {
      collect(path + "[]", schema.get("additionalProperties"), all);
    }
  }

  /** Lists and map values are reached by [], properties by their names. */
  public List<String> steps() {
    return List.of(path.replace("[]", ".[]").split("\\."));
  }

  public String type() {
    return schema.path("x-kubernetes-int-or-string").asBoolean()
        ? "int-or-string"
        : schema.path("type").asText();
  }

  public boolean isMap() {
    return schema.path("additionalProperties").isObject();
  }

  /** Free-form below this point. */
  public boolean keepsUnknownFields() {
    return schema.path("x-kubernetes-preserve-unknown-fields").asBoolean();
  }

  /** CEL rules at this place. */
  public List<CelRule> rules() {
    var rules = new ArrayList<CelRule>();
    schema.path("x-kubernetes-validations").forEach(r -> rules.add(CelRule.of(path, r)));
    return rules;
  }
}
