package dev.newel.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.audit.Trail;
import dev.newel.crds.ModelDeployment;
import dev.newel.e2e.harness.Await;
import dev.newel.e2e.harness.Clusters;
import dev.newel.e2e.harness.ControlPlane;
import dev.newel.operator.kube.ConditionSet;
import dev.newel.operator.rbac.Permissions;
import io.fabric8.kubernetes.api.model.networking.v1.NetworkPolicy;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("one lease for all operators")
@Tag("api")
class LeaderApiTest {
  private static final Duration SOON = Duration.ofSeconds(90);
  private static final PatchContext MERGE =
      new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();
  private static final String OPENED = "{\"spec\":{\"ingress\":[{}]}}";

  @TempDir Path folder;
  private final List<Process> started = new ArrayList<>();

  @AfterEach
  void end() {
    started.forEach(Process::destroyForcibly);
  }

  @Test
  void aLeaderThatSleptBetweenDecisionAndWriteCannotWriteOverItsSuccessor()
      throws IOException, InterruptedException {
    ControlPlane cluster = Clusters.shared(ControlPlane.NEWEST);
    try (KubernetesClient admin = cluster.client()) {
      // Given a leader that is paused after it decided to close a NetworkPolicy again
      OperatorRole.install(admin);
      admin.leases().inNamespace(ControlPlane.OPERATOR_NAMESPACE).delete();
      String namespace = cluster.newNamespace(admin);
      Process first = start(cluster, "first");
      Await.until("the first to lead", SOON, () -> leader(admin), "first"::equals);
      admin
          .resource(
              Yaml.policy(
                  namespace, "p", "[{name: m, sensitive: {entities: [EMAIL]}, input: Mask}]"))
          .create();
      admin.resource(Yaml.model(namespace, "llm")).create();
      programmed(admin, namespace);
      List<?> closed = policy(admin, namespace).getSpec().getIngress();
      Files.createFile(folder.resolve("first/stop"));
      admin.resource(policy(admin, namespace)).patch(MERGE, OPENED);
      Await.until("the first to be stopped", SOON, () -> state(first), "T"::equals);
      // When another takes over, and the first wakes up
      Process second = start(cluster, "second");
      Await.until("the second to lead", SOON, () -> leader(admin), "second"::equals);
      NetworkPolicy repaired =
          Await.until(
              "the second to close it",
              SOON,
              () -> policy(admin, namespace),
              p -> p.getSpec().getIngress().equals(closed));
      new ProcessBuilder("kill", "-CONT", Long.toString(first.pid())).start().waitFor();
      // Then it ends, and its write was refused or never sent
      assertThat(first.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).as("it ends").isTrue();
      assertThat(first.exitValue()).isEqualTo(70);
      assertThat(policy(admin, namespace).getMetadata().getResourceVersion())
          .isEqualTo(repaired.getMetadata().getResourceVersion());
      second.getOutputStream().close();
      assertThat(second.waitFor(SOON.toSeconds(), TimeUnit.SECONDS)).isTrue();
      assertThat(Trail.verify(Trail.lines(folder.resolve("second/audit")), true)).isEmpty();
      admin.namespaces().withName(namespace).delete();
    }
  }

  private Process start(ControlPlane cluster, String name) throws IOException {
    Path own = Files.createDirectory(folder.resolve(name));
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                StoppableOperator.class.getName(),
                cluster.operatorKubeconfig().toString(),
                own.toString(),
                name)
            .redirectErrorStream(true)
            .redirectOutput(own.resolve("log").toFile())
            .start();
    started.add(process);
    return process;
  }

  private static String leader(KubernetesClient admin) {
    return admin
        .leases()
        .inNamespace(ControlPlane.OPERATOR_NAMESPACE)
        .withName(Permissions.LEASE)
        .get()
        .getSpec()
        .getHolderIdentity();
  }

  private static void programmed(KubernetesClient admin, String namespace) {
    Await.until(
        "the model to be programmed",
        SOON,
        () -> admin.resources(ModelDeployment.class).inNamespace(namespace).withName("llm").get(),
        m ->
            ConditionSet.find(m.getStatus().conditions(), "Programmed")
                .filter(c -> c.getStatus().equals("True"))
                .isPresent());
  }

  private static NetworkPolicy policy(KubernetesClient admin, String namespace) {
    return admin.network().networkPolicies().inNamespace(namespace).withName("llm").get();
  }

  /** proc(5): T is stopped by a signal. */
  private static String state(Process process) {
    try {
      String stat = Files.readString(Path.of("/proc", Long.toString(process.pid()), "stat"));
      return stat.substring(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3);
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }
}
