package dev.newel.e2e.scenarios;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.newel.crds.ClusterGuardrailPolicy;
import dev.newel.crds.GuardrailPolicy;
import dev.newel.crds.ModelDeployment;
import dev.newel.e2e.harness.ArgoHealth;
import dev.newel.e2e.harness.Await;
import dev.newel.e2e.harness.Cache;
import dev.newel.e2e.harness.KStatus;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;

/**
 * One life of an installation on a real node, by the chart alone: the quickstart as it stands in
 * the documentation, traffic from those who may and may not, changes under load, removal.
 */
@Tag("install")
@TestMethodOrder(OrderAnnotation.class)
class InstallNodeTest {
  private static final String TEAM = "team-a";
  private static final String MODEL = "support-bot";
  private static final String URL = "http://" + MODEL + "." + TEAM + ".svc:8080";
  private static final String HARMLESS = SupportTeam.chat("How do I adjust my brakes?", false);
  private static final String KEY = SupportTeam.chat("My key is AKIAZ7QW3ERTY5UIOP2A.", false);
  private static final PatchContext MERGE =
      new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();

  private static Path work;
  private static Path kubeconfig;
  private static Live live;

  @BeforeAll
  static void up() throws Exception {
    work = Files.createTempDirectory("newel-install.");
    Script.Ended up = Script.run(9, "e2e/demo/bare", work.resolve("c").toString());
    assertThat(up.exit()).as(up.output()).isZero();
    kubeconfig = Path.of(up.output().lines().toList().getLast());
    live = new Live(kubeconfig);
  }

  @AfterAll
  static void down() throws Exception {
    if (live != null) {
      live.close();
    }
    Script.run(2, "e2e/node/down", work.resolve("c").toString());
  }

  @Test
  @Order(1)
  void theQuickstartDoesWhatItSays() throws Exception {
    run("docs/quickstart.md");
    assertThat(live.operators()).hasSize(1);
  }

  @Test
  @Order(2)
  void onlyClientsThatAreNamedReachTheFilterAndNobodyReachesTheModel() {
    // Given
    apply(client(TEAM, "may", "frontend"), client(TEAM, "may-not", "batch"));
    apply(namespace("team-b"));
    apply(client("team-b", "stranger", "frontend"));
    Await.until("the clients", Live.SOON, () -> running(TEAM, "may"), p -> p);
    Await.until("the clients", Live.SOON, () -> running(TEAM, "may-not"), p -> p);
    Await.until("the clients", Live.SOON, () -> running("team-b", "stranger"), p -> p);
    String pod =
        live.pods(TEAM, Map.of("newel.dev/model", MODEL)).getFirst().getStatus().getPodIP();
    // Then
    Await.until("an answer", Live.SOON, () -> ask(TEAM, "may", URL, HARMLESS), s -> s == 200);
    assertThat(ask(TEAM, "may", URL, KEY)).isEqualTo(403);
    assertThat(ask(TEAM, "may-not", URL, HARMLESS)).isZero();
    assertThat(ask("team-b", "stranger", URL, HARMLESS)).isZero();
    for (String port : List.of("8000", "8081")) {
      assertThat(ask(TEAM, "may", "http://" + pod + ":" + port, HARMLESS)).isZero();
      assertThat(ask("team-b", "stranger", "http://" + pod + ":" + port, HARMLESS)).isZero();
    }
  }

  @Test
  @Order(3)
  void policyAndFilterChangeUnderLoadWithoutADroppedOrAnUnfilteredRequest() {
    // Given
    var harmless = CompletableFuture.supplyAsync(() -> load(HARMLESS));
    var forbidden = CompletableFuture.supplyAsync(() -> load(KEY));
    String before = revision();
    // When
    apply(
        """
        apiVersion: newel.dev/v1alpha1
        kind: GuardrailPolicy
        metadata: {name: under-load, namespace: team-a}
        spec: {rules: [{name: word, words: {values: [project aurora]}, input: Block}]}
        """);
    Await.until(
        "the change in force",
        Live.SOON,
        InstallNodeTest::revision,
        r -> !r.isEmpty() && !r.equals(before));
    live.client
        .resources(ModelDeployment.class)
        .inNamespace(TEAM)
        .withName(MODEL)
        .patch(MERGE, "{\"spec\":{\"filter\":{\"logLevel\":\"Debug\"}}}");
    Await.until(
        "new pods, and only these",
        Live.SOON.multipliedBy(2),
        () -> live.client.apps().deployments().inNamespace(TEAM).withName(MODEL).get(),
        d ->
            d.getMetadata().getGeneration().equals(d.getStatus().getObservedGeneration())
                && d.getMetadata().getGeneration() > 1
                && Integer.valueOf(2).equals(d.getStatus().getUpdatedReplicas())
                && Integer.valueOf(2).equals(d.getStatus().getAvailableReplicas())
                && Integer.valueOf(2).equals(d.getStatus().getReplicas()));
    // Then
    assertThat(forbidden.join()).as("each was refused by policy").containsOnlyKeys("403");
    assertThat(harmless.join()).as("each was answered").containsOnlyKeys("200");
    gitOpsToolsSeeThatAllIsWell();
  }

  private static void gitOpsToolsSeeThatAllIsWell() {
    var json = new ObjectMapper();
    Await.until(
        "every object to be Current for kstatus and Healthy for Argo CD",
        Live.SOON,
        () ->
            List.<List<? extends HasMetadata>>of(
                    live.client.resources(ModelDeployment.class).inAnyNamespace().list().getItems(),
                    live.client.resources(GuardrailPolicy.class).inAnyNamespace().list().getItems(),
                    live.client.resources(ClusterGuardrailPolicy.class).list().getItems())
                .stream()
                .flatMap(List::stream)
                .<JsonNode>map(json::valueToTree)
                .map(o ->
                    o.path("kind").asText()
                        + " "
                        + KStatus.of(o)
                        + " "
                        + ArgoHealth.of(healthCheck(), o).status())
                .toList(),
        all -> all.size() >= 4 && all.stream().allMatch(o -> o.endsWith(" CURRENT Healthy")));
  }

  private static String healthCheck() {
    try {
      return Files.readString(Script.ROOT.resolve("gitops/argocd/health.lua"));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  @Order(4)
  void aQuotaThatThePodsDoNotFitIsNamedInTheCondition() {
    // Given
    apply(
        namespace("team-c"),
        """
        apiVersion: v1
        kind: ResourceQuota
        metadata: {name: little, namespace: team-c}
        spec: {hard: {limits.memory: 100Mi}}
        """);
    // When
    apply(
        """
        apiVersion: newel.dev/v1alpha1
        kind: ModelDeployment
        metadata: {name: big, namespace: team-c}
        spec:
          model: {provider: none, name: big}
          serving: {external: {url: "http://127.0.0.1:9/v1"}}
        """);
    // Then
    ModelDeployment model = live.model("team-c", "big", "WorkloadAvailable", "False");
    Await.until(
        "the quota to be named",
        Live.SOON,
        () -> Live.condition(live.model("team-c", "big"), "WorkloadAvailable").orElseThrow(),
        c -> c.getReason().equals("TemplateRejected") && c.getMessage().contains("exceeded quota"));
    // The baseline is Ready only when it is in force on every model, and `helm --wait` waits for
    // that.
    live.client.resource(model).delete();
  }

  @Test
  @Order(5)
  void anUpgradeBringsTheDefinitionsUpToDateByItsJob() throws Exception {
    // Given
    var crds = live.client.apiextensions().v1().customResourceDefinitions();
    crds.withName("modeldeployments.newel.dev")
        .patch(
            new PatchContext.Builder().withPatchType(PatchType.JSON).build(),
            "[{\"op\":\"replace\",\"path\":\"/spec/versions/0/schema/openAPIV3Schema/description\",\"value\":\"old\"}]");
    // When
    shell("helm upgrade newel helm/newel --namespace newel-system --wait --timeout 4m");
    // Then
    assertThat(
            crds.withName("modeldeployments.newel.dev")
                .get()
                .getSpec()
                .getVersions()
                .getFirst()
                .getSchema()
                .getOpenAPIV3Schema()
                .getDescription())
        .isNotEqualTo("old");
    assertThat(live.client.rbac().clusterRoles().withName("newel-crds").get()).isNull();
  }

  @Test
  @Order(6)
  void afterRemovalOnlyWhatWasAskedToStayIsThere() throws Exception {
    // When
    run("docs/guides/remove.md");
    // Then
    Await.until("everything to go", Live.SOON, InstallNodeTest::left, List::isEmpty);
  }

  /** Objects with our labels or names, anywhere. */
  private static List<String> left() {
    var c = live.client;
    return List.<List<? extends HasMetadata>>of(
            c.apps()
                .deployments()
                .inAnyNamespace()
                .withLabel("app.kubernetes.io/part-of", "newel")
                .list()
                .getItems(),
            c.network()
                .networkPolicies()
                .inAnyNamespace()
                .withLabel("app.kubernetes.io/part-of", "newel")
                .list()
                .getItems(),
            c.services()
                .inAnyNamespace()
                .withLabel("app.kubernetes.io/part-of", "newel")
                .list()
                .getItems(),
            c.pods()
                .inAnyNamespace()
                .withLabel("app.kubernetes.io/part-of", "newel")
                .list()
                .getItems(),
            c.configMaps()
                .inAnyNamespace()
                .withLabel("app.kubernetes.io/part-of", "newel")
                .list()
                .getItems(),
            c.serviceAccounts()
                .inAnyNamespace()
                .withLabel("app.kubernetes.io/part-of", "newel")
                .list()
                .getItems(),
            c.rbac()
                .clusterRoles()
                .withLabel("app.kubernetes.io/part-of", "newel")
                .list()
                .getItems(),
            c.rbac()
                .clusterRoleBindings()
                .withLabel("app.kubernetes.io/part-of", "newel")
                .list()
                .getItems(),
            c.apiextensions().v1().customResourceDefinitions().list().getItems().stream()
                .filter(d -> d.getSpec().getGroup().equals("newel.dev"))
                .toList(),
            c.namespaces().list().getItems().stream()
                .filter(n -> n.getMetadata().getName().equals("newel-system"))
                .toList())
        .stream()
        .flatMap(List::stream)
        .map(o -> (HasMetadata) o)
        .map(o -> o.getKind() + "/" + o.getMetadata().getName())
        .toList();
  }

  private static void run(String page) throws Exception {
    List<Page.Block> blocks = Page.blocks(Script.ROOT.resolve(page));
    assertThat(blocks).isNotEmpty();
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    var script = new StringBuilder();
    for (int i = 0; i < blocks.size(); i++) {
      script.append("echo '@@ ").append(i).append("'\n");
      // The machine may have somebody else's 8080.
      script.append(
          blocks
              .get(i)
              .commands()
              .replace("127.0.0.1:8080", "127.0.0.1:" + port)
              .replace(" 8080:8080", " " + port + ":8080"));
    }
    script.append("kill $(jobs -p) 2>/dev/null || true\n");
    String[] printed = shell(script.toString()).split("@@ \\d+\n", -1);
    for (int i = 0; i < blocks.size(); i++) {
      for (String line : blocks.get(i).prints()) {
        assertThat(printed[i + 1]).as(blocks.get(i).commands()).contains(line);
      }
    }
  }

  private static String shell(String script) throws Exception {
    Path file = Files.writeString(work.resolve("script.sh"), script);
    String path =
        Script.ROOT.resolve("cli/target")
            + ":"
            + Cache.root().resolve("tools")
            + ":"
            + Cache.root().resolve("k8s/1.36.2")
            + ":"
            + System.getenv("PATH");
    Script.Ended ended =
        Script.run(
            9,
            "env",
            "PATH=" + path,
            "KUBECONFIG=" + kubeconfig,
            "HELM_CACHE_HOME=" + work,
            "HELM_CONFIG_HOME=" + work,
            "HELM_DATA_HOME=" + work,
            "bash",
            "-euo",
            "pipefail",
            file.toString());
    assertThat(ended.exit()).as(script + "\n" + ended.output()).isZero();
    return ended.output();
  }

  private static String revision() {
    var model = live.model(TEAM, MODEL);
    var status = model.getStatus();
    return status.policy() != null
            && status.pods() != null
            && status.pods().total().equals(status.pods().programmed())
        ? status.policy().revision()
        : "";
  }

  private static Map<String, String> load(String body) {
    Live.Said said =
        live.exec(
            TEAM,
            "may",
            "client",
            "java",
            "-jar",
            "/app/model-stub.jar",
            "load",
            URL + "/v1/chat/completions",
            body,
            "50");
    assertThat(said.exit()).as(said.err()).isZero();
    var counts = new java.util.TreeMap<String, String>();
    said.out().lines().forEach(l -> counts.put(l.substring(0, l.indexOf('=')), l));
    return counts;
  }

  /** Status of HTTP, or 0 when there was no answer. */
  private static int ask(String namespace, String pod, String url, String body) {
    Live.Said said =
        live.exec(
            namespace,
            pod,
            "client",
            "java",
            "-jar",
            "/app/model-stub.jar",
            "post",
            url + "/v1/chat/completions",
            body);
    return said.err()
        .lines()
        .filter(l -> l.startsWith("HTTP "))
        .map(l -> Integer.parseInt(l.substring(5).strip()))
        .findFirst()
        .orElse(0);
  }

  private static boolean running(String namespace, String pod) {
    var found = live.client.pods().inNamespace(namespace).withName(pod).get();
    return found != null && "Running".equals(found.getStatus().getPhase());
  }

  private static void apply(String... yaml) {
    for (String document : yaml) {
      live.client
          .load(new ByteArrayInputStream(document.getBytes(StandardCharsets.UTF_8)))
          .items()
          .forEach(
              o -> live.client.resource(o).fieldManager("test").forceConflicts().serverSideApply());
    }
  }

  private static String namespace(String name) {
    return "apiVersion: v1\nkind: Namespace\nmetadata: {name: %s, labels: {pod-security.kubernetes.io/enforce: restricted}}\n"
        .formatted(name);
  }

  private static String client(String namespace, String name, String role) {
    return """
    apiVersion: v1
    kind: Pod
    metadata: {name: %s, namespace: %s, labels: {role: %s}}
    spec:
      terminationGracePeriodSeconds: 0
      securityContext: {runAsNonRoot: true, runAsUser: 65532, seccompProfile: {type: RuntimeDefault}}
      containers:
      - name: client
        image: newel.dev/model-stub:dev
        imagePullPolicy: Never
        securityContext: {allowPrivilegeEscalation: false, capabilities: {drop: [ALL]}}
    """
        .formatted(name, namespace, role);
  }
}
