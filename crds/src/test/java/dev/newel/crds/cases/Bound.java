package dev.newel.crds.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.newel.crds.schema.SchemaField;
import java.util.ArrayList;
import java.util.List;

/**
 * A limit that a schema sets without CEL.
 *
 * @param field where
 * @param keyword of the schema: maxLength, minimum, …; {@code required} once for each property
 * @param property the required one; empty for other keywords
 */
record Bound(SchemaField field, String keyword, String property) {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final List<String> KEYWORDS =
      List.of(
          "type",
          "enum",
          "pattern",
          "minLength",
          "maxLength",
          "minimum",
          "maximum",
          "minItems",
          "maxItems",
          "maxProperties",
          "required");

  /** What else a schema may say of a value; a keyword in neither list fails the test. */
  static final List<String> HARMLESS =
      List.of("anyOf", "additionalProperties", "default", "description", "items", "properties");

  static List<Bound> of(SchemaField field) {
    var bounds = new ArrayList<Bound>();
    field
        .schema()
        .fieldNames()
        .forEachRemaining(keyword -> {
          if (keyword.equals("required")) {
            field
                .schema()
                .get(keyword)
                .forEach(p -> bounds.add(new Bound(field, keyword, p.asText())));
          } else if (KEYWORDS.contains(keyword)) {
            bounds.add(new Bound(field, keyword, ""));
          } else if (!HARMLESS.contains(keyword) && !keyword.startsWith("x-kubernetes-")) {
            throw new IllegalStateException("nothing tests " + keyword + " of " + field.path());
          }
        });
    return bounds;
  }

  private int limit() {
    return field.schema().get(keyword).asInt();
  }

  /** A value just outside; {@code value} is one inside. */
  JsonNode outside(JsonNode value) {
    return switch (keyword) {
      case "type" -> value.isTextual() ? NODES.numberNode(7) : NODES.textNode("text");
      case "enum" -> NODES.textNode("Nonsense");
      case "pattern" -> NODES.textNode("\u0001");
      case "minLength", "maxLength" ->
          NODES.textNode("a".repeat(limit() + (keyword.startsWith("max") ? 1 : -1)));
      case "minimum" -> NODES.numberNode(limit() - 1);
      case "maximum" -> NODES.numberNode(limit() + 1);
      case "minItems" -> items((ArrayNode) value, limit() - 1);
      case "maxItems" -> items((ArrayNode) value, limit() + 1);
      case "maxProperties" -> properties((ObjectNode) value, limit() + 1);
      case "required" -> ((ObjectNode) value.deepCopy()).without(property);
      default -> throw new IllegalStateException(keyword);
    };
  }

  /** Values at the limit itself, which must be accepted unless another rule speaks. */
  List<JsonNode> atTheLimit(JsonNode value) {
    return switch (keyword) {
      case "enum" -> {
        var all = new ArrayList<JsonNode>();
        field.schema().get("enum").forEach(all::add);
        yield all;
      }
      case "minimum", "maximum" -> List.of(NODES.numberNode(limit()));
      case "maxItems" -> List.of(items((ArrayNode) value, limit()));
      case "maxProperties" -> List.of(properties((ObjectNode) value, limit()));
      default -> List.of();
    };
  }

  /** Where the server puts the blame. */
  String blamed() {
    return property.isEmpty() ? "" : "." + property;
  }

  private ArrayNode items(ArrayNode some, int count) {
    var all = NODES.arrayNode();
    for (int i = 0; i < count; i++) {
      JsonNode item = some.get(0).deepCopy();
      if (item instanceof ObjectNode o && o.has("name")) {
        o.put("name", "n" + i);
      } else if (item.isTextual() && !field.schema().get("items").has("enum")) {
        item =
            NODES.textNode(item.asText().startsWith("10.") ? "10.0.%d.0/24".formatted(i) : "N" + i);
        if (field.path().endsWith("targets.names")) {
          item = NODES.textNode("n" + i);
        }
      } else if (item.isTextual() && i < field.schema().at("/items/enum").size()) {
        item = field.schema().at("/items/enum").get(i);
      }
      all.add(item);
    }
    return all;
  }

  private static ObjectNode properties(ObjectNode some, int count) {
    var all = NODES.objectNode();
    for (int i = 0; i < count; i++) {
      all.set("n" + i, some.elements().next());
    }
    return all;
  }

  @Override
  public String toString() {
    return field.path() + " " + keyword + (property.isEmpty() ? "" : " " + property);
  }
}
