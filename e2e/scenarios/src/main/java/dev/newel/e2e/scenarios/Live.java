package dev.newel.e2e.scenarios;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.crds.ModelDeployment;
import dev.newel.e2e.harness.Await;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.dsl.ExecWatch;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** A cluster on which Newel is installed, and what a story does with it. */
final class Live implements AutoCloseable {
  static final Duration SOON = Duration.ofSeconds(90);
  private static final Duration CALL = Duration.ofMinutes(4);
  private static final String OPERATOR_NAMESPACE = "newel-system";

  final KubernetesClient client;

  private final Path kubeconfig;

  Live(Path kubeconfig) {
    this.kubeconfig = kubeconfig;
    try {
      client =
          new KubernetesClientBuilder()
              .withConfig(Config.fromKubeconfig(Files.readString(kubeconfig)))
              .build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** As somebody else. */
  KubernetesClient as(String user, String... groups) {
    try {
      Config config = Config.fromKubeconfig(Files.readString(kubeconfig));
      config.setImpersonateUsername(user);
      config.setImpersonateGroups(groups);
      return new KubernetesClientBuilder().withConfig(config).build();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What a program in a container said. */
  record Said(int exit, String out, String err) {}

  /** Runs a program in a container: the arguments are data, no shell sees them. */
  Said exec(String namespace, String pod, String container, String... command) {
    var out = new ByteArrayOutputStream();
    var err = new ByteArrayOutputStream();
    try (ExecWatch watch =
        client
            .pods()
            .inNamespace(namespace)
            .withName(pod)
            .inContainer(container)
            .writingOutput(out)
            .writingError(err)
            .exec(command)) {
      int exit = watch.exitCode().get(CALL.toSeconds(), TimeUnit.SECONDS);
      return new Said(exit, out.toString(UTF_8), err.toString(UTF_8));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    } catch (ExecutionException | TimeoutException e) {
      throw new IllegalStateException("exec in " + namespace + "/" + pod + " did not end", e);
    }
  }

  /** Applies a file of this program's resources. */
  void apply(String resource) {
    try (InputStream in = Live.class.getResourceAsStream("/demo/" + resource)) {
      client
          .load(in)
          .items()
          .forEach(o -> client.resource(o).fieldManager("demo").forceConflicts().serverSideApply());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  ModelDeployment model(String namespace, String name) {
    return client.resources(ModelDeployment.class).inNamespace(namespace).withName(name).require();
  }

  /** The model once a condition has this status, decided on the newest generation. */
  ModelDeployment model(String namespace, String name, String type, String status) {
    return Await.until(
        name + " " + type + "=" + status,
        SOON,
        () -> model(namespace, name),
        m ->
            m.getStatus() != null
                && m.getMetadata().getGeneration().equals(m.getStatus().observedGeneration())
                && condition(m, type).filter(c -> c.getStatus().equals(status)).isPresent());
  }

  static Optional<Condition> condition(ModelDeployment model, String type) {
    return Optional.ofNullable(model.getStatus().conditions()).stream()
        .flatMap(List::stream)
        .filter(c -> c.getType().equals(type))
        .findFirst();
  }

  /** Pods that are neither ending nor ended. */
  List<Pod> pods(String namespace, Map<String, String> labels) {
    return client.pods().inNamespace(namespace).withLabels(labels).list().getItems().stream()
        .filter(p -> p.getMetadata().getDeletionTimestamp() == null)
        .filter(p -> "Running".equals(p.getStatus().getPhase()))
        .toList();
  }

  List<Pod> operators() {
    return pods(OPERATOR_NAMESPACE, Map.of("app.kubernetes.io/name", "newel-operator"));
  }

  /** Stops or starts the operator, and waits until it is so. */
  void operators(int count) {
    client
        .apps()
        .deployments()
        .inNamespace(OPERATOR_NAMESPACE)
        .withName("newel-operator")
        .scale(count);
    Await.until(
        count + " operators",
        SOON,
        () ->
            client
                .pods()
                .inNamespace(OPERATOR_NAMESPACE)
                .withLabel("app.kubernetes.io/name", "newel-operator")
                .list()
                .getItems(),
        pods ->
            pods.size() == count
                && pods.stream()
                    .allMatch(p ->
                        p.getStatus().getConditions().stream()
                            .anyMatch(
                                c -> c.getType().equals("Ready") && c.getStatus().equals("True"))));
  }

  @Override
  public void close() {
    client.close();
  }
}
