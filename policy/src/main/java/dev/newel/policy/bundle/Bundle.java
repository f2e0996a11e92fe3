package dev.newel.policy.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.policy.CanonicalJson;
import dev.newel.policy.CanonicalPolicy;
import dev.newel.policy.EffectivePolicy;
import dev.newel.policy.JsonReader;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/**
 * What a filter loads: one model's effective policy with a number that only grows. When no policy
 * is left, a bundle says that too: a filter that heard nothing would go on with the last one.
 *
 * @param model {@code namespace/name} of the model it is for
 * @param sequence 1 or more; a filter never goes back to a lower one
 * @param policy what to enforce; empty: nothing may pass
 */
public record Bundle(String model, long sequence, Optional<EffectivePolicy> policy) {
  /** Version of the payload's shape. */
  public static final int VERSION = 1;

  /** Revision of a bundle without a policy. */
  public static final String NO_POLICY = "none";

  public Bundle {
    if (model.indexOf('/') < 1) {
      throw new IllegalArgumentException("model is " + model + "; expected namespace/name");
    }
    if (sequence < 1) {
      throw new IllegalArgumentException("sequence is " + sequence + "; it starts at 1");
    }
  }

  public Bundle(String model, long sequence, EffectivePolicy policy) {
    this(model, sequence, Optional.of(policy));
  }

  /** Content hash of the policy, or {@value #NO_POLICY}. */
  public String revision() {
    return policy.map(EffectivePolicy::revision).orElse(NO_POLICY);
  }

  /** Canonical JSON in UTF-8: equal bundles have equal bytes. */
  byte[] payload() {
    var tree =
        new HashMap<String, Object>(
            Map.of(
                "version", VERSION,
                "model", model,
                "sequence", sequence,
                "revision", revision()));
    policy.ifPresent(p -> tree.put("policy", CanonicalPolicy.tree(p)));
    return CanonicalJson.write(tree).getBytes(UTF_8);
  }

  /**
   * Reads {@link #payload}.
   *
   * @throws BundleRefusedException when version, shape or revision do not fit
   */
  static Bundle parse(byte[] payload) {
    try {
      var tree = (Map<?, ?>) JsonReader.read(new String(payload, UTF_8));
      if (!Long.valueOf(VERSION).equals(tree.get("version"))) {
        throw new BundleRefusedException(
            Refused.UNKNOWN_VERSION,
            "bundle version is " + tree.get("version") + "; this filter reads " + VERSION);
      }
      var bundle =
          new Bundle(
              (String) tree.get("model"),
              (Long) tree.get("sequence"),
              Optional.ofNullable((Map<?, ?>) tree.get("policy")).map(CanonicalPolicy::parse));
      if (!bundle.revision().equals(tree.get("revision"))) {
        throw new BundleRefusedException(
            Refused.REVISION_MISMATCH,
            "the bundle says revision "
                + tree.get("revision")
                + ", its content has "
                + bundle.revision());
      }
      return bundle;
    } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
      throw new BundleRefusedException(
          Refused.MALFORMED, "the bundle cannot be read: " + e.getMessage());
    }
  }
}
