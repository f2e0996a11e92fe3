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
public record GuardrailPolicyStatus(
    @JsonPropertyDescription(
            "Generation of the spec that this status describes; -1 before the operator has seen it."
                + " Example: 3")
        Long observedGeneration,
    @JsonPropertyDescription("How many rules the policy has. Example: 7") Integer rules,
    @JsonPropertyDescription(
            "Models that the policy selects. Example: {selected: 4, programmed: 4}")
        Models models,
    @JsonPropertyDescription(
            "Accepted: the rules can be enforced. Programmed: every selected model enforces this"
                + " generation. Ready: both. Example: [{type: Ready, status: \"True\", reason:"
                + " Programmed}]")
        List<Condition> conditions) {

  /** Counts of models. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Models(
      @JsonPropertyDescription("Models that the policy selects. Example: 4") Integer selected,
      @JsonPropertyDescription(
              "Selected models all of whose pods report the policy in force. Example: 4")
          Integer programmed) {}
}
