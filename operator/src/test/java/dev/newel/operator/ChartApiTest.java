package dev.newel.operator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.newel.crds.ClusterGuardrailPolicy;
import dev.newel.crds.GuardrailPolicy;
import dev.newel.crds.ModelDeployment;
import dev.newel.e2e.harness.Await;
import dev.newel.e2e.harness.Cache;
import dev.newel.e2e.harness.ControlPlane;
import dev.newel.e2e.harness.Tools;
import dev.newel.operator.install.CrdUpgrade;
import dev.newel.operator.kube.ConditionSet;
import io.fabric8.kubernetes.api.model.ConfigMap;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodTemplateSpec;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/**
 * The chart on a real API server: what it renders is accepted, upgrades keep objects, and whatever
 * is removed in whatever order goes without hanging. No pod runs here; the operator is this JVM,
 * with the rights that the chart gives its account.
 */
@Tag("api")
class ChartApiTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  private static final Path CHART = Path.of("../helm/newel");
  private static final Path RELEASED = Path.of("../helm/released/newel-0.1.0");
  private static final Path RELEASED_CRDS = Path.of("../crds/released/v1alpha1-0.1.0");
  private static final String SYSTEM = ControlPlane.OPERATOR_NAMESPACE;
  private static final PatchContext JSON_PATCH =
      new PatchContext.Builder().withPatchType(PatchType.JSON).build();

  private static ControlPlane cluster;
  private static KubernetesClient admin;
  private static Tools tools;

  @TempDir Path audit;

  @BeforeAll
  static void start() {
    cluster = ControlPlane.start(ControlPlane.NEWEST).withControllers();
    admin = cluster.client();
    tools = new Tools(cluster);
    cluster.installCrds(Cache.root().resolve("monitoring-crds"));
    admin
        .resource(
            new NamespaceBuilder()
                .withNewMetadata()
                .withName(SYSTEM)
                .addToLabels("pod-security.kubernetes.io/enforce", "restricted")
                .endMetadata()
                .build())
        .create();
  }

  @AfterAll
  static void stop() {
    admin.close();
    cluster.close();
  }

  // What the chart renders

  @TestFactory
  Stream<DynamicTest> theServerTakesWhatEachValuesFileRendersAndEveryPodIsRestricted()
      throws IOException {
    cluster.installCrds(Path.of("../crds"));
    try (var files = Files.list(Path.of("../helm/values"))) {
      List<Path> values = files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
      assertThat(values).hasSizeGreaterThanOrEqualTo(10);
      return values.stream()
          .map(file -> dynamicTest(file.getFileName().toString(), () -> rendered(file)));
    }
  }

  private void rendered(Path values) {
    String yaml =
        tools.helm(
            "template",
            "newel",
            CHART.toString(),
            "-n",
            SYSTEM,
            "--is-upgrade",
            "-f",
            values.toString());
    tools.kubectl(
        yaml, "apply", "--server-side", "--dry-run=server", "--validate=strict", "-f", "-");
    List<HasMetadata> objects = load(yaml);
    List<Pod> pods = objects.stream().flatMap(ChartApiTest::pods).toList();
    assertThat(pods).hasSizeGreaterThanOrEqualTo(2);
    for (Pod pod : pods) {
      // Priority classes of the chart are not there in a dry run.
      pod.getSpec().setPriorityClassName(null);
      pod.getMetadata().setName("restricted");
      pod.getMetadata().setNamespace(SYSTEM);
      admin.pods().inNamespace(SYSTEM).resource(pod).dryRun().create();
    }
  }

  private static Stream<Pod> pods(HasMetadata object) {
    return switch (object) {
      case Deployment d -> Stream.of(pod(d.getSpec().getTemplate()));
      case Job j -> Stream.of(pod(j.getSpec().getTemplate()));
      case Pod p -> Stream.of(p);
      default -> Stream.empty();
    };
  }

  private static Pod pod(PodTemplateSpec template) {
    return new PodBuilder()
        .withMetadata(template.getMetadata())
        .withSpec(template.getSpec())
        .build();
  }

  private static List<HasMetadata> load(String yaml) {
    return admin.load(new ByteArrayInputStream(yaml.getBytes(StandardCharsets.UTF_8))).items();
  }

  // Life and death of a release

  @Test
  void anUpgradeFromTheReleasedChartKeepsObjectsAndARollbackToo() throws Exception {
    removeCrds();
    tools.helm("install", "newel", released().toString(), "-n", SYSTEM);
    String namespace = cluster.newNamespace(admin);
    try (var _ = new RunningOperator(cluster, audit.resolve("before"), "before")) {
      objects(namespace);
    }
    Map<String, String> before = uids(namespace);
    // When
    crdUpgradeAsTheChartsJob();
    tools.helm("upgrade", "newel", CHART.toString(), "-n", SYSTEM, "--no-hooks");
    // Then
    assertThat(uids(namespace)).isEqualTo(before);
    try (var _ = new RunningOperator(cluster, audit.resolve("after"), "after")) {
      admin
          .resource(
              Yaml.policy(
                  namespace, "more", "[{name: w, words: {values: [aurora]}, input: Block}]"))
          .create();
      ready(namespace, 3);
      assertThat(uids(namespace)).containsAllEntriesOf(before);
    }
    // When
    tools.helm("rollback", "newel", "1", "-n", SYSTEM, "--no-hooks");
    // Then
    assertThat(uids(namespace)).containsAllEntriesOf(before);
    try (var _ = new RunningOperator(cluster, audit.resolve("back"), "back")) {
      admin.resource(Yaml.policy(namespace, "more", "[]")).delete();
      ready(namespace, 2);
    }
    tools.helm("uninstall", "newel", "-n", SYSTEM);
    // What the job applied is in nobody's way when the chart comes back.
    tools.helm("install", "newel", CHART.toString(), "-n", SYSTEM);
    tools.helm("uninstall", "newel", "-n", SYSTEM);
    namespaceEnds(namespace);
  }

  /** The last release, put together again. */
  private Path released() throws IOException {
    Path chart = Files.createDirectory(audit.resolve("released"));
    copy(RELEASED, chart);
    copy(RELEASED_CRDS, Files.createDirectory(chart.resolve("crds")));
    return chart;
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.walk(from)) {
      for (Path file : files.filter(f -> !f.equals(from)).toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
  }

  /**
   * The pod of the Job would run this with these rights; a field that is out of date is put right.
   */
  private void crdUpgradeAsTheChartsJob() throws IOException {
    String name = "modeldeployments.newel.dev";
    admin
        .apiextensions()
        .v1()
        .customResourceDefinitions()
        .withName(name)
        .patch(
            JSON_PATCH,
            "[{\"op\": \"replace\", \"path\":"
                + " \"/spec/versions/0/schema/openAPIV3Schema/description\", \"value\": \"old\"}]");
    List<HasMetadata> hook =
        load(
            tools.helm(
                "template",
                "newel",
                CHART.toString(),
                "-n",
                SYSTEM,
                "--is-upgrade",
                "--show-only",
                "templates/hooks/crds.yaml"));
    Path folder = Files.createDirectory(audit.resolve("crds"));
    for (HasMetadata object : hook) {
      if (object instanceof ConfigMap files) {
        for (var file : files.getData().entrySet()) {
          Files.writeString(folder.resolve(file.getKey()), file.getValue());
        }
      } else if (!(object instanceof Job)) {
        admin.resource(object).create();
      }
    }
    try (var job = cluster.as("system:serviceaccount:" + SYSTEM + ":newel-crds")) {
      Await.until("the rights of the job", SOON, () -> applied(job, folder), done -> done);
    }
    assertThat(
            admin
                .apiextensions()
                .v1()
                .customResourceDefinitions()
                .withName(name)
                .get()
                .getSpec()
                .getVersions()
                .getFirst()
                .getSchema()
                .getOpenAPIV3Schema()
                .getDescription())
        .isNotEqualTo("old");
    hook.forEach(o -> admin.resource(o).delete());
  }

  private static boolean applied(KubernetesClient job, Path folder) {
    try {
      CrdUpgrade.apply(job, folder);
      return true;
    } catch (IOException e) {
      throw new IllegalStateException(e);
    }
  }

  private enum Removal {
    RELEASE,
    OBJECTS,
    CRDS,
    NAMESPACE
  }

  @TestFactory
  Stream<DynamicTest> whateverIsRemovedFirstNothingHangs() {
    return Stream.of(
            List.of(Removal.RELEASE, Removal.OBJECTS, Removal.CRDS, Removal.NAMESPACE),
            List.of(Removal.CRDS, Removal.RELEASE, Removal.NAMESPACE),
            List.of(Removal.NAMESPACE, Removal.CRDS, Removal.RELEASE),
            List.of(Removal.OBJECTS, Removal.RELEASE, Removal.CRDS))
        .map(order -> dynamicTest(order.toString(), () -> removed(order)));
  }

  private void removed(List<Removal> order) {
    removeCrds();
    tools.helm("install", "newel", CHART.toString(), "-n", SYSTEM);
    String namespace = cluster.newNamespace(admin);
    try (var _ = new RunningOperator(cluster, audit.resolve("operator"), "removal")) {
      objects(namespace);
      order.forEach(step -> remove(step, namespace));
    }
    assertThat(
            admin.namespaces().withName(namespace).get() == null || children(namespace).isEmpty())
        .isTrue();
  }

  private void remove(Removal step, String namespace) {
    switch (step) {
      case RELEASE -> {
        boolean crds = crdsAreThere();
        tools.helm("uninstall", "newel", "-n", SYSTEM);
        assertThat(admin.rbac().clusterRoles().withName("newel-operator").get()).isNull();
        assertThat(crdsAreThere()).as("Helm keeps the CRDs").isEqualTo(crds);
      }
      case OBJECTS -> {
        admin.resources(ModelDeployment.class).inNamespace(namespace).delete();
        admin.resources(GuardrailPolicy.class).inNamespace(namespace).delete();
        gone("the model's children", () -> children(namespace));
      }
      case CRDS -> {
        removeCrds();
        gone("the model's children", () -> children(namespace));
      }
      case NAMESPACE -> namespaceEnds(namespace);
    }
  }

  private void objects(String namespace) {
    admin
        .resource(
            Yaml.policy(
                namespace, "mail", "[{name: m, sensitive: {entities: [EMAIL]}, input: Mask}]"))
        .create();
    admin.resource(Yaml.model(namespace, "llm")).create();
    ready(namespace, 2);
  }

  /** The model's policy, once that many policies take part: no pod runs, so more cannot be had. */
  private static void ready(String namespace, int sources) {
    Await.until(
        sources + " policies for the model",
        SOON,
        () -> admin.resources(ModelDeployment.class).inNamespace(namespace).withName("llm").get(),
        m ->
            m.getStatus() != null
                && m.getStatus().policy() != null
                && m.getStatus().policy().sources() == sources
                && ConditionSet.find(m.getStatus().conditions(), "PolicyResolved")
                    .filter(c -> c.getStatus().equals("True"))
                    .isPresent());
    Await.until("children", SOON, () -> children(namespace), c -> c.size() >= 5);
  }

  private static Map<String, String> uids(String namespace) {
    var uids = new java.util.TreeMap<String, String>();
    Stream.concat(
            children(namespace).stream(),
            Stream.of(
                admin
                    .resources(ModelDeployment.class)
                    .inNamespace(namespace)
                    .withName("llm")
                    .require(),
                admin
                    .resources(GuardrailPolicy.class)
                    .inNamespace(namespace)
                    .withName("mail")
                    .require(),
                admin.resources(ClusterGuardrailPolicy.class).withName("newel-baseline").require()))
        .forEach(
            o -> uids.put(o.getKind() + "/" + o.getMetadata().getName(), o.getMetadata().getUid()));
    return uids;
  }

  private static List<HasMetadata> children(String namespace) {
    return Stream.of(
            admin.apps().deployments(),
            admin.services(),
            admin.network().networkPolicies(),
            admin.serviceAccounts(),
            admin.configMaps(),
            admin.policy().v1().podDisruptionBudget())
        .flatMap(kind ->
            kind
                .inNamespace(namespace)
                .withLabel("newel.dev/model", "llm")
                .list()
                .getItems()
                .stream())
        .map(o -> (HasMetadata) o)
        .toList();
  }

  private static void namespaceEnds(String namespace) {
    admin.namespaces().withName(namespace).delete();
    Await.until(
        namespace + " to end",
        SOON,
        () -> admin.namespaces().withName(namespace).get(),
        n -> n == null);
  }

  private static void gone(String what, java.util.function.Supplier<List<HasMetadata>> objects) {
    Await.until(what + " to go", SOON, objects, List::isEmpty);
  }

  private static boolean crdsAreThere() {
    return !ours().isEmpty();
  }

  private static List<io.fabric8.kubernetes.api.model.apiextensions.v1.CustomResourceDefinition>
      ours() {
    return admin.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
        .filter(c -> c.getSpec().getGroup().equals("newel.dev"))
        .toList();
  }

  private static void removeCrds() {
    ours().forEach(c -> admin.resource(c).delete());
    Await.until("the CRDs to go", SOON, ChartApiTest::ours, List::isEmpty);
  }
}
