package dev.newel.operator.model;

import dev.newel.operator.OperatorConfig;
import dev.newel.operator.kube.Child;
import dev.newel.policy.bundle.Bundle;
import dev.newel.policy.bundle.BundleParts;
import dev.newel.policy.bundle.BundleSigner;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What should be there for a model. Pure.
 *
 * @param policy what its filters should enforce
 * @param bundle the bundle that says so; empty while there never was a policy
 * @param children in the order in which they are written: what closes comes first, what runs last
 */
record ModelDesired(ModelPolicy policy, Optional<Bundle> bundle, List<Child> children) {

  static ModelDesired of(ModelInput input, OperatorConfig config, BundleSigner signer) {
    var policy = ModelPolicy.of(input.policies(), input.inForce());
    Optional<Bundle> bundle =
        ModelBundle.next(input.model(), policy.effective(), input.inForce(), input.pods());
    var children = new ArrayList<Child>();
    children.add(ModelChildren.networkPolicy(input.model(), config));
    children.add(ModelChildren.serviceAccount(input.model()));
    bundle.ifPresent(b -> parts(input, b, signer, children));
    children.add(ModelChildren.service(input.model()));
    if (ModelWorkload.replicas(input.model().getSpec()) > 1) {
      children.add(ModelChildren.disruptionBudget(input.model()));
    }
    children.add(ModelWorkload.deployment(input.model(), config, signer.publicKey()));
    return new ModelDesired(policy, bundle, List.copyOf(children));
  }

  private static void parts(
      ModelInput input, Bundle bundle, BundleSigner signer, List<Child> children) {
    List<byte[]> parts = BundleParts.split(signer.sign(bundle));
    // The last part first: a filter puts them together once the first one has come.
    for (int i = parts.size() - 1; i >= 0; i--) {
      children.add(ModelChildren.configMap(input.model(), i, BundleParts.key(i), parts.get(i)));
    }
  }
}
