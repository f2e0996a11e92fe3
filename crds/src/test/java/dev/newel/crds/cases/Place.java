package dev.newel.crds.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.newel.crds.schema.SchemaField;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where a field of the schema stands in one object, so that it can be changed there and nowhere
 * else.
 *
 * @param object a whole, valid object
 * @param steps property names, keys and list indices that lead to the field
 */
record Place(ObjectNode object, List<String> steps) {

  /** In a valid case of the kind, if it sets the field. */
  static Optional<Place> of(Case c, String kind, SchemaField field) {
    return c.valid() && c.kind().equals(kind)
        ? find(c.object(), field.steps(), new ArrayList<>()).map(s -> new Place(c.object(), s))
        : Optional.empty();
  }

  private static Optional<List<String>> find(JsonNode at, List<String> left, List<String> done) {
    if (left.isEmpty()) {
      return Optional.of(List.copyOf(done));
    }
    List<String> tries = new ArrayList<>();
    if (!left.getFirst().equals("[]")) {
      tries.add(left.getFirst());
    } else if (at instanceof ArrayNode a) {
      for (int i = 0; i < a.size(); i++) {
        tries.add(String.valueOf(i));
      }
    } else {
      at.fieldNames().forEachRemaining(tries::add);
    }
    for (String step : tries) {
      JsonNode next = child(at, step);
      if (next != null) {
        done.addLast(step);
        var found = find(next, left.subList(1, left.size()), done);
        done.removeLast();
        if (found.isPresent()) {
          return found;
        }
      }
    }
    return Optional.empty();
  }

  private static JsonNode child(JsonNode at, String step) {
    return at instanceof ArrayNode a ? a.get(Integer.parseInt(step)) : at.get(step);
  }

  /** As the server writes it: {@code spec.rules[0].words}. */
  String path() {
    return String.join(".", steps).replaceAll("\\.(\\d+)(?=\\.|$)", "[$1]");
  }

  JsonNode value() {
    JsonNode at = object;
    for (String step : steps) {
      at = child(at, step);
    }
    return at;
  }

  /** A copy with another value at this place. */
  ObjectNode with(JsonNode value) {
    ObjectNode copy = object.deepCopy();
    JsonNode at = copy;
    for (String step : steps.subList(0, steps.size() - 1)) {
      at = child(at, step);
    }
    if (at instanceof ArrayNode a) {
      a.set(Integer.parseInt(steps.getLast()), value);
    } else {
      ((ObjectNode) at).set(steps.getLast(), value);
    }
    return copy;
  }

  /** A copy without this place. */
  ObjectNode without() {
    ObjectNode copy = with(object.nullNode());
    JsonNode at = copy;
    for (String step : steps.subList(0, steps.size() - 1)) {
      at = child(at, step);
    }
    if (at instanceof ArrayNode a) {
      a.remove(Integer.parseInt(steps.getLast()));
    } else {
      ((ObjectNode) at).remove(steps.getLast());
    }
    return copy;
  }
}
