package dev.newel.crds;

import dev.newel.crds.schema.DeepMerge;
import dev.newel.policy.PolicyKind;
import io.fabric8.crd.generator.annotation.AdditionalPrinterColumn;
import io.fabric8.crdv2.generator.v1.SchemaCustomizer;
import io.fabric8.kubernetes.api.model.Namespaced;
import io.fabric8.kubernetes.client.CustomResource;
import io.fabric8.kubernetes.model.annotation.Categories;
import io.fabric8.kubernetes.model.annotation.Group;
import io.fabric8.kubernetes.model.annotation.ShortNames;
import io.fabric8.kubernetes.model.annotation.Version;

/** Rules for the models of one namespace. Can add to the cluster's rules, never take away. */
@Group(GuardrailResource.GROUP)
@Version(GuardrailResource.VERSION)
@ShortNames("gpol")
@Categories("newel")
@AdditionalPrinterColumn(
    name = "MODE",
    jsonPath = ".spec.mode",
    type = AdditionalPrinterColumn.Type.STRING)
@AdditionalPrinterColumn(
    name = "RULES",
    jsonPath = ".status.rules",
    type = AdditionalPrinterColumn.Type.INTEGER)
@AdditionalPrinterColumn(
    name = "MODELS",
    jsonPath = ".status.models.selected",
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
        description: Rules for the models of one namespace. Can add to the cluster's rules, never take away.
        required: [spec]
        properties:
          spec:
            description: What to look for in the traffic of which models, and what to do about it.
            properties:
              namespaceSelector: null
          status:
            description: What the operator says about the policy.
            default: {observedGeneration: -1}
            properties:
              observedGeneration: {format: int64}
        """)
public class GuardrailPolicy extends CustomResource<GuardrailPolicySpec, GuardrailPolicyStatus>
    implements Namespaced, GuardrailResource {
  private static final long serialVersionUID = 1;

  @Override
  public PolicyKind policyKind() {
    return PolicyKind.NAMESPACED;
  }
}
