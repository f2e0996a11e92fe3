package dev.newel.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.newel.crds.schema.Formats;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/**
 * What one person asks for. It cannot be changed: approvals are given to exactly this, and another
 * wish is another request.
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(
    value = "self == oldSelf",
    message =
        "a request cannot be changed, because approvals are given to what it says; withdraw it and"
            + " create another one")
public record BreakGlassRequestSpec(
    @JsonPropertyDescription(
            "The BreakGlassPolicy under which access is wanted. Example: production")
        @Required
        @Size(min = 1, max = 253)
        @ValidationRule(
            value = Formats.OBJECT_NAME,
            message = Formats.OBJECT_NAME_SAYS,
            messageExpression = Formats.OBJECT_NAME_SHOWS)
        String policy,
    @JsonPropertyDescription(
            "Who gets the access: the user name of whoever creates the request, as kubectl auth whoami"
                + " shows it. Example: alice")
        @Required
        @Size(min = 1, max = 253)
        @ValidationRule(value = Formats.ONE_LINE, message = Formats.ONE_LINE_SAYS)
        String requester,
    @JsonPropertyDescription("The ClusterRole that is wanted; one of the policy's. Example: view")
        @Required
        @Size(min = 1, max = 253)
        @ValidationRule(
            value = BreakGlassPolicySpec.ROLE_NAME,
            message = BreakGlassPolicySpec.ROLE_NAME_SAYS,
            messageExpression = "'\"' + self + '\" is " + BreakGlassPolicySpec.ROLE_NAME_SAYS + "'")
        String role,
    @JsonPropertyDescription("For how long, 1s to 24h; the policy may allow less. Example: 30m")
        @Required
        @Size(min = 1, max = 16)
        @ValidationRule(
            value = Formats.DURATION,
            message = Formats.DURATION_SAYS,
            messageExpression = Formats.DURATION_SHOWS)
        @ValidationRule(
            value = WITHIN_A_DAY,
            message = WITHIN_A_DAY_SAYS,
            messageExpression = "self + ' " + WITHIN_A_DAY_SHOWS + "'")
        String duration,
    @JsonPropertyDescription(
            "Not before this time, RFC 3339 in UTC; absent: as soon as it is approved. Example:"
                + " 2026-11-24T08:00:00Z")
        @Size(max = 20)
        @ValidationRule(
            value = Formats.INSTANT,
            message = Formats.INSTANT_SAYS,
            messageExpression = Formats.INSTANT_SHOWS)
        String notBefore,
    @JsonPropertyDescription(
            "Why, for those who decide and for the record, 1 to 1024 characters. Example: INC-4711"
                + " orders are stuck in the queue")
        @Required
        @Size(min = 1, max = 1024)
        @ValidationRule(value = Formats.ONE_LINE, message = Formats.ONE_LINE_SAYS)
        String reason,
    @JsonPropertyDescription(
            "Without approvals, as the policy's emergency allows; loud, and reviewed. Example: false")
        @Default("false")
        Boolean emergency) {

  static final String WITHIN_A_DAY =
      "!self."
          + Formats.DURATION_FORM
          + " || (duration(self) >= duration('1s') && duration(self) <= duration('24h'))";
  static final String WITHIN_A_DAY_SHOWS =
      "is outside of what is allowed; the shortest is 1s, the longest 24h";
  static final String WITHIN_A_DAY_SAYS = "the time " + WITHIN_A_DAY_SHOWS;

  public boolean inEmergency() {
    return Boolean.TRUE.equals(emergency);
  }
}
