package dev.newel.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.audit.Trail;
import dev.newel.crds.GuardrailPolicy;
import dev.newel.crds.ModelDeployment;
import dev.newel.e2e.harness.Await;
import dev.newel.e2e.harness.Clusters;
import dev.newel.e2e.harness.ControlPlane;
import dev.newel.e2e.harness.LogOracle;
import dev.newel.e2e.harness.Oracles;
import dev.newel.operator.kube.ConditionSet;
import dev.newel.operator.kube.Labels;
import dev.newel.policy.bundle.Bundle;
import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.ServiceBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

@Execution(ExecutionMode.CONCURRENT)
@Tag("api")
class ModelApiTest {
  private static final Duration SOON = Duration.ofSeconds(60);

  /**
   * Repair takes a fraction of a second (the demo prints it); a test on a busy machine asserts no
   * time.
   */
  private static final Duration REPAIR = Duration.ofSeconds(30);

  private static final PatchContext MERGE =
      new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();
  private static final String MASK_EMAIL =
      "[{name: mail, sensitive: {entities: [EMAIL]}, input: Mask, output: Mask}]";

  @TempDir static Path audit;
  private static ControlPlane cluster;
  private static LogOracle log;
  private static RunningOperator operator;
  private KubernetesClient client;
  private String namespace;
  private Oracles oracles;

  @BeforeAll
  static void startOperator() {
    cluster = Clusters.shared(ControlPlane.NEWEST);
    log = new LogOracle();
    operator = new RunningOperator(cluster, audit);
  }

  @BeforeEach
  void start() {
    client = cluster.client();
    namespace = cluster.newNamespace(client);
    oracles = new Oracles(cluster, namespace);
  }

  @AfterEach
  void stop() {
    oracles.judge(operator.intents());
    oracles.close();
    client.close();
  }

  @AfterAll
  static void stopOperator() {
    operator.close();
    log.close();
    assertThat(log.errors()).as("O4, errors in the log").isEmpty();
    assertThat(Trail.verify(Trail.lines(audit), true)).as("the trail").isEmpty();
  }

  @Test
  void aModelBecomesItsChildrenAndSaysWhenItsPodsEnforceThePolicy() {
    // Given
    client.resource(Yaml.policy(namespace, "mail", MASK_EMAIL)).create();
    // When
    client.resource(Yaml.model(namespace, "llm")).create();
    // Then
    ModelDeployment model = await("llm", "Programmed", "True");
    assertThat(model.getStatus().endpoint()).isEqualTo("http://llm." + namespace + ".svc:8080");
    assertThat(model.getStatus().policy().sources()).isEqualTo(1);
    model =
        Await.until(
            "both pods", SOON, () -> get("llm"), m -> m.getStatus().pods().summary().equals("2/2"));
    assertThat(operator.bundle(client, namespace, "llm").orElseThrow().revision())
        .isEqualTo(model.getStatus().policy().revision());
    assertThat(client.network().networkPolicies().inNamespace(namespace).withName("llm").get())
        .isNotNull();
    assertThat(
            client.policy().v1().podDisruptionBudget().inNamespace(namespace).withName("llm").get())
        .isNotNull();
    assertThat(
            client
                .services()
                .inNamespace(namespace)
                .withName("llm")
                .get()
                .getSpec()
                .getPorts()
                .getFirst()
                .getTargetPort()
                .getStrVal())
        .isEqualTo("newel-proxy");
    var pod =
        client
            .apps()
            .deployments()
            .inNamespace(namespace)
            .withName("llm")
            .get()
            .getSpec()
            .getTemplate();
    assertThat(pod.getMetadata().getLabels())
        .containsEntry("team", "a")
        .containsEntry(Labels.MODEL, "llm");
    assertThat(pod.getSpec().getInitContainers().getFirst().getName()).isEqualTo("newel-filter");
    assertThat(pod.getSpec().getInitContainers().getFirst().getRestartPolicy()).isEqualTo("Always");
    assertThat(pod.getSpec().getContainers().getFirst().getImage()).isEqualTo("example.com/vllm:1");
    Await.until(
        "the policy to count the model",
        SOON,
        () ->
            client
                .resources(GuardrailPolicy.class)
                .inNamespace(namespace)
                .withName("mail")
                .get()
                .getStatus(),
        s -> s.models() != null && s.models().programmed() == 1 && ready(s.conditions()));
  }

  @Test
  void everyChangeIsIntendedBeforeItIsMade() {
    client.resource(Yaml.policy(namespace, "mail", MASK_EMAIL)).create();
    client.resource(Yaml.model(namespace, "llm")).create();
    await("llm", "Programmed", "True");
    assertThat(
            operator.trail().stream()
                .filter(e -> e.text("phase").equals("intent"))
                .map(e -> e.text("subject")))
        .contains(
            "networking.k8s.io/v1/NetworkPolicy/" + namespace + "/llm",
            "apps/v1/Deployment/" + namespace + "/llm");
  }

  @Test
  void withoutAPolicyItSaysSoAndWithOneItRecovers() {
    client.resource(Yaml.model(namespace, "llm")).create();
    ModelDeployment model = await("llm", "PolicyResolved", "False");
    assertThat(condition(model, "Ready").getReason()).isEqualTo("NoPolicy");
    assertThat(condition(model, "Stalled").getReason()).isEqualTo("NoPolicy");
    assertThat(operator.bundle(client, namespace, "llm")).isEmpty();

    client.resource(Yaml.policy(namespace, "mail", MASK_EMAIL)).create();
    model = await("llm", "Programmed", "True");
    assertThat(ConditionSet.find(model.getStatus().conditions(), "Stalled")).isEmpty();
  }

  @Test
  void whenTheLastPolicyGoesTheFiltersAreToldToRefuseEverything() {
    // Given
    client.resource(Yaml.policy(namespace, "mail", MASK_EMAIL)).create();
    client.resource(Yaml.model(namespace, "llm")).create();
    long before = await("llm", "Programmed", "True").getStatus().policy().sequence();
    // When
    client.resources(GuardrailPolicy.class).inNamespace(namespace).withName("mail").delete();
    // Then
    ModelDeployment model = await("llm", "PolicyResolved", "False");
    assertThat(condition(model, "Ready").getReason()).isEqualTo("NoPolicy");
    Bundle bundle = operator.bundle(client, namespace, "llm").orElseThrow();
    assertThat(bundle.policy()).isEmpty();
    assertThat(bundle.sequence()).isEqualTo(before + 1);
  }

  @Test
  void aPolicyChangeReachesTheModelsItSelectsAndNoOther() {
    // Given
    client.resource(Yaml.policy(namespace, "all", MASK_EMAIL)).create();
    var some =
        Yaml.policy(namespace, "some", "[{name: w, words: {values: [aurora]}, input: Block}]");
    some =
        io.fabric8.kubernetes.client.utils.Serialization.unmarshal(
            io.fabric8.kubernetes.client.utils.Serialization.asJson(some)
                .replace("\"rules\":", "\"targets\":{\"names\":[\"one\"]},\"rules\":"),
            GuardrailPolicy.class);
    client.resource(some).create();
    client.resource(Yaml.model(namespace, "one")).create();
    client.resource(Yaml.model(namespace, "two")).create();
    ModelDeployment one = await("one", "Programmed", "True");
    await("two", "Programmed", "True");
    oracles.judge(operator.intents());
    String before = get("two").getMetadata().getResourceVersion();
    // When
    client
        .resources(GuardrailPolicy.class)
        .inNamespace(namespace)
        .withName("some")
        .patch(MERGE, "{\"spec\":{\"mode\":\"Detect\"}}");
    // Then
    long sequence = one.getStatus().policy().sequence();
    Await.until(
        "one to follow",
        SOON,
        () -> get("one").getStatus(),
        s -> s.policy().sequence() == sequence + 1 && s.pods().programmed() == 2);
    assertThat(operator.bundle(client, namespace, "two").orElseThrow().sequence()).isEqualTo(1);
    assertThat(get("two").getMetadata().getResourceVersion()).isEqualTo(before);
  }

  @Test
  void aBrokenPolicyLeavesItsLastGoodVersionInForceAndSaysSo() {
    // Given
    client
        .resource(
            Yaml.policy(
                namespace, "p", "[{name: n, pattern: {expressions: ['[0-9]{6}']}, input: Mask}]"))
        .create();
    client.resource(Yaml.model(namespace, "llm")).create();
    String good = await("llm", "Programmed", "True").getStatus().policy().revision();
    // When
    client
        .resources(GuardrailPolicy.class)
        .inNamespace(namespace)
        .withName("p")
        .patch(
            MERGE,
            "{\"spec\":{\"rules\":[{\"name\":\"n\",\"pattern\":{\"expressions\":[\"([0-9]\"]},\"input\":\"Mask\"}]}}");
    // Then
    ModelDeployment model = await("llm", "PolicyResolved", "False");
    assertThat(condition(model, "PolicyResolved").getReason()).isEqualTo("Stale");
    assertThat(model.getStatus().policy().revision()).isEqualTo(good);
    var policy =
        Await.until(
            "the policy to say why",
            SOON,
            () ->
                client.resources(GuardrailPolicy.class).inNamespace(namespace).withName("p").get(),
            p -> ConditionSet.find(p.getStatus().conditions(), "Stalled").isPresent());
    assertThat(
            ConditionSet.find(policy.getStatus().conditions(), "Accepted")
                .orElseThrow()
                .getReason())
        .isEqualTo("InvalidPattern");
    assertThat(
            ConditionSet.find(policy.getStatus().conditions(), "Accepted")
                .orElseThrow()
                .getMessage())
        .contains("rule n, pattern.expressions[0]", "missing closing )");
  }

  @Test
  void wordListsAreFollowed() {
    client
        .resource(
            Yaml.policy(
                namespace,
                "w",
                "[{name: f, words: {from: {configMap: banned, key: words.txt}}, input: Block}]"))
        .create();
    client.resource(Yaml.model(namespace, "llm")).create();
    ModelDeployment model = await("llm", "PolicyResolved", "False");
    assertThat(condition(model, "PolicyResolved").getReason()).isEqualTo("NoPolicy");

    client
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName("banned")
                .withNamespace(namespace)
                .endMetadata()
                .addToData("words.txt", "# list\nproject-aurora\n\n")
                .build())
        .create();
    String first = await("llm", "Programmed", "True").getStatus().policy().revision();

    client
        .configMaps()
        .inNamespace(namespace)
        .withName("banned")
        .patch(MERGE, "{\"data\":{\"words.txt\":\"other\"}}");
    Await.until(
        "the new list",
        SOON,
        () -> get("llm").getStatus().policy().revision(),
        r -> !r.equals(first));
  }

  @Test
  void deletedChildrenComeBackAndChangedFieldsAreRepaired() {
    client.resource(Yaml.policy(namespace, "mail", MASK_EMAIL)).create();
    client.resource(Yaml.model(namespace, "llm")).create();
    await("llm", "Programmed", "True");

    Map<String, String> changes =
        Map.of(
            "networkpolicies", "{\"spec\":{\"ingress\":[{}]}}",
            "services", "{\"spec\":{\"selector\":{\"newel.dev/model\":\"other\"}}}",
            "deployments", "{\"spec\":{\"replicas\":7}}",
            "poddisruptionbudgets", "{\"spec\":{\"maxUnavailable\":2}}",
            "configmaps", "{\"binaryData\":{\"bundle.000\":\"AAAA\"}}",
            "serviceaccounts", "{\"automountServiceAccountToken\":true}");
    changes.forEach((kind, patch) -> {
      HasMetadata before = child(kind);
      client.resource(before).patch(MERGE, patch);
      Object wanted = body(before);
      Await.until(
          kind + " to be repaired", REPAIR.plusSeconds(1), () -> body(child(kind)), wanted::equals);
      client.resource(child(kind)).delete();
      Await.until(
          kind + " to come back",
          REPAIR.plusSeconds(1),
          () -> child(kind) == null ? null : body(child(kind)),
          wanted::equals);
    });
  }

  @Test
  void whatOthersAddStaysExceptWhereItWouldOpenSomething() {
    client.resource(Yaml.policy(namespace, "mail", MASK_EMAIL)).create();
    client.resource(Yaml.model(namespace, "llm")).create();
    await("llm", "Programmed", "True");
    client
        .services()
        .inNamespace(namespace)
        .withName("llm")
        .patch(
            MERGE, "{\"metadata\":{\"annotations\":{\"team\":\"x\"},\"labels\":{\"cost\":\"y\"}}}");
    client
        .network()
        .networkPolicies()
        .inNamespace(namespace)
        .withName("llm")
        .patch(MERGE, "{\"spec\":{\"podSelector\":{\"matchLabels\":{\"never\":\"matches\"}}}}");
    Await.until(
        "the selector to be whole again",
        REPAIR.plusSeconds(1),
        () ->
            client
                .network()
                .networkPolicies()
                .inNamespace(namespace)
                .withName("llm")
                .get()
                .getSpec()
                .getPodSelector()
                .getMatchLabels(),
        l -> !l.containsKey("never"));
    var service = client.services().inNamespace(namespace).withName("llm").get();
    assertThat(service.getMetadata().getAnnotations()).containsEntry("team", "x");
    assertThat(service.getMetadata().getLabels()).containsEntry("cost", "y");
  }

  @Test
  void anObjectOfSomebodyElseIsNeverTakenOver() {
    client
        .resource(
            new ServiceBuilder()
                .withNewMetadata()
                .withName("llm")
                .withNamespace(namespace)
                .endMetadata()
                .withNewSpec()
                .addNewPort()
                .withPort(1)
                .endPort()
                .endSpec()
                .build())
        .create();
    client.resource(Yaml.policy(namespace, "mail", MASK_EMAIL)).create();
    client.resource(Yaml.model(namespace, "llm")).create();
    ModelDeployment model = await("llm", "WorkloadAvailable", "False");
    Await.until(
        "the collision to be said",
        SOON,
        () -> condition(get("llm"), "WorkloadAvailable").getReason(),
        "NameCollision"::equals);
    assertThat(
            client
                .services()
                .inNamespace(namespace)
                .withName("llm")
                .get()
                .getSpec()
                .getPorts()
                .getFirst()
                .getPort())
        .isEqualTo(1);
    assertThat(model.getMetadata().getName()).isEqualTo("llm");
  }

  @Test
  void aTemplateTheServerRefusesChangesNothingAndIsQuoted() {
    client.resource(Yaml.policy(namespace, "mail", MASK_EMAIL)).create();
    var model = Yaml.model(namespace, "llm");
    @SuppressWarnings("unchecked")
    var spec = (Map<String, Object>) model.getSpec().serving().container().template().get("spec");
    spec.put("containers", List.of(Map.of("name", "Not A Name", "image", "x")));
    client.resource(model).create();
    Await.until(
        "the refusal",
        SOON,
        () -> get("llm"),
        m ->
            m.getStatus() != null
                && m.getStatus().conditions() != null
                && condition(m, "WorkloadAvailable").getReason().equals("TemplateRejected"));
    assertThat(condition(get("llm"), "WorkloadAvailable").getMessage()).contains("Not A Name");
    assertThat(client.services().inNamespace(namespace).withName("llm").get()).isNull();
  }

  @Test
  void atRestNoFilterIsAsked() {
    // Given
    client.resource(Yaml.policy(namespace, "mail", MASK_EMAIL)).create();
    client.resource(Yaml.model(namespace, "llm")).create();
    await("llm", "Programmed", "True");
    oracles.judge(operator.intents());
    long asked = operator.asked(namespace);
    // When
    oracles.judge(operator.intents()); // waits another quiet while
    // Then
    assertThat(operator.asked(namespace)).isEqualTo(asked).isPositive();
  }

  private HasMetadata child(String kind) {
    Map<String, Function<String, HasMetadata>> get =
        Map.of(
            "networkpolicies",
                n -> client.network().networkPolicies().inNamespace(namespace).withName(n).get(),
            "services", n -> client.services().inNamespace(namespace).withName(n).get(),
            "deployments",
                n -> client.apps().deployments().inNamespace(namespace).withName(n).get(),
            "poddisruptionbudgets",
                n ->
                    client
                        .policy()
                        .v1()
                        .podDisruptionBudget()
                        .inNamespace(namespace)
                        .withName(n)
                        .get(),
            "configmaps",
                n -> client.configMaps().inNamespace(namespace).withName(n + "-bundle").get(),
            "serviceaccounts",
                n -> client.serviceAccounts().inNamespace(namespace).withName(n).get());
    return get.get(kind).apply("llm");
  }

  private static Object body(HasMetadata object) {
    var tree =
        io.fabric8.kubernetes.client.utils.Serialization.unmarshal(
            io.fabric8.kubernetes.client.utils.Serialization.asJson(object), Map.class);
    tree.remove("status");
    var metadata = (Map<?, ?>) tree.remove("metadata");
    if (tree.get("spec") instanceof Map<?, ?> spec) {
      spec.remove("clusterIP");
      spec.remove("clusterIPs");
    }
    return List.of(tree, metadata.get("labels"), metadata.get("ownerReferences"));
  }

  private ModelDeployment get(String name) {
    return client.resources(ModelDeployment.class).inNamespace(namespace).withName(name).get();
  }

  private ModelDeployment await(String name, String type, String status) {
    return Await.until(
        name + " " + type + "=" + status,
        SOON,
        () -> get(name),
        m ->
            m.getStatus() != null
                && m.getStatus().conditions() != null
                && m.getMetadata().getGeneration().equals(m.getStatus().observedGeneration())
                && ConditionSet.find(m.getStatus().conditions(), type)
                    .filter(c -> c.getStatus().equals(status))
                    .isPresent());
  }

  private static Condition condition(ModelDeployment model, String type) {
    return ConditionSet.find(model.getStatus().conditions(), type).orElseThrow();
  }

  private static boolean ready(List<Condition> conditions) {
    return ConditionSet.find(conditions, "Ready")
        .filter(c -> c.getStatus().equals("True"))
        .isPresent();
  }
}
