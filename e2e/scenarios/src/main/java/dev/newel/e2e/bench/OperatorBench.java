package dev.newel.e2e.bench;

import dev.newel.crds.ModelDeployment;
import dev.newel.e2e.harness.ApiAudit;
import dev.newel.e2e.harness.Await;
import dev.newel.e2e.harness.ControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * {@code OperatorBench QUARKUS-RUN.JAR CRDS [MODELS]}: how fast the operator turns models into
 * objects and a policy change into bundles, beside the same API server without it. Prints a table
 * in Markdown on standard output, progress on standard error.
 */
public final class OperatorBench {
  private static final int NAMESPACES = 50;
  private static final int CLIENTS = 16;
  private static final Duration LIMIT = Duration.ofMinutes(8);

  /** What the operator creates for one model; named by kind in children of a sample. */
  private static final List<Map.Entry<String, String>> CHILDREN =
      List.of(
          Map.entry("networking.k8s.io/v1", "NetworkPolicy"),
          Map.entry("v1", "ServiceAccount"),
          Map.entry("v1", "ConfigMap"),
          Map.entry("v1", "Service"),
          Map.entry("policy/v1", "PodDisruptionBudget"),
          Map.entry("apps/v1", "Deployment"));

  private final int models;
  private final ControlPlane cluster;
  private final KubernetesClient client;
  private final List<String> rows = new ArrayList<>();

  private OperatorBench(ControlPlane cluster, int models) {
    this.cluster = cluster;
    this.client = cluster.client();
    this.models = models;
  }

  /** Exits 0 when everything was measured. */
  public static void main(String[] args) throws Exception {
    if (args.length < 2) {
      System.err.println("usage: OperatorBench QUARKUS-RUN.JAR CRDS [MODELS]");
      System.exit(2);
    }
    int models = args.length > 2 ? Integer.parseInt(args[2]) : 1000;
    try (ControlPlane cluster = ControlPlane.start(ControlPlane.NEWEST)) {
      cluster.installCrds(Path.of(args[1]));
      var bench = new OperatorBench(cluster, models);
      bench.run(Path.of(args[0]));
      System.out.println("| what | measured |\n|---|---|");
      bench.rows.forEach(System.out::println);
    }
  }

  private void run(Path jar) throws Exception {
    namespaces("bare");
    double bare = rate(models, pace("bare", models));
    row("API server alone: creates the models", "%.0f/s".formatted(bare));
    namespaces("team");
    createAll(
        "operator",
        List.of(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName("newel-system")
                .endMetadata()
                .build()));
    mayDoEverything();
    Path folder = Files.createTempDirectory("newel-bench-");
    try (var operator = OperatorProcess.start(jar, cluster.operatorKubeconfig(), folder);
        var seen = new Seen(client)) {
      create(seen);
      fanOut(seen);
      row(
          "operator's memory at the end",
          "%d MiB live in the heap, %d MiB resident"
              .formatted(operator.heapBytes() >> 20, operator.residentBytes() >> 20));
    }
    childrenAlone();
  }

  /** 50 policies first, then the models; measured until the last model has its status. */
  private void create(Seen seen) throws Exception {
    createAll(
        "policies",
        Stream.concat(
                Stream.of(Objects.baseline("project-zenith")),
                IntStream.range(1, NAMESPACES).mapToObj(i -> Objects.policy("team-" + i)))
            .map(HasMetadata.class::cast)
            .toList());
    int before = operatorWrites();
    Map<String, Long> begun = new ConcurrentHashMap<>();
    long start = System.nanoTime();
    each(
        "models",
        models,
        i -> {
          begun.put("team-" + i % NAMESPACES + "/llm-" + i, System.nanoTime());
          client.resource(Objects.model("team-" + i % NAMESPACES, "llm-" + i)).create();
        });
    await("bundles", () -> seen.bundles().size());
    Map<String, Long> written = Map.copyOf(seen.bundles());
    await("status", this::settled);
    double seconds = (System.nanoTime() - start) / 1e9;
    row(
        "models and 50 policies to objects and status",
        "**%.0f models/s** (%d in %.1f s)".formatted(models / seconds, models, seconds));
    row("from `create` to the model's bundle, all at once", difference(begun, written).text());
    Thread.sleep(Duration.ofSeconds(2)); // the audit log of the API server is written behind
    row("API writes per model", "%.1f".formatted((operatorWrites() - before) / (double) models));
  }

  /** One change to the policy that selects every model. */
  private void fanOut(Seen seen) {
    System.err.println("bench: one change to the cluster policy");
    Map<String, Long> first = Map.copyOf(seen.bundles());
    long start = System.nanoTime();
    client
        .resource(Objects.baseline("project-nadir"))
        .fieldManager("bench")
        .forceConflicts()
        .serverSideApply();
    await(
        "new bundles",
        () ->
            (int)
                seen.bundles().entrySet().stream()
                    .filter(e -> !e.getValue().equals(first.get(e.getKey())))
                    .count());
    var times = Latencies.of(seen.bundles().values().stream().map(t -> t - start).toList());
    row(
        "one cluster policy changed, to the bundles of all models",
        "%s; %.0f bundles/s".formatted(times.text(), models / (times.quantile(1) / 1e9)));
  }

  /** The same objects by a client that does nothing else, with the operator gone. */
  private void childrenAlone() throws Exception {
    namespaces("copy");
    List<GenericKubernetesResource> templates =
        CHILDREN.stream()
            .map(c ->
                client
                    .genericKubernetesResources(c.getKey(), c.getValue())
                    .inNamespace("team-0")
                    .withLabel("newel.dev/model", "llm-0")
                    .list()
                    .getItems()
                    .getFirst())
            .toList();
    int sample = Math.min(models, 200);
    double seconds =
        each(
            "objects of models, without the operator",
            sample,
            i -> templates.forEach(t -> client.resource(copy(t, i)).create()));
    row(
        "API server alone: creates the " + CHILDREN.size() + " objects of a model",
        "%.0f models/s".formatted(rate(sample, seconds)));
  }

  private static GenericKubernetesResource copy(GenericKubernetesResource template, int i) {
    var copy = new GenericKubernetesResource();
    copy.setApiVersion(template.getApiVersion());
    copy.setKind(template.getKind());
    copy.setMetadata(
        new ObjectMetaBuilder()
            .withName("llm-" + i)
            .withNamespace("copy-" + i % NAMESPACES)
            .withLabels(template.getMetadata().getLabels())
            .build());
    template
        .getAdditionalProperties()
        .forEach((k, v) -> {
          if (!k.equals("status")) {
            copy.setAdditionalProperty(k, v);
          }
        });
    if (copy.getAdditionalProperties().get("spec") instanceof Map<?, ?> spec) {
      spec.remove("clusterIP");
      spec.remove("clusterIPs");
    }
    return copy;
  }

  private double pace(String prefix, int count) throws Exception {
    double seconds =
        each(
            "models, without the operator",
            count,
            i ->
                client.resource(Objects.model(prefix + "-" + i % NAMESPACES, "llm-" + i)).create());
    IntStream.range(0, NAMESPACES)
        .forEach(
            i -> client.resources(ModelDeployment.class).inNamespace(prefix + "-" + i).delete());
    return seconds;
  }

  private int settled() {
    return (int)
        client.resources(ModelDeployment.class).inAnyNamespace().list().getItems().stream()
            .filter(m -> m.getStatus() != null && m.getStatus().policy() != null)
            .count();
  }

  private int operatorWrites() {
    return (int)
        new ApiAudit(cluster.auditLog())
            .requestsOf(ControlPlane.OPERATOR_USER).stream()
                .filter(r -> r.code() < 300)
                .filter(r -> !List.of("get", "list", "watch").contains(r.verb()))
                .filter(r -> !r.resource().equals("leases"))
                .count();
  }

  private void mayDoEverything() {
    client
        .resource(
            new ClusterRoleBindingBuilder()
                .withNewMetadata()
                .withName("bench")
                .endMetadata()
                .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", "cluster-admin")
                .addNewSubject()
                .withKind("User")
                .withName(ControlPlane.OPERATOR_USER)
                .endSubject()
                .build())
        .create();
  }

  private void namespaces(String prefix) throws Exception {
    createAll(
        "namespaces",
        IntStream.range(0, NAMESPACES)
            .mapToObj(i ->
                new NamespaceBuilder()
                    .withNewMetadata()
                    .withName(prefix + "-" + i)
                    .endMetadata()
                    .build())
            .map(HasMetadata.class::cast)
            .toList());
  }

  private void createAll(String what, List<HasMetadata> objects) throws Exception {
    each(what, objects.size(), i -> client.resource(objects.get(i)).create());
  }

  /**
   * Runs this for 0 to count−1 by {@link #CLIENTS} clients at the same time; the seconds it took.
   */
  private static double each(String what, int count, Consumer<Integer> one) throws Exception {
    System.err.println("bench: " + count + " " + what);
    long start = System.nanoTime();
    try (var clients = Executors.newFixedThreadPool(CLIENTS)) {
      List<Future<?>> futures = new ArrayList<>();
      IntStream.range(0, count).forEach(i -> futures.add(clients.submit(() -> one.accept(i))));
      for (Future<?> future : futures) {
        future.get();
      }
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private void await(String what, java.util.function.Supplier<Integer> count) {
    Await.until(what, LIMIT, count, n -> n >= models);
  }

  private static Latencies difference(Map<String, Long> begun, Map<String, Long> ended) {
    return Latencies.of(
        begun.entrySet().stream()
            .map(e -> ended.get(e.getKey()) - e.getValue())
            .collect(Collectors.toList()));
  }

  private static double rate(int count, double seconds) {
    return count / seconds;
  }

  private void row(String what, String measured) {
    String row = "| " + what + " | " + measured + " |";
    System.err.println("bench: " + row.toLowerCase(Locale.ROOT));
    rows.add(row);
  }
}
