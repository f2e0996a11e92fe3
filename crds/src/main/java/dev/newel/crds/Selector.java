package dev.newel.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.newel.crds.schema.Formats;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import java.util.Map;

/** Kubernetes' label selector: all of it must hold; an empty one selects everything. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Selector(
    @JsonPropertyDescription("Labels that must have exactly these values. Example: {app: support}")
        @Size(max = 32)
        Map<String, @Size(max = 63) @Pattern(Formats.LABEL_VALUE) String> matchLabels,
    @JsonPropertyDescription(
            "Further requirements on labels. Example: [{key: tier, operator: In, values:"
                + " [production]}]")
        @Size(max = 32)
        List<Requirement> matchExpressions) {

  /** Everything. */
  public static final Selector ALL = new Selector(null, null);

  /** One requirement on one label. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "self.operator in ['In', 'NotIn'] ? has(self.values) : !has(self.values)",
      messageExpression =
          "'operator ' + self.operator + (self.operator in ['In', 'NotIn'] ? ' needs values' : '"
              + " takes no values; remove them')")
  public record Requirement(
      @JsonPropertyDescription("Key of the label. Example: tier")
          @Required
          @Size(min = 1, max = 317)
          @Pattern(Formats.LABEL_KEY)
          String key,
      @JsonPropertyDescription("How the label relates to the values. Example: In") @Required
          Operator operator,
      @JsonPropertyDescription("Values for In and NotIn, 1 to 64. Example: [production]")
          @Size(min = 1, max = 64)
          List<@Size(max = 63) @Pattern(Formats.LABEL_VALUE) String> values) {

    boolean matches(Map<String, String> labels) {
      String value = labels.get(key);
      return switch (operator) {
        case IN -> value != null && values.contains(value);
        case NOT_IN -> value == null || !values.contains(value);
        case EXISTS -> value != null;
        case DOES_NOT_EXIST -> value == null;
      };
    }
  }

  /** Kubernetes' set-based operators. */
  public enum Operator {
    @JsonProperty("In")
    IN,
    @JsonProperty("NotIn")
    NOT_IN,
    @JsonProperty("Exists")
    EXISTS,
    @JsonProperty("DoesNotExist")
    DOES_NOT_EXIST
  }

  /**
   * Whether an object with these labels is selected.
   *
   * @param labels of the object; null is no label
   */
  public boolean matches(Map<String, String> labels) {
    Map<String, String> has = labels == null ? Map.of() : labels;
    boolean equal =
        matchLabels == null
            || matchLabels.entrySet().stream()
                .allMatch(e -> e.getValue().equals(has.get(e.getKey())));
    return equal
        && (matchExpressions == null || matchExpressions.stream().allMatch(r -> r.matches(has)));
  }
}
