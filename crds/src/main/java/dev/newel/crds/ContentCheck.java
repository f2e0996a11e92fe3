package dev.newel.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.newel.crds.schema.DeepMerge;
import dev.newel.policy.Check.Category;
import dev.newel.policy.Sensitivity;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Size;
import java.util.List;

/** Harmful content. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(
    value = DeepMerge.class,
    input =
        """
        properties:
          categories: {x-kubernetes-list-type: set}
        """)
public record ContentCheck(
    @JsonPropertyDescription(
            "Kinds of content to look for; absent: all of them. Hate is contempt for people for"
                + " what they are; Violence threatens with it or calls for it; Criminal asks for"
                + " help with a crime. Example: [Hate, Violence]")
        @Default("[\"Hate\",\"Violence\",\"SelfHarm\",\"Sexual\",\"Criminal\"]")
        @Size(min = 1, max = 5)
        List<Category> categories,
    @JsonPropertyDescription(
            "How many innocent texts may be taken for harmful ones: Low about one in 1,000, Medium"
                + " one in 100, High five in 100. Example: Medium")
        @Default("Medium")
        Sensitivity sensitivity) {}
