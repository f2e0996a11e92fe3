package dev.newel.operator.model;

import dev.newel.crds.GuardrailResource;
import dev.newel.crds.ModelDeployment;
import dev.newel.crds.PolicyReading;
import dev.newel.policy.bundle.Bundle;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is known about a model when its children and its status are decided.
 *
 * @param model as the API server stores it
 * @param policies every policy that selects it, with its reading
 * @param children what is there of it, by {@link dev.newel.operator.kube.Child#key}
 * @param inForce the bundle that its ConfigMaps hold
 * @param pods what its filters report
 */
record ModelInput(
    ModelDeployment model,
    Map<GuardrailResource, PolicyReading> policies,
    Map<String, GenericKubernetesResource> children,
    Optional<Bundle> inForce,
    List<PodReport> pods) {
  ModelInput {
    children = Map.copyOf(children);
    pods = List.copyOf(pods);
  }
}
