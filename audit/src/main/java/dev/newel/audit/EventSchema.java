package dev.newel.audit;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The form of events as JSON Schema (draft 2020-12), made from what {@link StoredEvent} demands.
 * What a schema cannot say is said in words: canonical form, and the chain.
 */
public final class EventSchema {
  private EventSchema() {}

  /** The schema as maps, lists and texts. */
  public static Map<String, Object> schema() {
    var properties = new LinkedHashMap<String, Object>();
    properties.put("specversion", Map.of("const", "1.0"));
    properties.put("id", text(StoredEvent.ID.pattern()));
    properties.put("type", Map.of("enum", types()));
    properties.put("source", Map.of("type", "string", "minLength", 1));
    properties.put("subject", Map.of("type", "string", "minLength", 1));
    properties.put("time", text(StoredEvent.TIME.pattern()));
    properties.put("datacontenttype", Map.of("const", "application/json"));
    properties.put("traceparent", Map.of("type", "string"));
    properties.put("producer", Map.of("type", "string", "minLength", 1));
    properties.put("epoch", text("[1-9][0-9]{0,17}"));
    properties.put("seq", text("[1-9][0-9]{0,17}"));
    properties.put("prevhash", text(StoredEvent.HASH.pattern()));
    properties.put("phase", Map.of("enum", phases()));
    properties.put("cause", Map.of("type", "string"));
    properties.put("data", Map.of("type", "object"));

    var schema = new LinkedHashMap<String, Object>();
    schema.put("$schema", "https://json-schema.org/draft/2020-12/schema");
    schema.put("title", "Newel audit event");
    schema.put(
        "description",
        "CloudEvents 1.0. Written in the canonical form of RFC 8785 without fractions and null, at most"
            + " 65535 bytes.");
    schema.put("type", "object");
    schema.put("properties", properties);
    schema.put("required", List.copyOf(new TreeSet<>(StoredEvent.REQUIRED)));
    schema.put("additionalProperties", false);
    schema.put("if", Map.of("properties", Map.of("phase", Map.of("const", Phase.OUTCOME.wire()))));
    schema.put("then", Map.of("required", List.of("cause")));
    schema.put("else", Map.of("not", Map.of("required", List.of("cause"))));
    schema.put("allOf", needs());
    return schema;
  }

  private static Map<String, Object> text(String pattern) {
    return Map.of("type", "string", "pattern", "^" + pattern + "$");
  }

  private static List<String> types() {
    return List.of(EventType.values()).stream().map(EventType::wire).toList();
  }

  private static List<String> phases() {
    return List.of(Phase.values()).stream().map(Phase::wire).toList();
  }

  private static List<Object> needs() {
    var rules = new ArrayList<Object>();
    for (EventType type : EventType.values()) {
      if (!type.needs().isEmpty()) {
        rules.add(
            Map.of(
                "if", Map.of("properties", Map.of("type", Map.of("const", type.wire()))),
                "then", Map.of("properties", Map.of("data", Map.of("required", type.needs())))));
      }
    }
    return rules;
  }
}
