package dev.newel.operator.install;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.locks.LockSupport;

/**
 * Brings the custom resource definitions up to date: {@code CrdUpgrade FOLDER}. Helm installs them
 * once and never changes them; the chart runs this before an upgrade. It never deletes one, so no
 * object is lost.
 */
public final class CrdUpgrade {
  /** Helm's own: under another name the next {@code helm install} would meet a conflict. */
  private static final String FIELD_MANAGER = "helm";

  private static final Duration LIMIT = Duration.ofMinutes(1);
  private static final Duration PAUSE = Duration.ofMillis(200);

  private CrdUpgrade() {}

  /** Exits 0 when the server serves all of them, 1 with what it refused otherwise. */
  public static void main(String[] args) {
    if (args.length != 1) {
      System.err.println("usage: CrdUpgrade FOLDER");
      System.exit(2);
    }
    try (var client = new KubernetesClientBuilder().build()) {
      apply(client, Path.of(args[0]));
    } catch (KubernetesClientException | IOException | IllegalArgumentException e) {
      System.err.println("the custom resource definitions are not up to date: " + e.getMessage());
      System.exit(1);
    }
    System.exit(0); // the client's threads would keep the process alive
  }

  /**
   * Applies every {@code *.yaml} of a folder, and waits until each is established.
   *
   * @throws IllegalArgumentException when the folder holds none
   */
  public static void apply(KubernetesClient client, Path folder) throws IOException {
    List<Path> files;
    try (var all = Files.list(folder)) {
      files = all.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    }
    if (files.isEmpty()) {
      throw new IllegalArgumentException(folder + " holds no *.yaml; name the chart's folder crds");
    }
    for (Path file : files) {
      // As a tree: what this client's classes do not know must arrive, too.
      var crd = Serialization.unmarshal(Files.readString(file), GenericKubernetesResource.class);
      // Forced: somebody may have applied them by hand.
      client.resource(crd).fieldManager(FIELD_MANAGER).forceConflicts().serverSideApply();
      String name = crd.getMetadata().getName();
      awaitEstablished(client, name);
      System.out.println(name + " is up to date");
    }
  }

  /** By asking, not by watching: the Job may get these objects, and not list all that there are. */
  private static void awaitEstablished(KubernetesClient client, String name) {
    Instant end = Instant.now().plus(LIMIT);
    while (!established(
        client.apiextensions().v1().customResourceDefinitions().withName(name).get())) {
      if (Instant.now().isAfter(end)) {
        throw new IllegalArgumentException(
            "%s is not established after %s; kubectl describe crd %s says why"
                .formatted(name, LIMIT, name));
      }
      LockSupport.parkNanos(PAUSE.toNanos());
    }
  }

  private static boolean established(CustomResourceDefinition crd) {
    return crd != null
        && crd.getStatus() != null
        && crd.getStatus().getConditions() != null
        && crd.getStatus().getConditions().stream()
            .anyMatch(c -> c.getType().equals("Established") && c.getStatus().equals("True"));
  }
}
