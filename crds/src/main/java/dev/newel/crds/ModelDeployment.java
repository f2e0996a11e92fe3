package dev.newel.crds;

import dev.newel.crds.schema.DeepMerge;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** A model that can be reached only through its filter. */
@Group(GuardrailResource.GROUP)
@Version(GuardrailResource.VERSION)
@ShortNames("mdep")
@Categories("newel")
@AdditionalPrinterColumn(
    name = "MODEL",
    jsonPath = ".spec.model.name",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "READY",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "POLICY",
    jsonPath = ".status.policy.revision",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "PODS",
    jsonPath = ".status.pods.summary",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "RISK",
    jsonPath = ".spec.riskTier",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "ENDPOINT",
    jsonPath = ".status.endpoint",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
@AdditionalPrinterColumn(
    name = "REASON",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
@SchemaCustomizer(
    value = DeepMerge.class,
    input =
        """
        description: A model that can be reached only through its filter.
        required: [spec]
        properties:
          spec:
            description: Which model is served how, and who may use it.
          status:
            description: What the operator says about the model.
            default: {observedGeneration: -1}
            properties:
              observedGeneration: {format: int64}
        """)
public class ModelDeployment extends CustomResource<ModelDeploymentSpec, ModelDeploymentStatus>
    implements Namespaced {
  private static final long serialVersionUID = 1;

  /** {@code namespace/name}: what bundles and audit events call the model. */
  public String reference() {
    return getMetadata().getNamespace() + "/" + getMetadata().getName();
  }
}
