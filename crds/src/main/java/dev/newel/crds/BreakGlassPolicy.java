package dev.newel.crds;

import dev.newel.crds.schema.DeepMerge;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** Which access may be asked for, where, for how long, and how many people must agree. */
@Group(GuardrailResource.GROUP)
@Version(GuardrailResource.VERSION)
@ShortNames("bgp")
@Categories("newel")
@AdditionalPrinterColumn(
    name = "MAX",
    jsonPath = ".spec.maxDuration",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "APPROVALS",
    jsonPath = ".spec.approvals.required",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "READY",
    jsonPath = ".status.conditions[?(@.type==\"Ready\")].status",
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
        description: Which access may be asked for, where, for how long, and how many people must agree.
        required: [spec]
        properties:
          spec:
            description: What may be granted under which conditions.
          status:
            description: What the operator says about it.
            default: {observedGeneration: -1}
            properties:
              observedGeneration: {format: int64}
        """)
public class BreakGlassPolicy extends CustomResource<BreakGlassPolicySpec, BreakGlassPolicyStatus> {
  private static final long serialVersionUID = 1;
}
