package dev.newel.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.ValidationRule;

/** Answers that give the system prompt away. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.systemPrompt || self.canaries",
    message =
        "leakage looks for nothing: systemPrompt and canaries are both false; set one of them to"
            + " true")
public record LeakageCheck(
    @JsonPropertyDescription(
            "Whether longer pieces of the conversation's own system prompt are looked for in"
                + " answers. Example: true")
        @Default("true")
        Boolean systemPrompt,
    @JsonPropertyDescription(
            "Whether canaries are looked for: marks in the system prompt that occur nowhere else."
                + " Example: true")
        @Default("true")
        Boolean canaries) {}
