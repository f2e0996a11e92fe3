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

/** Access to a namespace for a while, asked for by one person and agreed to by others. */
@Group(GuardrailResource.GROUP)
@Version(GuardrailResource.VERSION)
@ShortNames("bgr")
@Categories("newel")
@AdditionalPrinterColumn(
    name = "REQUESTER",
    jsonPath = ".spec.requester",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "ROLE",
    jsonPath = ".spec.role",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "PHASE",
    jsonPath = ".status.phase",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "APPROVALS",
    jsonPath = ".status.quorum",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "UNTIL",
    jsonPath = ".status.expiresAt",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "AGE",
    jsonPath = ".metadata.creationTimestamp",
    type = AdditionalPrinterColumn.Type.DATE)
@AdditionalPrinterColumn(
    name = "REASON",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].reason",
    type = AdditionalPrinterColumn.Type.STRING,
    priority = 1)
@SchemaCustomizer(
    value = DeepMerge.class,
    input =
        """
        description: Access to a namespace for a while, asked for by one person and agreed to by others.
        required: [spec]
        properties:
          spec:
            description: Who wants which access to this namespace, for how long and why.
          status:
            description: What the operator says about it.
            default: {observedGeneration: -1}
            properties:
              observedGeneration: {format: int64}
        """)
public class BreakGlassRequest
    extends CustomResource<BreakGlassRequestSpec, BreakGlassRequestStatus> implements Namespaced {
  private static final long serialVersionUID = 1;

  /** {@code namespace/name}: what audit events and messages call the request. */
  public String reference() {
    return getMetadata().getNamespace() + "/" + getMetadata().getName();
  }
}
