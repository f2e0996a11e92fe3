package dev.newel.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.newel.crds.schema.DeepMerge;
import dev.newel.crds.schema.Formats;
import dev.newel.policy.MaskStyle;
import dev.newel.policy.Mode;
import dev.newel.policy.OnFailure;
import dev.newel.policy.Part;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * What a guardrail policy says. Both kinds share it; {@code namespaceSelector} is taken out of the
 * schema of the namespaced kind.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@SchemaCustomizer(
    value = DeepMerge.class,
    input =
        """
        properties:
          rules: {x-kubernetes-list-type: map, x-kubernetes-list-map-keys: [name]}
          scope: {x-kubernetes-list-type: set}
        """)
public record GuardrailPolicySpec(
    @JsonPropertyDescription(
            "Namespaces whose models the policy selects; absent selects every namespace. Example:"
                + " {matchLabels: {guardrails: baseline}}")
        Selector namespaceSelector,
    @JsonPropertyDescription(
            "Which models of a namespace the policy selects; absent selects all of them. Example:"
                + " {selector: {matchLabels: {app: support}}}")
        Targets targets,
    @JsonPropertyDescription(
            "Enforce lets the rules act; Detect turns every action of this policy into a finding"
                + " without effect. Example: Enforce")
        @Default("Enforce")
        Mode mode,
    @JsonPropertyDescription(
            "Parts of a conversation that are looked at. The scopes of all policies of a model"
                + " unite. Example: [User, ToolResult]")
        @Default("[\"System\",\"User\",\"Assistant\",\"ToolCall\",\"ToolResult\"]")
        @Size(min = 1, max = 5)
        List<Part> scope,
    @JsonPropertyDescription(
            "The checks, each with its effect; 1 to 64, names unique. Example: [{name:"
                + " personal-data, sensitive: {entities: [EMAIL]}, input: Mask}]")
        @Required
        @Size(min = 1, max = 64)
        List<RuleSpec> rules,
    @JsonPropertyDescription("How masked text looks. Example: {style: Label}") Mask mask,
    @JsonPropertyDescription(
            "What a client reads when a rule of this policy stops it. Example: {input: \"Your"
                + " request was stopped by policy.\"}")
        BlockedMessage blockedMessage,
    @JsonPropertyDescription("Limits for streamed answers. Example: {maxHoldBack: 256}")
        Streaming streaming,
    @JsonPropertyDescription(
            "What happens to content that no detector can read (images, unknown endpoints,"
                + " undecodable or over-long bodies). Block is the stricter and wins over the Allow"
                + " of another policy. Example: Block")
        @Default("Block")
        OnFailure onUninspectable,
    @JsonPropertyDescription(
            "What happens when a detector fails or runs out of time. Block is the stricter and wins"
                + " over the Allow of another policy. Example: Block")
        @Default("Block")
        OnFailure onError,
    @JsonPropertyDescription(
            "Whether a block may tell the client which rule of this policy stopped it; helps an"
                + " attacker as much as a user. Example: false")
        @Default("false")
        Boolean explain) {

  /** Which models, by labels or by names. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "has(self.selector) != has(self.names)",
      messageExpression =
          "'targets has ' + (has(self.names) ? 'both selector and names' : 'neither selector nor"
              + " names') + '; write exactly one of them, or leave targets out to select every"
              + " model'")
  @SchemaCustomizer(
      value = DeepMerge.class,
      input =
          """
          properties:
            names: {x-kubernetes-list-type: set}
          """)
  public record Targets(
      @JsonPropertyDescription("Models by their labels. Example: {matchLabels: {app: support}}")
          Selector selector,
      @JsonPropertyDescription("Models by name, 1 to 64. Example: [support-llm]")
          @Size(min = 1, max = 64)
          @ValidationRule(
              value = Formats.OBJECT_NAMES,
              message = Formats.OBJECT_NAME_SAYS,
              messageExpression = Formats.OBJECT_NAMES_SHOW)
          List<@Size(min = 1, max = 253) String> names) {}

  /** How masked text looks. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Mask(
      @JsonPropertyDescription(
              "Label writes <EMAIL>; Hash writes <EMAIL:7f3c…>, keyed, so that equal values stay"
                  + " equal; Partial leaves the last four characters. Where several rules mask one"
                  + " span, the style that reveals least wins. Example: Label")
          @Default("Label")
          MaskStyle style) {}

  /** Texts for clients. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record BlockedMessage(
      @JsonPropertyDescription(
              "For a stopped request; 1 to 500 characters. Example: Your request was stopped by"
                  + " policy.")
          @Size(min = 1, max = 500)
          @ValidationRule(value = Formats.LINES, message = Formats.LINES_SAYS)
          String input,
      @JsonPropertyDescription(
              "For a stopped answer; 1 to 500 characters. Example: The answer was stopped by"
                  + " policy.")
          @Size(min = 1, max = 500)
          @ValidationRule(value = Formats.LINES, message = Formats.LINES_SAYS)
          String output) {}

  /** Limits for streamed answers. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Streaming(
      @JsonPropertyDescription(
              "The most characters a stream may hold back to see a match whole, 16 to 4096. A rule"
                  + " that needs more is refused. Example: 256")
          @Default("256")
          @Min(16)
          @Max(4096)
          Integer maxHoldBack) {}
}
