package dev.newel.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.newel.crds.schema.Conditions;
import dev.newel.crds.schema.DeepMerge;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What the operator says about a policy. Written by the operator alone. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(value = DeepMerge.class, input = Conditions.SCHEMA)
public record BreakGlassPolicyStatus(
    @JsonPropertyDescription(
            "Generation of the spec that this status describes; -1 before the operator has seen it."
                + " Example: 1")
        Long observedGeneration,
    @JsonPropertyDescription(
            "The roles as they are now, and which of their powers outlive or widen a grant. Example:"
                + " [{name: view, rules: 12, risks: []}]")
        List<Role> roles,
    @JsonPropertyDescription(
            "Accepted, and Ready as its summary. Example: [{type: Ready, status: \"True\", reason:"
                + " Accepted}]")
        List<Condition> conditions) {

  /** A role that may be granted. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Role(
      @JsonPropertyDescription("Name of the ClusterRole. Example: view") String name,
      @JsonPropertyDescription("How many rules it has, aggregated ones included. Example: 12")
          Integer rules,
      @JsonPropertyDescription("Its powers that outlive or widen a grant. Example: [ExecIntoPods]")
          List<GrantRisk> risks) {}
}
