package dev.newel.crds.schema;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Whether objects that one CRD accepted are still accepted, and mean the same, under another. One
 * line for each change that breaks this; the order is that of the schema.
 */
final class CrdCompatibility {
  private static final List<String> LOWER =
      List.of("minimum", "minLength", "minItems", "minProperties");
  private static final List<String> UPPER =
      List.of("maximum", "maxLength", "maxItems", "maxProperties");
  private static final List<String> FIXED =
      List.of(
          "type",
          "format",
          "pattern",
          "default",
          "x-kubernetes-list-type",
          "x-kubernetes-list-map-keys",
          "x-kubernetes-int-or-string",
          "x-kubernetes-preserve-unknown-fields");

  private final String kind;
  private final List<String> breaks = new ArrayList<>();

  private CrdCompatibility(String kind) {
    this.kind = kind;
  }

  /** What breaks when {@code after} takes the place of {@code before}. */
  static List<String> breaks(JsonNode before, JsonNode after) {
    var check = new CrdCompatibility(before.at("/spec/names/kind").asText());
    for (String at :
        List.of("/spec/group", "/spec/scope", "/spec/names/plural", "/spec/versions/0/name")) {
      check.same(at, before.at(at), after.at(at));
    }
    check.same(
        "status subresource",
        before.at("/spec/versions/0/subresources/status"),
        after.at("/spec/versions/0/subresources/status"));
    for (String part : List.of("spec", "status")) {
      check.compare(fields(before, part), fields(after, part));
    }
    return check.breaks;
  }

  private static Map<String, JsonNode> fields(JsonNode crd, String part) {
    return SchemaField.of(crd, part).stream()
        .collect(
            Collectors.toMap(SchemaField::path, SchemaField::schema, (a, b) -> a, TreeMap::new));
  }

  private void compare(Map<String, JsonNode> before, Map<String, JsonNode> after) {
    before.forEach((path, old) -> {
      JsonNode now = after.get(path);
      if (now != null) {
        bounds(path, old, now);
        sets(path, old, now);
        FIXED.forEach(k -> same(path + " " + k, old.path(k), now.path(k)));
      } else if (after.containsKey(parent(path))) {
        breaks.add(
            "%s %s: removed; keep the field and say in its description that it does nothing"
                .formatted(kind, path));
      }
    });
  }

  private static String parent(String path) {
    return path.endsWith("[]")
        ? path.substring(0, path.length() - 2)
        : path.substring(0, path.lastIndexOf('.'));
  }

  private void same(String what, JsonNode old, JsonNode now) {
    if (!old.equals(now)) {
      breaks.add("%s %s: is %s, was %s; keep it".formatted(kind, what, shown(now), shown(old)));
    }
  }

  private static String shown(JsonNode node) {
    return node.isMissingNode() ? "absent" : node.toString();
  }

  private void bounds(String path, JsonNode old, JsonNode now) {
    for (String bound : LOWER) {
      bound(path, bound, old, now, 1);
    }
    for (String bound : UPPER) {
      bound(path, bound, old, now, -1);
    }
  }

  private void bound(String path, String bound, JsonNode old, JsonNode now, int tighter) {
    if (now.has(bound)
        && (!old.has(bound)
            || Integer.signum(Double.compare(now.get(bound).asDouble(), old.get(bound).asDouble()))
                == tighter)) {
      breaks.add(
          "%s %s: %s is %s, was %s; a bound may only be loosened"
              .formatted(kind, path, bound, now.get(bound), shown(old.path(bound))));
    }
  }

  private void sets(String path, JsonNode old, JsonNode now) {
    if (now.has("enum")) {
      var gone = values(old.path("enum"), JsonNode::asText);
      gone.removeAll(values(now.path("enum"), JsonNode::asText));
      gone.forEach(v ->
          breaks.add(
              "%s %s: enum lacks %s; objects may hold it, keep it".formatted(kind, path, v)));
      if (!old.has("enum")) {
        breaks.add("%s %s: enum is new; other values were valid before".formatted(kind, path));
      }
    }
    var required = values(now.path("required"), JsonNode::asText);
    required.removeAll(values(old.path("required"), JsonNode::asText));
    required.forEach(f ->
        breaks.add(
            "%s %s: requires %s; objects may lack it, give it a default instead"
                .formatted(kind, path, f)));
    var rules = values(now.path("x-kubernetes-validations"), r -> r.path("rule").asText());
    rules.removeAll(values(old.path("x-kubernetes-validations"), r -> r.path("rule").asText()));
    rules.forEach(r -> breaks.add("%s %s: validation rule is new: %s".formatted(kind, path, r)));
  }

  private static Set<String> values(JsonNode list, Function<JsonNode, String> text) {
    var all = new TreeSet<String>();
    list.forEach(n -> all.add(text.apply(n)));
    return all;
  }
}
