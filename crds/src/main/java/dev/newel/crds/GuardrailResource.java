package dev.newel.crds;

import com.fasterxml.jackson.databind.JsonDeserializer;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;
import dev.newel.policy.PolicyKind;
import dev.newel.policy.Settings;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/**
 * A resource that carries rules, of either kind.
 *
 * <p>Fabric8 reads anything it finds behind {@link HasMetadata} with a deserializer that looks the
 * kind up and calls Jackson again; {@code CustomResource} switches that off for its subclasses, and
 * an interface that comes in between must do the same, or reading never ends.
 */
@JsonDeserialize(using = JsonDeserializer.None.class)
public interface GuardrailResource extends HasMetadata {
  String GROUP = "newel.dev";
  String VERSION = "v1alpha1";

  GuardrailPolicySpec getSpec();

  GuardrailPolicyStatus getStatus();

  PolicyKind policyKind();

  /** {@code ClusterGuardrailPolicy/newel-baseline}: unique among the policies of one model. */
  default String reference() {
    return policyKind().kind() + "/" + getMetadata().getName();
  }

  /**
   * Whether the policy selects this model.
   *
   * @param namespaceLabels labels of the model's namespace; null when it has none
   */
  default boolean selects(ModelDeployment model, Map<String, String> namespaceLabels) {
    boolean namespace =
        policyKind() == PolicyKind.NAMESPACED
            ? getMetadata().getNamespace().equals(model.getMetadata().getNamespace())
            : Optional.ofNullable(getSpec().namespaceSelector())
                .orElse(Selector.ALL)
                .matches(namespaceLabels);
    var targets = getSpec().targets();
    if (!namespace || targets == null) {
      return namespace;
    }
    return targets.names() != null
        ? targets.names().contains(model.getMetadata().getName())
        : Optional.ofNullable(targets.selector())
            .orElse(Selector.ALL)
            .matches(model.getMetadata().getLabels());
  }

  /** The settings, with what the policy leaves out filled in. */
  default Settings settings() {
    var spec = getSpec();
    var d = Settings.DEFAULT;
    return new Settings(
        spec.scope() == null ? d.scope() : EnumSet.copyOf(spec.scope()),
        spec.streaming() == null || spec.streaming().maxHoldBack() == null
            ? d.maxHoldBack()
            : spec.streaming().maxHoldBack(),
        Optional.ofNullable(spec.onUninspectable()).orElse(d.onUninspectable()),
        Optional.ofNullable(spec.onError()).orElse(d.onError()));
  }
}
