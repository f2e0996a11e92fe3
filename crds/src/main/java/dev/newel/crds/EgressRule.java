package dev.newel.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import dev.newel.crds.schema.DeepMerge;
import dev.newel.crds.schema.Formats;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import io.fabric8.kubernetes.api.model.IntOrString;
import java.util.List;

/** One egress rule of a NetworkPolicy. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record EgressRule(
    @JsonPropertyDescription(
            "Destinations, at most 32; absent: everywhere. Example: [{ipBlock: {cidr:"
                + " 10.0.0.0/8}}]")
        @Size(min = 1, max = 32)
        List<Destination> to,
    @JsonPropertyDescription("Ports, at most 32; absent: all. Example: [{port: 443}]")
        @Size(min = 1, max = 32)
        List<Port> ports) {

  /** One destination. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "has(self.ipBlock) != (has(self.namespaceSelector) || has(self.podSelector))",
      messageExpression =
          "'a destination has ' + (has(self.ipBlock) ? 'ipBlock beside selectors' : 'neither ipBlock"
              + " nor selectors') + '; write ipBlock alone, or namespaceSelector, podSelector or"
              + " both'")
  public record Destination(
      @JsonPropertyDescription("Addresses. Example: {cidr: 10.0.0.0/8}") IpBlock ipBlock,
      @JsonPropertyDescription("Namespaces. Example: {matchLabels: {team: data}}")
          Selector namespaceSelector,
      @JsonPropertyDescription("Pods. Example: {matchLabels: {app: vector-db}}")
          Selector podSelector) {}

  /** A range of addresses. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record IpBlock(
      @JsonPropertyDescription("The range. Example: 10.0.0.0/8")
          @Required
          @Size(min = 1, max = 49)
          @ValidationRule(
              value = Formats.CIDR,
              message = Formats.CIDR_SAYS,
              messageExpression = Formats.CIDR_SHOWS)
          String cidr,
      @JsonPropertyDescription(
              "Ranges within it that stay closed, at most 32. Example: [10.1.0.0/16]")
          @Size(max = 32)
          List<@Size(max = 49) @Pattern(Formats.CIDR_PATTERN) String> except) {}

  /** One port or a range of them. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value =
          "!has(self.endPort) || (has(self.port) && type(self.port) == int && self.port <="
              + " self.endPort)",
      messageExpression =
          "(!has(self.port) ? 'endPort stands without port' : type(self.port) == int ? 'endPort is less"
              + " than port' : 'endPort stands beside the name of a port') + '; it ends a range that"
              + " port begins: set port to a number that is not larger'")
  @SchemaCustomizer(
      value = DeepMerge.class,
      input =
          """
          properties:
            protocol: {enum: [SCTP, TCP, UDP]}
            port: {minimum: 1, maximum: 65535, maxLength: 15, pattern: '^([a-z0-9]+-)*[a-z0-9]*[a-z][a-z0-9]*(-[a-z0-9]+)*$'}
          """)
  public record Port(
      @JsonPropertyDescription("TCP, UDP or SCTP. Example: TCP") @Default("TCP") String protocol,
      @JsonPropertyDescription(
              "Number of the port, 1 to 65535, or its name, at most 15 characters; absent: all."
                  + " Example: 443")
          IntOrString port,
      @JsonPropertyDescription("Last port of a range, 1 to 65535. Example: 444") @Min(1) @Max(65535)
          Integer endPort) {}
}
