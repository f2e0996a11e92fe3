package dev.newel.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.newel.crds.schema.DeepMerge;
import dev.newel.crds.schema.Formats;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;

/**
 * What may be granted where, for how long, and how many people must agree. Who they are is RBAC:
 * the verbs {@code request}, {@code approve} and {@code review} on the policy by name.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "!has(self.emergency) || self.roles.exists(r, r.name == self.emergency.role)",
    messageExpression =
        "'spec.emergency.role is ' + self.emergency.role + ', which is not among spec.roles; add it"
            + " there, or name one of them'")
@ValidationRule(
    value =
        "!has(self.emergency) || !self.emergency.maxDuration."
            + Formats.DURATION_FORM
            + " || !self.maxDuration."
            + Formats.DURATION_FORM
            + " || duration(self.emergency.maxDuration) <= duration(self.maxDuration)",
    messageExpression =
        "'spec.emergency.maxDuration is ' + self.emergency.maxDuration + '; without approvals no"
            + " grant is longer than with them: write at most spec.maxDuration, ' +"
            + " self.maxDuration")
@SchemaCustomizer(
    value = DeepMerge.class,
    input =
        """
        properties:
          roles:
            x-kubernetes-list-type: map
            x-kubernetes-list-map-keys: [name]
        """)
public record BreakGlassPolicySpec(
    @JsonPropertyDescription(
            "Namespaces in which access may be asked for, by their labels; those named kube-* and the"
                + " operator's own are always left out. Example: {matchLabels: {tier: production}}")
        @Required
        Selector namespaces,
    @JsonPropertyDescription(
            "ClusterRoles that may be granted, 1 to 16; the operator must hold the verb bind on each."
                + " Example: [{name: view}]")
        @Required
        @Size(min = 1, max = 16)
        List<Role> roles,
    @JsonPropertyDescription("The longest grant, 1s to 24h. Example: 1h")
        @Default("1h")
        @Size(min = 1, max = 16)
        @ValidationRule(
            value = Formats.DURATION,
            message = Formats.DURATION_SAYS,
            messageExpression = Formats.DURATION_SHOWS)
        @ValidationRule(
            value = BreakGlassRequestSpec.WITHIN_A_DAY,
            message = BreakGlassRequestSpec.WITHIN_A_DAY_SAYS,
            messageExpression = "self + ' " + BreakGlassRequestSpec.WITHIN_A_DAY_SHOWS + "'")
        String maxDuration,
    @JsonPropertyDescription(
            "How many people must agree, and how soon. Example: {required: 2, within: 30m}")
        @Default("{}")
        Approvals approvals,
    @JsonPropertyDescription(
            "What a request must say for itself. Example: {pattern: '^(INC|CHG)-[0-9]+ ', minLength:"
                + " 20}")
        Reason reason,
    @JsonPropertyDescription("How much one person may have at a time. Example: {activePerUser: 1}")
        @Default("{}")
        Limits limits,
    @JsonPropertyDescription(
            "Access without approvals, loud and reviewed; absent: there is none. Example:"
                + " {maxDuration: 15m, role: view}")
        Emergency emergency,
    @JsonPropertyDescription(
            "After the end somebody else must read the report. Example: {within: 24h}")
        @Default("{}")
        Review review) {

  /** A ClusterRole that may be granted. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @SchemaCustomizer(
      value = DeepMerge.class,
      input =
          """
          properties:
            acceptRisks: {x-kubernetes-list-type: set}
          """)
  public record Role(
      @JsonPropertyDescription("Name of the ClusterRole. Example: view")
          @Required
          @Size(min = 1, max = 253)
          @ValidationRule(
              value = ROLE_NAME,
              message = ROLE_NAME_SAYS,
              messageExpression = "'\"' + self + '\" is " + ROLE_NAME_SAYS + "'")
          String name,
      @JsonPropertyDescription(
              "Powers of the role that outlive or widen a grant and are accepted all the same."
                  + " Example: [ReadSecrets, ExecIntoPods]")
          @Size(max = 6)
          List<GrantRisk> acceptRisks) {}

  /** Names of roles may hold what names of other objects may not. */
  static final String ROLE_NAME = "self.matches('^[-A-Za-z0-9._:]+$')";

  static final String ROLE_NAME_SAYS =
      "not the name of a role: only letters, digits, -, ., _ and : are allowed; write it as kubectl"
          + " get clusterroles shows it";

  /** How approvals are collected. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Approvals(
      @JsonPropertyDescription("Different people who must approve, 1 to 10. Example: 2")
          @Default("1")
          @Min(1)
          @Max(10)
          Integer required,
      @JsonPropertyDescription(
              "How long a request waits for them, 1s to 24h; then it is TimedOut. Example: 30m")
          @Default("30m")
          @Size(min = 1, max = 16)
          @ValidationRule(
              value = Formats.DURATION,
              message = Formats.DURATION_SAYS,
              messageExpression = Formats.DURATION_SHOWS)
          @ValidationRule(
              value = BreakGlassRequestSpec.WITHIN_A_DAY,
              message = BreakGlassRequestSpec.WITHIN_A_DAY_SAYS,
              messageExpression = "self + ' " + BreakGlassRequestSpec.WITHIN_A_DAY_SHOWS + "'")
          String within) {}

  /** Conditions on {@code spec.reason} of a request. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Reason(
      @JsonPropertyDescription(
              "Expression in RE2 syntax that must match somewhere in it. Example: '^(INC|CHG)-[0-9]+"
                  + " '")
          @Size(min = 1, max = 256)
          @ValidationRule(value = Formats.ONE_LINE, message = Formats.ONE_LINE_SAYS)
          String pattern,
      @JsonPropertyDescription("Fewest characters, 1 to 1024. Example: 20") @Min(1) @Max(1024)
          Integer minLength) {}

  /** Limits for one person. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Limits(
      @JsonPropertyDescription(
              "Requests of one person under this policy that may wait or be active, 1 to 16."
                  + " Example: 1")
          @Default("1")
          @Min(1)
          @Max(16)
          Integer activePerUser) {}

  /** Access without approvals. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Emergency(
      @JsonPropertyDescription("The longest grant, 1s to 24h. Example: 15m")
          @Required
          @Size(min = 1, max = 16)
          @ValidationRule(
              value = Formats.DURATION,
              message = Formats.DURATION_SAYS,
              messageExpression = Formats.DURATION_SHOWS)
          @ValidationRule(
              value = BreakGlassRequestSpec.WITHIN_A_DAY,
              message = BreakGlassRequestSpec.WITHIN_A_DAY_SAYS,
              messageExpression = "self + ' " + BreakGlassRequestSpec.WITHIN_A_DAY_SHOWS + "'")
          String maxDuration,
      @JsonPropertyDescription("The only role that is granted; one of spec.roles. Example: view")
          @Required
          @Size(min = 1, max = 253)
          @ValidationRule(
              value = ROLE_NAME,
              message = ROLE_NAME_SAYS,
              messageExpression = "'\"' + self + '\" is " + ROLE_NAME_SAYS + "'")
          String role) {}

  /** What happens after the end. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Review(
      @JsonPropertyDescription(
              "How soon, 1s to 720h; an overdue review blocks the person's next request. Example:"
                  + " 24h")
          @Default("24h")
          @Size(min = 1, max = 16)
          @ValidationRule(
              value = Formats.DURATION,
              message = Formats.DURATION_SAYS,
              messageExpression = Formats.DURATION_SHOWS)
          @ValidationRule(
              value =
                  "!self."
                      + Formats.DURATION_FORM
                      + " || (duration(self) >= duration('1s') && duration(self) <="
                      + " duration('720h'))",
              message = "a review within less than 1s or more than 720h; write 24h, for example",
              messageExpression =
                  "self + ' is less than 1s or more than 720h; write 24h, for example'")
          String within) {}
}
