package dev.newel.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.newel.crds.schema.DeepMerge;
import dev.newel.crds.schema.Formats;
import dev.newel.policy.Check.Tools.Otherwise;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * Which tools a model may call. Every rule judges by itself: the allow lists of several rules
 * intersect, their deny lists unite.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self.default == 'Deny' || has(self.allow) || has(self.deny)",
    message =
        "tools allows every call: default is Allow and neither allow nor deny names a tool; name"
            + " some, or set default to Deny")
@SchemaCustomizer(
    value = DeepMerge.class,
    input =
        """
        properties:
          allow: {x-kubernetes-list-type: atomic}
          deny: {x-kubernetes-list-type: set}
        """)
public record ToolsCheck(
    @JsonProperty("default")
        @JsonPropertyDescription(
            "What holds for tools that neither allow nor deny names. Example: Deny")
        @Default("Deny")
        Otherwise otherwise,
    @JsonPropertyDescription(
            "Tools that may be called, and with which arguments; 1 to 64. A tool that several"
                + " entries name may be called when one of them is satisfied. Example: [{name:"
                + " \"mail_*\"}]")
        @Size(min = 1, max = 64)
        List<Allowed> allow,
    @JsonPropertyDescription(
            "Tools that may not be called, whatever else is written, by name with * and ?; 1 to 64."
                + " Example: [\"shell_*\"]")
        @Size(min = 1, max = 64)
        List<@Size(min = 1, max = 128) @Pattern(Formats.TOOL_GLOB) String> deny) {

  /** Tools that may be called. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @SchemaCustomizer(
      value = DeepMerge.class,
      input =
          """
          properties:
            arguments: {x-kubernetes-list-type: atomic}
          """)
  public record Allowed(
      @JsonPropertyDescription(
              "Name of the tools: * stands for any number of characters, ? for one; case counts."
                  + " Example: mail_*")
          @Required
          @Size(min = 1, max = 128)
          @Pattern(Formats.TOOL_GLOB)
          String name,
      @JsonPropertyDescription(
              "What the arguments of a call must look like, 1 to 16; absent: any arguments. Example:"
                  + " [{path: \"$.to[*]\", pattern: '^[^@]+@example\\.com$'}]")
          @Size(min = 1, max = 16)
          List<Argument> arguments) {}

  /** A demand on arguments. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Argument(
      @JsonPropertyDescription(
              "Where in the arguments: $, then .name, ['name'], [0], .* or [*]. Every value there"
                  + " must be a text, a number or true or false; a path that selects nothing is"
                  + " satisfied. Example: $.to[*]")
          @Required
          @Size(min = 1, max = 256)
          String path,
      @JsonPropertyDescription(
              "Expression in RE2 syntax that must match in every value; anchor it with ^ and $ to"
                  + " match values whole. At most 1000 characters. Example:"
                  + " '^[^@]+@example\\.com$'")
          @Required
          @Size(min = 1, max = 1000)
          String pattern) {}
}
