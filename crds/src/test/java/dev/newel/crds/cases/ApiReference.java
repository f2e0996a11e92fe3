package dev.newel.crds.cases;

import com.fasterxml.jackson.databind.JsonNode;
import dev.newel.crds.GeneratedCrds;
import dev.newel.crds.schema.CommittedCrds;
import dev.newel.crds.schema.Description;
import dev.newel.crds.schema.SchemaField;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/** {@code docs/reference/api.md}: the CRDs for people, with the answers that the cases show. */
final class ApiReference {
  private static final String HEAD =
      """
      <!-- Generated from crds/*.yaml and crds/src/test/cases; `make generate` writes it. -->
      # API reference

      Group `newel.dev`, version `v1alpha1`. Required fields are marked with a star. A field that does not exist is refused by
      `kubectl apply` (strict field validation); *Answers* are what the API server says, word for word, when a rule is broken.
      `[]` stands for any item of a list and any value of a map.
      """;

  /** Bounds in words, by keyword of the schema. */
  private static final Map<String, String> RANGES =
      Map.of("Length", "characters", "Items", "items", "Properties", "entries", "imum", "");

  private final List<Case> cases = Case.all();
  private final StringBuilder out = new StringBuilder(HEAD);

  /** From the classes and not from the files: both may be regenerated in one run, in any order. */
  static String text() throws IOException {
    var page = new ApiReference();
    for (String crd : GeneratedCrds.files().values()) {
      page.kind(new KubernetesSerialization().unmarshal(crd, JsonNode.class));
    }
    return page.out.toString();
  }

  private void kind(JsonNode crd) {
    JsonNode names = crd.at("/spec/names");
    line("\n## %s".formatted(names.path("kind").asText()));
    line("\n%s".formatted(CommittedCrds.schema(crd).path("description").asText()));
    line(
        "\n%s; `kubectl get %s` or `%s`. Columns: %s."
            .formatted(
                crd.at("/spec/scope").asText().equals("Cluster")
                    ? "For the whole cluster"
                    : "In a namespace",
                names.path("plural").asText(),
                names.at("/shortNames/0").asText(),
                columns(crd)));
    for (String part : List.of("spec", "status")) {
      for (SchemaField field : SchemaField.of(crd, part)) {
        if (field.schema().has("properties")) {
          object(names.path("kind").asText(), field);
        }
      }
    }
  }

  private static String columns(JsonNode crd) {
    var columns = new ArrayList<String>();
    crd.at("/spec/versions/0/additionalPrinterColumns")
        .forEach(c ->
            columns.add(
                "`%s`%s"
                    .formatted(
                        c.path("name").asText(),
                        c.path("priority").asInt() > 0 ? " (with `-o wide`)" : "")));
    return String.join(", ", columns);
  }

  private void object(String kind, SchemaField field) {
    line("\n### %s `%s`\n".formatted(kind, field.path()));
    line("| Field | Type | Bounds | Default | Meaning |");
    line("|---|---|---|---|---|");
    var required = texts(field.schema().path("required"));
    var fields = new ArrayList<SchemaField>();
    field
        .schema()
        .get("properties")
        .properties()
        .forEach(p -> {
          String path = field.path() + "." + p.getKey();
          SchemaField child = new SchemaField(path, p.getValue());
          fields.add(child);
          line(
              "| `%s`%s | %s | %s | %s | %s |"
                  .formatted(
                      p.getKey(),
                      required.contains(p.getKey()) ? " \\*" : "",
                      type(p.getValue()),
                      bounds(p.getValue()),
                      p.getValue().has("default")
                          ? code(p.getValue().get("default").toString())
                          : "",
                      meaning(child)));
        });
    answers(kind, field);
    fields.stream().filter(f -> !f.schema().has("properties")).forEach(f -> answers(kind, f));
  }

  private void answers(String kind, SchemaField field) {
    cases.stream()
        .filter(c -> c.kind().equals(kind))
        .flatMap(c -> c.expected().stream())
        .filter(e -> e.schemaPath().equals(field.path()))
        .filter(e -> field.rules().stream().anyMatch(r -> r.maySay(e.text())))
        .map(Case.Expected::text)
        .distinct()
        .forEach(text -> line("\nAnswer for `%s`: %s".formatted(field.path(), cell(text))));
  }

  private static String type(JsonNode schema) {
    if (schema.path("x-kubernetes-int-or-string").asBoolean()) {
      return "integer or string";
    }
    if (schema.has("items")) {
      return "list of " + type(schema.get("items"));
    }
    if (schema.path("additionalProperties").isObject()) {
      return "map of " + type(schema.get("additionalProperties"));
    }
    return schema.has("enum")
        ? texts(schema.get("enum")).stream()
            .map(ApiReference::code)
            .collect(Collectors.joining(", "))
        : schema.path("type").asText()
            + (schema.path("x-kubernetes-preserve-unknown-fields").asBoolean() ? ", free" : "");
  }

  private static String bounds(JsonNode schema) {
    var bounds = new ArrayList<String>();
    RANGES.entrySet().stream()
        .sorted(Map.Entry.comparingByKey())
        .forEach(r -> range(schema, r.getKey(), r.getValue(), bounds));
    if (schema.has("pattern")) {
      bounds.add("pattern " + code(schema.get("pattern").asText()));
    }
    BiFunction<String, String, String> each =
        (key, of) -> schema.has(key) ? of + bounds(schema.get(key)) : "";
    for (String inner :
        List.of(each.apply("items", "each "), each.apply("additionalProperties", "each "))) {
      if (inner.length() > "each ".length()) {
        bounds.add(inner);
      }
    }
    return String.join("; ", bounds);
  }

  private static void range(JsonNode schema, String suffix, String unit, List<String> bounds) {
    JsonNode min = schema.path("min" + suffix);
    JsonNode max = schema.path("max" + suffix);
    if (!min.isMissingNode() || !max.isMissingNode()) {
      String range =
          max.isMissingNode()
              ? "at least " + min.asInt()
              : min.isMissingNode() ? "at most " + max.asInt() : min.asInt() + " to " + max.asInt();
      bounds.add((range + " " + unit).strip());
    }
  }

  private static String meaning(SchemaField field) {
    return Description.of(field.schema())
        .map(d -> cell(d.sentence()) + " Example: " + code(d.example()))
        .orElse(cell(field.schema().path("description").asText()));
  }

  /** Of the whole page, only table cells and code can break. */
  private static String cell(String text) {
    return text.replace("|", "\\|").replace("<", "&lt;").replace("\n", " ");
  }

  private static String code(String text) {
    return "`" + text.replace("|", "\\|") + "`";
  }

  private static List<String> texts(JsonNode list) {
    return StreamSupport.stream(list.spliterator(), false).map(JsonNode::asText).toList();
  }

  private void line(String text) {
    out.append(text).append('\n');
  }
}
