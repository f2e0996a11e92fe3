package dev.newel.operator.policy;

import dev.newel.crds.GuardrailResource;
import dev.newel.crds.ModelDeployment;
import dev.newel.crds.PolicyReading;
import java.util.List;

/**
 * All that is known about a policy when its status is decided.
 *
 * @param policy as the API server stores it
 * @param reading what it means, or why it means nothing
 * @param selected the models it selects
 */
public record PolicyInput(
    GuardrailResource policy, PolicyReading reading, List<ModelDeployment> selected) {
  public PolicyInput {
    selected = List.copyOf(selected);
  }
}
