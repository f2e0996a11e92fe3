package dev.newel.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.newel.crds.schema.Conditions;
import dev.newel.crds.schema.DeepMerge;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;

/** What the operator says about a model. Written by the operator alone. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(value = DeepMerge.class, input = Conditions.SCHEMA)
public record ModelDeploymentStatus(
    @JsonPropertyDescription(
            "Generation of the spec that this status describes; -1 before the operator has seen it."
                + " Example: 1")
        Long observedGeneration,
    @JsonPropertyDescription(
            "Where clients send their requests. Example: http://support-llm.team-a.svc:8080")
        String endpoint,
    @JsonPropertyDescription(
            "The effective policy that the model's filters are told to enforce. Example: {revision:"
                + " 7f3c9a12b0c4d5e6, sequence: 4, sources: 2}")
        Policy policy,
    @JsonPropertyDescription(
            "What the filters in the model's pods report. Example: {total: 2, programmed: 2}")
        Pods pods,
    @JsonPropertyDescription(
            "Further destinations that spec.egress opens, in words, at most 16. Example:"
                + " [10.0.0.0/8 TCP 443]")
        List<String> egress,
    @JsonPropertyDescription(
            "PolicyResolved, WorkloadAvailable, Programmed, TrafficRestricted, and Ready as their"
                + " summary. Example: [{type: Ready, status: \"True\", reason: Programmed}]")
        List<Condition> conditions) {

  /** The effective policy. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Policy(
      @JsonPropertyDescription("Content hash of the effective policy. Example: 7f3c9a12b0c4d5e6")
          String revision,
      @JsonPropertyDescription("Number of the bundle that carries it; only grows. Example: 4")
          Long sequence,
      @JsonPropertyDescription("How many policies take part. Example: 2") Integer sources) {}

  /** The model's pods. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Pods(
      @JsonPropertyDescription("Running pods of the model. Example: 2") Integer total,
      @JsonPropertyDescription(
              "Pods whose filter reports the revision of status.policy. Example: 2")
          Integer programmed,
      @JsonPropertyDescription("Both numbers, for people. Example: 2/2") String summary,
      @JsonPropertyDescription(
              "Revision of the pod that is furthest behind; absent when one reports none. Example:"
                  + " 7f3c9a12b0c4d5e6")
          String oldestRevision) {}
}
