package dev.newel.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.newel.crds.schema.DeepMerge;
import dev.newel.crds.schema.Formats;
import dev.newel.policy.Action;
import dev.newel.policy.Check.WordMatch;
import dev.newel.policy.Severity;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/** One named check with its effect: exactly one detector, at least one direction. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = RuleSpec.DETECTORS + ".filter(x, x).size() == 1",
    messageExpression =
        "'rule ' + self.name + ' has ' + ("
            + RuleSpec.DETECTORS
            + ".exists(x, x) ? 'more than one detector' : 'no detector') + '; write exactly one of"
            + " sensitive, secrets, promptAttack, words, pattern, leakage, tools, content'")
@ValidationRule(
    value = "!has(self.promptAttack) || !has(self.output)",
    messageExpression =
        "'rule ' + self.name + ' has output, but promptAttack judges what goes to the model; remove"
            + " output and set input'")
@ValidationRule(
    value = "!has(self.leakage) || !has(self.input)",
    messageExpression =
        "'rule ' + self.name + ' has input, but leakage judges what the model answers; remove input"
            + " and set output'")
@ValidationRule(
    value = "has(self.input) || has(self.output)",
    messageExpression =
        "'rule ' + self.name + ' looks in no direction; set input, output or both to Allow, Detect,"
            + " Mask or Block'")
public record RuleSpec(
    @JsonPropertyDescription(
            "Name of the rule, unique within the policy: lower-case letters, digits and -, at most"
                + " 63. Appears in metrics, audit and status. Example: personal-data")
        @Required
        @Size(min = 1, max = 63)
        @ValidationRule(
            value = Formats.LABEL_NAME,
            message = Formats.LABEL_NAME_SAYS,
            messageExpression = Formats.LABEL_NAME_SHOWS)
        String name,
    @JsonPropertyDescription("Goes to metrics, audit and alerts. Example: High") @Default("Medium")
        Severity severity,
    @JsonPropertyDescription(
            "Looks for sensitive data by format, checksum and context. Example: {entities: [EMAIL,"
                + " IBAN]}")
        Sensitive sensitive,
    @JsonPropertyDescription(
            "Looks for credentials: tokens of known services, private keys, connection strings,"
                + " passwords in assignments; placeholders are none. Example: {}")
        SecretsCheck secrets,
    @JsonPropertyDescription(
            "Looks for attempts to steer the model away from its task, in what people type and in"
                + " what tools and documents say. Only for input. Example: {sensitivity: Medium,"
                + " depth: Auto}")
        PromptAttackCheck promptAttack,
    @JsonPropertyDescription(
            "Looks for literal words and phrases. Example: {values: [project-aurora], match: Word}")
        Words words,
    @JsonPropertyDescription(
            "Looks for expressions in RE2 syntax. Example: {expressions:"
                + " ['\\b[0-9]{6}-X\\b']}")
        PatternCheck pattern,
    @JsonPropertyDescription(
            "Looks for pieces of the conversation's own system prompt. Only for output. Example:"
                + " {systemPrompt: true, canaries: true}")
        LeakageCheck leakage,
    @JsonPropertyDescription(
            "Says which tools may be called, and with which arguments. Example: {default: Deny,"
                + " allow: [{name: \"mail_*\"}]}")
        ToolsCheck tools,
    @JsonPropertyDescription(
            "Looks for harmful content by trained word weights. Example: {categories: [Hate],"
                + " sensitivity: Medium}")
        ContentCheck content,
    @JsonPropertyDescription(
            "What happens to a match in a request; absent: requests are not looked at. Example:"
                + " Mask")
        Action input,
    @JsonPropertyDescription(
            "What happens to a match in an answer; absent: answers are not looked at. Example:"
                + " Block")
        Action output) {
  static final String DETECTORS =
      "[has(self.sensitive), has(self.secrets), has(self.promptAttack), has(self.words),"
          + " has(self.pattern), has(self.leakage), has(self.tools), has(self.content)]";

  /** Sensitive data. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @SchemaCustomizer(
      value = DeepMerge.class,
      input =
          """
          properties:
            entities: {x-kubernetes-list-type: set}
          """)
  public record Sensitive(
      @JsonPropertyDescription(
              "Kinds of data, by name or short alias, 1 to 64. Example: [EMAIL, IBAN, CREDIT_CARD]")
          @Required
          @Size(min = 1, max = 64)
          @ValidationRule(
              value = Formats.ENTITIES,
              message = Formats.ENTITY_SAYS,
              messageExpression = Formats.ENTITIES_SHOW)
          List<@Size(min = 1, max = 64) String> entities) {}

  /**
   * Words and phrases. The list is atomic although its order says nothing: of a set the API server
   * repeats every value in managedFields, and drops managedFields where they get too large.
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "has(self.values) || has(self.from)",
      message = "words has neither values nor from; write the words, or name a ConfigMap with them")
  @SchemaCustomizer(
      value = DeepMerge.class,
      input =
          """
          properties:
            values: {x-kubernetes-list-type: atomic}
          """)
  public record Words(
      @JsonPropertyDescription(
              "The words and phrases, 1 to 10000 of 1 to 256 characters. Compared after Unicode"
                  + " normalisation, without regard to case. Example: [project-aurora]")
          @Size(min = 1, max = 10_000)
          List<@Size(min = 1, max = 256) @Pattern(Formats.WORD) String> values,
      @JsonPropertyDescription(
              "A ConfigMap with further words, one a line; # begins a comment. Example: {configMap:"
                  + " banned-words, key: words.txt}")
          Source from,
      @JsonPropertyDescription(
              "Word matches between word boundaries, Substring anywhere. Example: Word")
          @Default("Word")
          WordMatch match) {}

  /** A key of a ConfigMap. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Source(
      @JsonPropertyDescription(
              "Name of the ConfigMap: in the policy's namespace; in the operator's for a cluster"
                  + " policy. Example: banned-words")
          @Required
          @Size(min = 1, max = 253)
          @ValidationRule(
              value = Formats.OBJECT_NAME,
              message = Formats.OBJECT_NAME_SAYS,
              messageExpression = Formats.OBJECT_NAME_SHOWS)
          String configMap,
      @JsonPropertyDescription("Key in it. Example: words.txt")
          @Required
          @Size(min = 1, max = 253)
          @ValidationRule(
              value = Formats.DATA_KEY,
              message = Formats.DATA_KEY_SAYS,
              messageExpression = Formats.DATA_KEY_SHOWS)
          String key) {}

  /** Expressions. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @SchemaCustomizer(
      value = DeepMerge.class,
      input =
          """
          properties:
            expressions: {x-kubernetes-list-type: atomic}
          """)
  public record PatternCheck(
      @JsonPropertyDescription(
              "Expressions in RE2 syntax (linear time), 1 to 64 of at most 1000 characters. For"
                  + " answers their matches must be of bounded length. Example:"
                  + " ['\\b[0-9]{6}-X\\b']")
          @Required
          @Size(min = 1, max = 64)
          List<@Size(min = 1, max = 1000) String> expressions) {}
}
