package dev.newel.operator.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.audit.Changes;
import dev.newel.audit.Changes.Change;
import dev.newel.audit.Changes.Intent;
import dev.newel.audit.Changes.Outcome;
import dev.newel.operator.kube.Labels;
import dev.newel.policy.bundle.BundleKey;
import dev.newel.policy.bundle.BundleSigner;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The key that bundles are signed with: a Secret of the operator's own namespace, made once. Of two
 * operators that start at the same time one makes it and both use it.
 */
public final class SigningKeySecret {
  public static final String NAME = "newel-bundle-key";

  private SigningKeySecret() {}

  /**
   * Reads the key, or makes it.
   *
   * @throws dev.newel.audit.AuditUnavailableException when it must be made and that cannot be
   *     recorded
   */
  public static BundleSigner loadOrCreate(
      KubernetesClient client, Changes changes, String namespace) {
    Secret there = client.secrets().inNamespace(namespace).withName(NAME).get();
    if (there == null) {
      there = create(client, changes, namespace);
    }
    Map<String, String> data = there.getData();
    return new BundleSigner(new BundleKey.Pair(text(data, "private"), text(data, "public")));
  }

  private static Secret create(KubernetesClient client, Changes changes, String namespace) {
    BundleKey.Pair pair = BundleKey.generate();
    var target = new Changes.Target("v1", "Secret", namespace, NAME);
    Intent intent =
        changes
            .intend(List.of(new Change("create", target, "key to sign bundles with", "operator")))
            .getFirst();
    var secret =
        new SecretBuilder()
            .withNewMetadata()
            .withName(NAME)
            .withNamespace(namespace)
            .addToLabels(Labels.PART_OF, "newel")
            .addToAnnotations(Labels.INTENT, intent.id())
            .endMetadata()
            .withImmutable(true)
            .addToStringData("private", pair.privateKey())
            .addToStringData("public", pair.publicKey())
            .build();
    try {
      Secret created = client.resource(secret).create();
      changes.settle(List.of(new Outcome(intent, Optional.empty())));
      return created;
    } catch (KubernetesClientException e) {
      changes.settle(List.of(new Outcome(intent, Optional.of("HTTP " + e.getCode()))));
      if (e.getCode() == 409) { // the other operator was faster
        return client.secrets().inNamespace(namespace).withName(NAME).require();
      }
      throw e;
    }
  }

  private static String text(Map<String, String> data, String key) {
    String value = data == null ? null : data.get(key);
    if (value == null) {
      throw new IllegalStateException(
          "Secret %s has no key %s; delete it, and a new one is made".formatted(NAME, key));
    }
    return new String(Base64.getDecoder().decode(value), UTF_8);
  }
}
