package dev.newel.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.audit.Trail;
import dev.newel.crds.ModelDeployment;
import dev.newel.e2e.harness.Await;
import dev.newel.e2e.harness.Clusters;
import dev.newel.e2e.harness.ControlPlane;
import dev.newel.e2e.harness.Crash;
import dev.newel.e2e.harness.EndState;
import dev.newel.e2e.harness.Oracles;
import dev.newel.operator.kube.ConditionSet;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("operators and the API server die here")
@Tag("api")
class FaultApiTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  @TempDir Path folder;
  private ControlPlane cluster;
  private KubernetesClient client;

  @BeforeEach
  void start() {
    cluster = Clusters.shared(ControlPlane.NEWEST);
    client = cluster.client();
  }

  @AfterEach
  void stop() {
    client.close();
  }

  @Test
  void anOperatorKilledAfterAnyWriteLeavesNothingBehindThatTheNextOneDoesNotFinish()
      throws IOException {
    // Given a run in which nothing goes wrong
    Path calm = Files.createDirectory(folder.resolve("calm"));
    var count = Crash.never();
    SortedMap<String, String> endState;
    SortedMap<String, Integer> createsAndDeletes;
    String namespace = cluster.newNamespace(client);
    try (var oracles = new Oracles(cluster, namespace);
        var operator = new RunningOperator(cluster, calm, count)) {
      create(namespace);
      oracles.judge(operator.intents());
      endState = oracles.endState();
      createsAndDeletes = oracles.createsAndDeletes();
    }
    client.namespaces().withName(namespace).delete();
    assertThat(count.writes()).isGreaterThan(15);
    boolean crashed = true;
    for (int n = 1; crashed; n++) {
      // When
      namespace = cluster.newNamespace(client);
      Path before = Files.createDirectory(folder.resolve("killed-" + n));
      var crash = Crash.afterWrite(n);
      try (var oracles = new Oracles(cluster, namespace)) {
        Path found = Files.createDirectory(folder.resolve("found-" + n));
        try (var _ = new RunningOperator(cluster, before, crash)) {
          put(namespace);
          SortedMap<String, String> wanted = endState;
          Await.until(
              "crash or end of run " + n,
              SOON,
              () -> crash.happened() || wanted.equals(oracles.endState()),
              b -> b);
          crashed = crash.happened(); // otherwise the run had fewer writes, and is the last
          copy(before, found); // a killed process closes nothing
        }
        try (var operator = new RunningOperator(cluster, found)) {
          // Then
          programmed(namespace, "llm");
          SortedMap<String, String> wanted = endState;
          Await.until(
              "O1 after " + n + " writes",
              SOON,
              () -> EndState.differences(wanted, oracles.endState()),
              List::isEmpty);
          assertThat(oracles.createsAndDeletes())
              .as("O2 after %d writes", n)
              .isEqualTo(createsAndDeletes);
          if (n % 9 == 0) {
            oracles.judge(operator.intents());
          }
        }
        assertThat(Trail.verify(Trail.lines(found), true)).as("trail after %d writes", n).isEmpty();
      }
      client.namespaces().withName(namespace).delete();
    }
  }

  @Test
  void anApiServerKilledInABurstOfModelsDelaysThemAndLosesNone() {
    String namespace = cluster.newNamespace(client);
    try (var operator = new RunningOperator(cluster, folder)) {
      // Given
      client.resource(Yaml.policy(namespace, "mail", RULES)).create();
      // When
      for (int i = 0; i < 100; i++) {
        if (i == 50) {
          cluster.killApiServer();
          cluster.startApiServer();
        }
        String name = "llm-" + i;
        Await.until(name + " to be accepted", SOON, () -> created(namespace, name), b -> b);
      }
      // Then
      IntStream.range(0, 100).forEach(i -> programmed(namespace, "llm-" + i));
      try (var oracles = new Oracles(cluster, namespace)) {
        oracles.judge(operator.intents());
      }
    }
    assertThat(Trail.verify(Trail.lines(folder), true)).isEmpty();
    client.namespaces().withName(namespace).delete();
  }

  private static final String RULES =
      "[{name: m, sensitive: {entities: [EMAIL]}, input: Mask, output: Mask}]";

  private boolean created(String namespace, String name) {
    try {
      client.resource(Yaml.model(namespace, name)).create();
    } catch (KubernetesClientException e) {
      if (e.getCode() != 409) {
        throw e;
      }
    }
    return true;
  }

  private void create(String namespace) {
    put(namespace);
    programmed(namespace, "llm");
  }

  private void put(String namespace) {
    client.resource(Yaml.policy(namespace, "mail", RULES)).create();
    client.resource(Yaml.model(namespace, "llm")).create();
  }

  private void programmed(String namespace, String name) {
    Await.until(
        name + " to be programmed",
        SOON,
        () -> client.resources(ModelDeployment.class).inNamespace(namespace).withName(name).get(),
        m ->
            m.getStatus() != null
                && ConditionSet.find(m.getStatus().conditions(), "Programmed")
                    .filter(c -> c.getStatus().equals("True"))
                    .isPresent());
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
