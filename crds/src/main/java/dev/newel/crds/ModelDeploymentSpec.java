package dev.newel.crds;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
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
import io.fabric8.kubernetes.api.model.Quantity;
import java.util.List;
import java.util.Map;

/** Which model is served how, and who may use it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ModelDeploymentSpec(
    @JsonPropertyDescription(
            "Which model this is; stamped into every audit event. Example: {provider: vllm, name:"
                + " llama-3.1-8b-instruct}")
        @Required
        Model model,
    @JsonPropertyDescription("Risk class of the use, for reports and alerts. Example: High")
        @Default("Limited")
        RiskTier riskTier,
    @JsonPropertyDescription(
            "How the model is served: exactly one of container and external. Example: {external:"
                + " {url: https://models.example.com/v1}}")
        @Required
        Serving serving,
    @JsonPropertyDescription("Which request shapes to understand. Example: OpenAI")
        @Default("OpenAI")
        Api api,
    @JsonPropertyDescription(
            "Who may connect, at most 64; absent: pods of the same namespace; []: nobody. Example:"
                + " [{namespaceSelector: {matchLabels: {team: web}}}]")
        @Size(max = 64)
        List<Peer> clients,
    @JsonPropertyDescription(
            "Further destinations that the pod may reach, at most 64 NetworkPolicy egress rules."
                + " Example: [{to: [{ipBlock: {cidr: 10.0.0.0/8}}], ports: [{port: 443}]}]")
        @Size(max = 64)
        List<EgressRule> egress,
    @JsonPropertyDescription("The filter container. Example: {logLevel: Info}") Filter filter) {

  /** Identity of a model. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Model(
      @JsonPropertyDescription("Who serves it; 1 to 63 characters. Example: vllm")
          @Required
          @Size(min = 1, max = 63)
          @ValidationRule(value = Formats.ONE_LINE, message = Formats.ONE_LINE_SAYS)
          String provider,
      @JsonPropertyDescription("Its name; 1 to 253 characters. Example: llama-3.1-8b-instruct")
          @Required
          @Size(min = 1, max = 253)
          @ValidationRule(value = Formats.ONE_LINE, message = Formats.ONE_LINE_SAYS)
          String name,
      @JsonPropertyDescription("Its version; 1 to 128 characters. Example: 2026-08-01")
          @Size(min = 1, max = 128)
          @ValidationRule(value = Formats.ONE_LINE, message = Formats.ONE_LINE_SAYS)
          String version,
      @JsonPropertyDescription(
              "Hash of its weights. Example:"
                  + " sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08")
          @ValidationRule(
              value = Formats.DIGEST,
              message = Formats.DIGEST_SAYS,
              messageExpression = Formats.DIGEST_SHOWS)
          @Size(max = 71)
          String digest) {}

  /** Risk classes. */
  public enum RiskTier {
    @JsonProperty("Minimal")
    MINIMAL,
    @JsonProperty("Limited")
    LIMITED,
    @JsonProperty("High")
    HIGH
  }

  /** Request shapes that the filter understands. */
  public enum Api {
    @JsonProperty("OpenAI")
    OPENAI("OpenAI"),
    @JsonProperty("Anthropic")
    ANTHROPIC("Anthropic");

    private final String text;

    Api(String text) {
      this.text = text;
    }

    /** As it stands in a manifest. */
    public String text() {
      return text;
    }
  }

  /** How the model is served. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "has(self.container) != has(self.external)",
      messageExpression =
          "'serving has ' + (has(self.container) ? 'both container and external' : 'neither"
              + " container nor external') + '; write exactly one of them'")
  public record Serving(
      @JsonPropertyDescription(
              "A model in a pod of its own, behind a filter in the same pod. Example: {port: 8000,"
                  + " template: {spec: {containers: [{name: model, image: vllm}]}}}")
          ContainerServing container,
      @JsonPropertyDescription(
              "A model elsewhere, behind filter pods. Example: {url:"
                  + " https://models.example.com/v1}")
          External external) {}

  /** A model elsewhere. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record External(
      @JsonPropertyDescription(
              "Base URL of the model's API, https (http for tests), at most 512 characters. Example:"
                  + " https://models.example.com/v1")
          @Required
          @Size(min = 1, max = 512)
          @ValidationRule(
              value = Formats.BASE_URL,
              message = Formats.BASE_URL_SAYS,
              messageExpression = Formats.BASE_URL_SHOWS)
          String url,
      @JsonPropertyDescription(
              "Key of a Secret with the bearer token; mounted into the filter only. Example: {secret:"
                  + " vendor-key, key: token}")
          Credential credential,
      @JsonPropertyDescription(
              "PEM certificates that the server's certificate must chain to; absent: the usual public"
                  + " ones. Example: {configMap: corp-ca, key: ca.crt}")
          CaBundle caBundle,
      @JsonPropertyDescription("How many filter pods, 1 to 100. Example: 2")
          @Default("1")
          @Min(1)
          @Max(100)
          Integer replicas) {}

  /** A key of a Secret. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Credential(
      @JsonPropertyDescription("Name of the Secret. Example: vendor-key")
          @Required
          @Size(min = 1, max = 253)
          @ValidationRule(
              value = Formats.OBJECT_NAME,
              message = Formats.OBJECT_NAME_SAYS,
              messageExpression = Formats.OBJECT_NAME_SHOWS)
          String secret,
      @JsonPropertyDescription("Key in it. Example: token")
          @Required
          @Size(min = 1, max = 253)
          @ValidationRule(
              value = Formats.DATA_KEY,
              message = Formats.DATA_KEY_SAYS,
              messageExpression = Formats.DATA_KEY_SHOWS)
          String key) {}

  /** A key of a ConfigMap. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record CaBundle(
      @JsonPropertyDescription("Name of the ConfigMap. Example: corp-ca")
          @Required
          @Size(min = 1, max = 253)
          @ValidationRule(
              value = Formats.OBJECT_NAME,
              message = Formats.OBJECT_NAME_SAYS,
              messageExpression = Formats.OBJECT_NAME_SHOWS)
          String configMap,
      @JsonPropertyDescription("Key in it. Example: ca.crt")
          @Required
          @Size(min = 1, max = 253)
          @ValidationRule(
              value = Formats.DATA_KEY,
              message = Formats.DATA_KEY_SAYS,
              messageExpression = Formats.DATA_KEY_SHOWS)
          String key) {}

  /** Pods by namespace and labels; absent namespaceSelector means the model's own namespace. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @ValidationRule(
      value = "has(self.namespaceSelector) || has(self.podSelector)",
      message =
          "a client has neither namespaceSelector nor podSelector; write one, {} selects everything")
  public record Peer(
      @JsonPropertyDescription(
              "Namespaces; absent: the model's own. Example: {matchLabels: {team: web}}")
          Selector namespaceSelector,
      @JsonPropertyDescription(
              "Pods in them; absent: all. Example: {matchLabels: {role: frontend}}")
          Selector podSelector) {}

  /** The filter container. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Filter(
      @JsonPropertyDescription(
              "Requests and limits; absent: 100m CPU and 128Mi requested, 1 CPU and 256Mi at most."
                  + " Example: {limits: {memory: 512Mi}}")
          Resources resources,
      @JsonPropertyDescription("How much the filter logs; never prompt text. Example: Info")
          @Default("Info")
          LogLevel logLevel) {}

  /** Requests and limits of a container. */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  @SchemaCustomizer(
      value = DeepMerge.class,
      input =
          "properties:\n  requests: {additionalProperties: {maxLength: 32, pattern: '"
              + Formats.QUANTITY
              + "'}}\n  limits: {additionalProperties: {maxLength: 32, pattern: '"
              + Formats.QUANTITY
              + "'}}")
  public record Resources(
      @JsonPropertyDescription("What is set aside. Example: {cpu: 100m, memory: 128Mi}")
          @Size(max = 16)
          Map<String, Quantity> requests,
      @JsonPropertyDescription("The most it may use. Example: {cpu: 1, memory: 256Mi}")
          @Size(max = 16)
          Map<String, Quantity> limits) {}

  /** Log levels. */
  public enum LogLevel {
    @JsonProperty("Error")
    ERROR,
    @JsonProperty("Warn")
    WARN,
    @JsonProperty("Info")
    INFO,
    @JsonProperty("Debug")
    DEBUG
  }
}
