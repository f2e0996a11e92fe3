package dev.newel.cli.cluster;

import dev.newel.crds.ClusterGuardrailPolicy;
import dev.newel.crds.GuardrailPolicy;
import dev.newel.crds.GuardrailResource;
import dev.newel.crds.ModelDeployment;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.ResourceDefinitionContext;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import picocli.CommandLine.Option;

/** Where a command looks: a cluster, or files with what `kubectl get -o yaml` printed. */
final class Source {
  private static final int REQUEST_MILLIS = 10_000;
  private static final String MANAGED = "app.kubernetes.io/managed-by=newel";

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description =
          "How to reach the cluster; absent: KUBECONFIG, ~/.kube/config or the pod's own.")
  private Path kubeconfig;

  @Option(names = "--context", paramLabel = "NAME", description = "Context of the kubeconfig.")
  private String context;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Namespace; absent: the context's.")
  private String namespace;

  @Option(
      names = {"-f", "--filename"},
      arity = "1..*",
      paramLabel = "FILE",
      description =
          "Look into these YAML or JSON files and at no cluster: what `kubectl get"
              + " modeldeployments,guardrailpolicies,clusterguardrailpolicies,namespaces,pods -A -o"
              + " yaml` printed.")
  private List<Path> files = List.of();

  /** The namespace that was named, or the context's. */
  String namespace() {
    if (namespace != null) {
      return namespace;
    }
    String configured = files.isEmpty() ? config().getNamespace() : null;
    return configured == null ? "default" : configured;
  }

  boolean offline() {
    return !files.isEmpty();
  }

  /**
   * Everything a command may want to know.
   *
   * @throws UnreachableException when nothing at all can be read
   */
  Snapshot look() {
    return offline() ? read() : gather();
  }

  KubernetesClient client() {
    return new KubernetesClientBuilder().withConfig(config()).build();
  }

  private Config config() {
    if (kubeconfig != null && !Files.isReadable(kubeconfig)) {
      throw new UnreachableException(
          kubeconfig + " cannot be read; name a kubeconfig with --kubeconfig", null);
    }
    try {
      Config config =
          kubeconfig == null
              ? Config.autoConfigure(context)
              : Config.fromKubeconfig(context, kubeconfig.toFile());
      return new ConfigBuilder(config)
          .withRequestRetryBackoffLimit(0)
          .withConnectionTimeout(REQUEST_MILLIS)
          .withRequestTimeout(REQUEST_MILLIS)
          .build();
    } catch (KubernetesClientException e) {
      throw new UnreachableException("the kubeconfig cannot be used: " + e.getMessage(), e);
    }
  }

  private Snapshot read() {
    var yaml = new KubernetesSerialization();
    yaml.registerKubernetesResource(ModelDeployment.class);
    yaml.registerKubernetesResource(GuardrailPolicy.class);
    yaml.registerKubernetesResource(ClusterGuardrailPolicy.class);
    var objects = new ArrayList<HasMetadata>();
    for (Path file : files) {
      try (InputStream in = Files.newInputStream(file)) {
        add(yaml.unmarshal(in), objects, file);
      } catch (IOException | RuntimeException e) {
        throw new UnreachableException(
            file + " cannot be read as Kubernetes objects; write what `kubectl get -o yaml` prints",
            e);
      }
    }
    return Snapshot.of(objects, List.of());
  }

  private static void add(Object read, List<HasMetadata> to, Path file) {
    switch (read) {
      case io.fabric8.kubernetes.api.model.KubernetesResourceList<?> list ->
          list.getItems().forEach(i -> add(i, to, file));
      case HasMetadata object -> to.add(object);
      case List<?> documents -> documents.forEach(d -> add(d, to, file));
      case null -> {}
      default -> throw new IllegalArgumentException(file + " holds something else than objects");
    }
  }

  private Snapshot gather() {
    var notes = new ArrayList<String>();
    var objects = new ArrayList<HasMetadata>();
    try (KubernetesClient client = client()) {
      // The one that must be there: without models there is nothing to say.
      try {
        objects.addAll(client.resources(ModelDeployment.class).inAnyNamespace().list().getItems());
      } catch (KubernetesClientException e) {
        throw new UnreachableException(why(e), e);
      }
      some(
          "guardrailpolicies",
          notes,
          objects,
          () -> client.resources(GuardrailPolicy.class).inAnyNamespace().list().getItems());
      some(
          "clusterguardrailpolicies",
          notes,
          objects,
          () -> client.resources(ClusterGuardrailPolicy.class).list().getItems());
      some("namespaces", notes, objects, () -> client.namespaces().list().getItems());
      some(
          "pods",
          notes,
          objects,
          () -> client.pods().inAnyNamespace().withLabelSelector(MANAGED).list().getItems());
      some(
          "deployments",
          notes,
          objects,
          () ->
              client
                  .apps()
                  .deployments()
                  .inAnyNamespace()
                  .withLabel("app.kubernetes.io/name", "newel-operator")
                  .list()
                  .getItems());
      some(
          "breakglassrequests",
          notes,
          objects,
          () -> generic(client, "BreakGlassRequest", "breakglassrequests"));
    }
    return Snapshot.of(objects, notes);
  }

  private static List<? extends HasMetadata> generic(
      KubernetesClient client, String kind, String plural) {
    return client
        .genericKubernetesResources(
            new ResourceDefinitionContext.Builder()
                .withGroup(GuardrailResource.GROUP)
                .withVersion(GuardrailResource.VERSION)
                .withKind(kind)
                .withPlural(plural)
                .withNamespaced(true)
                .build())
        .inAnyNamespace()
        .list()
        .getItems();
  }

  private static void some(
      String what,
      List<String> notes,
      List<HasMetadata> to,
      Supplier<List<? extends HasMetadata>> read) {
    try {
      to.addAll(read.get());
    } catch (KubernetesClientException e) {
      if (e.getCode() != 404) { // a kind that this cluster does not have
        notes.add(what + " cannot be read, so what depends on them is missing: " + why(e));
      }
    }
  }

  static String why(KubernetesClientException e) {
    if (e.getStatus() != null && e.getStatus().getMessage() != null) {
      return e.getStatus().getMessage();
    }
    return e.getCode() == 404
        ? "the cluster does not know Newel's resources; install the chart first"
        : "the cluster cannot be reached: " + e.getMessage();
  }
}
