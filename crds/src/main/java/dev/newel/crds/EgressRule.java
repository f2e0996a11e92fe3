package dev.newel.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
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
  public record Destination(
      @JsonPropertyDescription("Addresses. Example: {cidr: 10.0.0.0/8}") IpBlock ipBlock,
      @JsonPropertyDescription("Namespaces. Example: {matchLabels: {team: data}}")
          Selector namespaceSelector,
      @JsonPropertyDescription("Pods. Example: {matchLabels: {app: vector-db}}")
          Selector podSelector) {}

  /** A range of addresses. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record IpBlock(
      @JsonPropertyDescription("The range. Example: 10.0.0.0/8") @Required @Size(min = 1, max = 64)
          String cidr,
      @JsonPropertyDescription("Ranges within it that stay closed. Example: [10.1.0.0/16]")
          @Size(max = 32)
          List<@Size(max = 64) String> except) {}

  /** One port or a range of them. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Port(
      @JsonPropertyDescription("TCP, UDP or SCTP. Example: TCP") @Default("TCP") @Size(max = 4)
          String protocol,
      @JsonPropertyDescription("Number or name of the port; absent: all. Example: 443")
          IntOrString port,
      @JsonPropertyDescription("Last port of a range, 1 to 65535. Example: 444") @Min(1) @Max(65535)
          Integer endPort) {}
}
