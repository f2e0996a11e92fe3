package dev.newel.operator.breakglass;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.operator.kube.Names;
import dev.newel.operator.kube.Trees;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The ValidatingAdmissionPolicies by which the API server vouches for decisions, as this build
 * knows them. Nothing that is written while they are missing or different counts.
 */
public final class AdmissionPolicies {
  /** The account of {@code admission.yaml}; the chart puts its own in its place. */
  static final String OPERATOR = "system:serviceaccount:newel-system:newel-operator";

  /**
   * How long after a change of them the API server may still judge by the old ones: it reads them
   * anew every second.
   */
  static final Duration SETTLE = Duration.ofSeconds(3);

  private AdmissionPolicies() {}

  /**
   * What should be installed.
   *
   * @param operatorUser user name of the operator's account
   */
  public static List<GenericKubernetesResource> wanted(String operatorUser) {
    try (InputStream file = AdmissionPolicies.class.getResourceAsStream("admission.yaml")) {
      String text = new String(file.readAllBytes(), UTF_8).replace(OPERATOR, operatorUser);
      return Arrays.stream(text.split("(?m)^---\n", -1))
          .filter(d -> d.contains("\nkind: "))
          .map(d -> Serialization.unmarshal(d, GenericKubernetesResource.class))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * What was found of them.
   *
   * @param fingerprint hash of uid and generation of each: it changes when one is taken away and
   *     comes back, even unchanged; empty while any is missing or different
   * @param problem what is wrong, for people; empty when they are in force
   */
  public record Found(String fingerprint, Optional<String> problem) {
    public boolean enforced() {
      return problem.isEmpty();
    }
  }

  /**
   * Compares.
   *
   * @param there policies and bindings as the server has them
   * @param now the server's time
   */
  static Found compare(
      List<GenericKubernetesResource> wanted, List<GenericKubernetesResource> there, Instant now) {
    var problems = new ArrayList<String>();
    var identity = new StringBuilder();
    for (GenericKubernetesResource w : wanted) {
      String name = w.getKind() + "/" + w.getMetadata().getName();
      Optional<GenericKubernetesResource> t =
          there.stream()
              .filter(o ->
                  o.getKind().equals(w.getKind())
                      && o.getMetadata().getName().equals(w.getMetadata().getName()))
              .findFirst();
      if (t.isEmpty()) {
        problems.add(name + " is missing");
      } else if (t.get().getMetadata().getDeletionTimestamp() != null) {
        problems.add(name + " is being deleted");
      } else if (!Trees.same(spec(t.get()), spec(w))) {
        problems.add(name + " is not as this version of Newel installs it");
      } else if (lastWrite(t.get()).plus(SETTLE).isAfter(now)) {
        problems.add(name + " has just been written and may not be in force yet");
      } else {
        identity
            .append(t.get().getMetadata().getUid())
            .append('/')
            .append(t.get().getMetadata().getGeneration())
            .append('\n');
      }
    }
    return problems.isEmpty()
        ? new Found(Names.hash(identity.toString()).substring(0, 16), Optional.empty())
        : new Found("", Optional.of(String.join("; ", problems)));
  }

  private static Object spec(GenericKubernetesResource object) {
    return object.getAdditionalProperties().get("spec");
  }

  /** Times of managed fields are the server's. */
  private static Instant lastWrite(GenericKubernetesResource object) {
    Instant created = Instant.parse(object.getMetadata().getCreationTimestamp());
    return object.getMetadata().getManagedFields() == null
        ? created
        : object.getMetadata().getManagedFields().stream()
            .filter(f -> f.getTime() != null && f.getSubresource() == null)
            .map(f -> Instant.parse(f.getTime()))
            .max(Instant::compareTo)
            .filter(created::isBefore)
            .orElse(created);
  }
}
