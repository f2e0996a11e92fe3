package dev.newel.crds.schema;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.apiextensions.v1.JSONSchemaProps;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.LinkedHashSet;

/**
 * Merges a YAML text block into a generated schema (RFC 7386: {@code null} removes). It carries
 * what the generator cannot emit: list maps, the default of the status, limits within free-form
 * parts. Registered at the root of each kind, it runs last and so also removes the validation rules
 * that the generator emits twice for a record component.
 */
public final class DeepMerge implements SchemaCustomizer.Customizer {
  @Override
  public JSONSchemaProps apply(JSONSchemaProps props, String input, KubernetesSerialization ks) {
    JsonNode base = ks.convertValue(props, JsonNode.class);
    JsonNode patch = ks.unmarshal(input, JsonNode.class);
    JsonNode out = merge(base, patch);
    dedupe(out);
    return ks.convertValue(out, JSONSchemaProps.class);
  }

  /** A rule on a record component is seen twice by the generator (field and accessor). */
  private static void dedupe(JsonNode n) {
    if (n.get("x-kubernetes-validations") instanceof ArrayNode a) {
      var seen = new LinkedHashSet<JsonNode>();
      a.forEach(seen::add);
      a.removeAll();
      a.addAll(seen);
    }
    n.forEach(DeepMerge::dedupe);
  }

  private static JsonNode merge(JsonNode base, JsonNode patch) {
    if (!(patch instanceof ObjectNode p)) return patch;
    ObjectNode out = base instanceof ObjectNode b ? b : p.objectNode();
    p.properties()
        .forEach(e -> {
          if (e.getValue().isNull()) out.remove(e.getKey());
          else out.set(e.getKey(), merge(out.get(e.getKey()), e.getValue()));
        });
    return out;
  }
}
