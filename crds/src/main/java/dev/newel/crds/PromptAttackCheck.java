package dev.newel.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.newel.policy.Check.Depth;
import dev.newel.policy.Sensitivity;
import io.fabric8.generator.annotation.Default;

/** Attempts to steer the model away from its task. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record PromptAttackCheck(
    @JsonPropertyDescription(
            "How many innocent texts may be taken for attacks: Low about one in 1,000, Medium one"
                + " in 100, High five in 100. More attacks are found with more of them. Example:"
                + " Medium")
        @Default("Medium")
        Sensitivity sensitivity,
    @JsonPropertyDescription(
            "Fast judges by n-grams and features, in less than a millisecond for each KiB; Deep"
                + " adds a small neural encoder, in milliseconds; Auto is Deep for tool results"
                + " where the filter's image has the encoder, else Fast. Example: Auto")
        @Default("Auto")
        Depth depth) {}
