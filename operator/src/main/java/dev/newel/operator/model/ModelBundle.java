package dev.newel.operator.model;

import dev.newel.crds.ModelDeployment;
import dev.newel.operator.kube.Names;
import dev.newel.policy.EffectivePolicy;
import dev.newel.policy.bundle.Bundle;
import dev.newel.policy.bundle.BundleParts;
import dev.newel.policy.bundle.BundleRefusedException;
import dev.newel.policy.bundle.BundleVerifier;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import java.util.Base64;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A model's bundle: read back from its ConfigMaps, and numbered. */
final class ModelBundle {
  private ModelBundle() {}

  /** Name of the ConfigMap that holds a part. */
  static String configMap(String model, int part) {
    return Names.child(model, part == 0 ? "-bundle" : "-bundle-" + part);
  }

  /**
   * The bundle that these ConfigMaps hold; empty when they hold none of this model and this key.
   */
  static Optional<Bundle> read(
      ModelDeployment model, Collection<GenericKubernetesResource> configMaps, BundleVerifier key) {
    var parts = new HashMap<String, byte[]>();
    for (GenericKubernetesResource map : configMaps) {
      if (map.getAdditionalProperties().get("binaryData") instanceof Map<?, ?> data) {
        data.forEach((k, v) -> decode(v).ifPresent(bytes -> parts.put((String) k, bytes)));
      }
    }
    try {
      Bundle bundle = key.open(BundleParts.join(parts));
      return Optional.of(bundle).filter(b -> b.model().equals(model.reference()));
    } catch (BundleRefusedException e) {
      return Optional.empty(); // somebody wrote to it; it is made anew
    }
  }

  private static Optional<byte[]> decode(Object base64) {
    try {
      return Optional.of(Base64.getDecoder().decode(base64.toString()));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  /**
   * The bundle that should be there: the same as now while the policy is the same, otherwise with a
   * number above every one that was ever seen, also when the ConfigMap or the whole cluster was set
   * back. Empty while there is no policy and never was one.
   */
  static Optional<Bundle> next(
      ModelDeployment model,
      Optional<EffectivePolicy> policy,
      Optional<Bundle> inForce,
      List<PodReport> reports) {
    String revision = policy.map(EffectivePolicy::revision).orElse(Bundle.NO_POLICY);
    var status = model.getStatus();
    long said =
        status == null || status.policy() == null || status.policy().sequence() == null
            ? 0
            : status.policy().sequence();
    long reported = reports.stream().mapToLong(PodReport::sequence).max().orElse(0);
    long written = inForce.map(Bundle::sequence).orElse(0L);
    long highest = Math.max(said, Math.max(reported, written));
    boolean sameAsWritten = inForce.filter(b -> b.revision().equals(revision)).isPresent();
    boolean sameAsSaid = said > 0 && revision.equals(status.policy().revision());
    if (policy.isEmpty() && highest == 0) {
      return Optional.empty();
    }
    boolean keep =
        (sameAsWritten && written == highest)
            || (inForce.isEmpty() && sameAsSaid && said == highest);
    return Optional.of(new Bundle(model.reference(), keep ? highest : highest + 1, policy));
  }
}
