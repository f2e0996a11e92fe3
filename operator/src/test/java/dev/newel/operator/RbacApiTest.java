package dev.newel.operator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.crds.BreakGlassRequest;
import dev.newel.crds.ModelDeployment;
import dev.newel.e2e.harness.ApiAudit;
import dev.newel.e2e.harness.Await;
import dev.newel.e2e.harness.Clusters;
import dev.newel.e2e.harness.ControlPlane;
import dev.newel.operator.breakglass.Town;
import dev.newel.operator.breakglass.Town.Way;
import dev.newel.operator.kube.ConditionSet;
import dev.newel.operator.rbac.Permission;
import dev.newel.operator.rbac.Permissions;
import io.fabric8.kubernetes.api.model.ConfigMapBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

@Isolated("changes the role under which the operator runs")
@Tag("api")
class RbacApiTest {
  private static final Duration SOON = Duration.ofSeconds(30);
  private static final PatchContext MERGE =
      new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();

  /** Server-side apply needs these, and is recorded as patch: they have a test of their own. */
  private static final List<String> CREATED_BY_APPLY =
      List.of(
          "networking.k8s.io networkpolicies create",
          " serviceaccounts create",
          " configmaps create",
          " services create",
          "policy poddisruptionbudgets create",
          "apps deployments create");

  /** The same for what gives access. */
  private static final List<String> GIVEN_BY_APPLY =
      List.of("rbac.authorization.k8s.io rolebindings create", "batch jobs create");

  @TempDir Path audit;
  private ControlPlane cluster;
  private KubernetesClient admin;
  private String namespace;

  @BeforeEach
  void start() {
    cluster = Clusters.shared(ControlPlane.NEWEST);
    admin = cluster.client();
    OperatorRole.install(admin);
    namespace = cluster.newNamespace(admin);
  }

  @AfterEach
  void stop() {
    admin.namespaces().withName(namespace).delete();
    admin.close();
  }

  @Test
  void theRolesGiveWhatTheOperatorAsksForAndNothingElse() {
    // Given
    admin
        .secrets()
        .inNamespace(ControlPlane.OPERATOR_NAMESPACE)
        .withName("newel-bundle-key")
        .delete();
    admin.leases().inNamespace(ControlPlane.OPERATOR_NAMESPACE).delete();
    var log = new ApiAudit(cluster.auditLog());
    int before = log.requestsOf(ControlPlane.OPERATOR_USER).size();
    // When
    try (var _ = operator("rbac")) {
      liveThroughEverything();
    }
    // Then
    List<ApiAudit.Request> requests =
        log.requestsOf(ControlPlane.OPERATOR_USER).stream()
            .skip(before)
            .filter(r -> !isLeftover(r))
            .toList();
    assertThat(requests.stream().filter(r -> r.code() == 403)).isEmpty();
    assertThat(
            requests.stream()
                .map(RbacApiTest::line)
                .filter(l -> !l.contains(" selfsubject")) // everybody may ask for that
                .distinct()
                .sorted()
                .toList())
        .isEqualTo(
            Permissions.all().stream()
                .flatMap(RbacApiTest::lines)
                .filter(l -> !l.equals("coordination.k8s.io leases update")) // see its reason
                .filter(l -> !CREATED_BY_APPLY.contains(l) && !GIVEN_BY_APPLY.contains(l))
                .distinct()
                .sorted()
                .toList());
  }

  @Test
  void withoutCreateNoChildCanBeApplied() {
    try (var _ = operator("create")) {
      policy("mail", "[{name: m, sensitive: {entities: [EMAIL]}, input: Mask}]");
      for (String permission : CREATED_BY_APPLY) {
        // Given
        String resource = permission.split(" ", -1)[1];
        OperatorRole.apply(admin, without(resource, "create"));
        // When
        admin.resource(Yaml.model(namespace, "llm")).create();
        // Then
        assertThat(forbidden()).contains("cannot create resource \"" + resource + "\"");
        admin.resources(ModelDeployment.class).inNamespace(namespace).withName("llm").delete();
        Await.until("its children to go", SOON, this::children, n -> n == 0);
      }
    } finally {
      OperatorRole.install(admin);
    }
  }

  private long children() {
    return admin.network().networkPolicies().inNamespace(namespace).list().getItems().size()
        + admin.services().inNamespace(namespace).list().getItems().size()
        + admin.policy().v1().podDisruptionBudget().inNamespace(namespace).list().getItems().size()
        + parts()
        + admin
            .serviceAccounts()
            .inNamespace(namespace)
            .withLabel("newel.dev/model")
            .list()
            .getItems()
            .size();
  }

  private String forbidden() {
    ModelDeployment model = await("WorkloadAvailable", "False", "Forbidden");
    return ConditionSet.find(model.getStatus().conditions(), "WorkloadAvailable")
        .orElseThrow()
        .getMessage();
  }

  private static ClusterRole without(String resource, String verb) {
    ClusterRole role = OperatorRole.clusterRole();
    role.getRules().stream()
        .filter(r -> r.getResources().contains(resource))
        .forEach(r -> r.getVerbs().remove(verb));
    return role;
  }

  @Test
  void aPermissionThatIsTakenAwayIsNamedAndItsReturnIsNoticedWithoutARestart() {
    try (var _ = operator("taken")) {
      // Given
      policy("mail", "[{name: m, sensitive: {entities: [EMAIL]}, input: Mask}]");
      OperatorRole.apply(admin, without("services", "patch"));
      // When
      admin.resource(Yaml.model(namespace, "llm")).create();
      // Then
      assertThat(forbidden()).contains("cannot patch resource \"services\"");
      OperatorRole.apply(admin, OperatorRole.clusterRole());
      await("Programmed", "True", "Programmed");
    }
  }

  private RunningOperator operator(String name) {
    return new RunningOperator(cluster, audit, name);
  }

  /** A life in which everything happens for which the operator needs a permission. */
  private void liveThroughEverything() {
    policy("mail", "[{name: m, sensitive: {entities: [EMAIL]}, input: Mask}]");
    String label = "rbac-" + namespace;
    admin
        .namespaces()
        .withName(namespace)
        .patch(MERGE, "{\"metadata\":{\"labels\":{\"test\":\"" + label + "\"}}}");
    var baseline =
        Yaml.clusterPolicy(label, label, "[{name: w, words: {values: [aurora]}, input: Block}]");
    admin.resource(baseline).create();
    admin.resource(Yaml.model(namespace, "llm")).create();
    await("Programmed", "True", "Programmed");
    // A NetworkPolicy that somebody opened is replaced.
    admin
        .network()
        .networkPolicies()
        .inNamespace(namespace)
        .withName("llm")
        .patch(MERGE, "{\"spec\":{\"podSelector\":{\"matchLabels\":{\"never\":\"matches\"}}}}");
    // A bundle that needs two ConfigMaps, and then one.
    words("a", 1);
    words("b", 2);
    policy("long-a", "[{name: a, words: {from: {configMap: a, key: w}}, input: Block}]");
    policy("long-b", "[{name: b, words: {from: {configMap: b, key: w}}, input: Block}]");
    Await.until("a second part", SOON, () -> parts(), n -> n == 2);
    admin
        .configMaps()
        .inNamespace(namespace)
        .withName("llm-bundle")
        .patch(MERGE, "{\"binaryData\":{\"bundle.007\":\"AAAA\"}}");
    for (String name : List.of("long-a", "long-b")) {
      admin.resource(Yaml.policy(namespace, name, "[]")).delete();
    }
    Await.until("one part", SOON, () -> parts(), n -> n == 1);
    // A model of one pod needs no disruption budget.
    admin
        .resources(ModelDeployment.class)
        .inNamespace(namespace)
        .withName("llm")
        .patch(MERGE, "{\"spec\":{\"serving\":{\"container\":{\"replicas\":1}}}}");
    Await.until(
        "the budget to go",
        SOON,
        () -> admin.policy().v1().podDisruptionBudget().inNamespace(namespace).list().getItems(),
        List::isEmpty);
    await("Programmed", "True", "Programmed");
    admin.resource(baseline).delete();
    accessIsGivenAndTakenAway(label);
  }

  private void accessIsGivenAndTakenAway(String label) {
    Town.install(admin);
    var policy =
        Yaml.object(
            """
            apiVersion: newel.dev/v1alpha1
            kind: BreakGlassPolicy
            metadata: {name: %1$s}
            spec:
              namespaces: {matchLabels: {test: %1$s}}
              roles: [{name: system:basic-user}]
              emergency: {maxDuration: 10m, role: "system:basic-user"}
            """
                .formatted(label));
    var bind =
        Yaml.object(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: %1$s}
            rules:
            - {apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], resourceNames: ["system:basic-user"], verbs: [bind]}
            """
                .formatted(label));
    var binding =
        Yaml.object(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: %1$s}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: %1$s}
            subjects: [{kind: User, name: "%2$s", apiGroup: rbac.authorization.k8s.io}]
            """
                .formatted(label, ControlPlane.OPERATOR_USER));
    List.of(bind, binding, policy).forEach(o -> OperatorRole.apply(admin, o));
    try (var alice = Town.requester(cluster, "alice");
        var bob = Town.approver(cluster, "bob")) {
      var request = Town.request(namespace, "fix", label, "alice", "system:basic-user", "10m");
      alice.resource(request).create();
      var pending = access("Pending");
      Way.MERGE_PATCH.annotate(
          bob, pending, "newel.dev/approve", "bob " + pending.getStatus().digest());
      var active = access("Active");
      Way.MERGE_PATCH.annotate(
          bob, active, "newel.dev/revoke", "bob " + active.getStatus().digest());
      access("Revoked");
    }
    List.of(policy, binding, bind).forEach(o -> admin.resource(o).delete());
  }

  private BreakGlassRequest access(String phase) {
    return Await.until(
        "access to be " + phase,
        SOON,
        () -> admin.resources(BreakGlassRequest.class).inNamespace(namespace).withName("fix").get(),
        r ->
            r.getStatus() != null
                && r.getStatus().phase() != null
                && r.getStatus().phase().text().equals(phase));
  }

  private void policy(String name, String rules) {
    admin.resource(Yaml.policy(namespace, name, rules)).create();
  }

  /** 700 KiB of words that do not compress. */
  private void words(String name, int seed) {
    var random = new SplittableRandom(seed);
    String words =
        Stream.generate(() -> Long.toString(random.nextLong() >>> 1, 36))
            .limit(54_000)
            .collect(Collectors.joining("\n"));
    admin
        .resource(
            new ConfigMapBuilder()
                .withNewMetadata()
                .withName(name)
                .withNamespace(namespace)
                .endMetadata()
                .withData(Map.of("w", words))
                .build())
        .create();
  }

  private long parts() {
    return admin
        .configMaps()
        .inNamespace(namespace)
        .withLabel("newel.dev/model", "llm")
        .list()
        .getItems()
        .size();
  }

  private ModelDeployment await(String type, String status, String reason) {
    return Await.until(
        type + "=" + status + " " + reason,
        SOON,
        () -> admin.resources(ModelDeployment.class).inNamespace(namespace).withName("llm").get(),
        m ->
            m.getStatus() != null
                && m.getMetadata().getGeneration().equals(m.getStatus().observedGeneration())
                && ConditionSet.find(m.getStatus().conditions(), type)
                    .filter(c -> c.getStatus().equals(status) && c.getReason().equals(reason))
                    .isPresent());
  }

  /** Namespaces of other tests are still being emptied. */
  private boolean isLeftover(ApiAudit.Request r) {
    return r.namespace().startsWith("t-") && !r.namespace().equals(namespace);
  }

  private static String line(ApiAudit.Request r) {
    String resource =
        r.subresource().isEmpty() ? r.resource() : r.resource() + "/" + r.subresource();
    return r.group() + " " + resource + " " + r.verb();
  }

  private static Stream<String> lines(Permission p) {
    return p.verbs().stream().map(v -> p.group() + " " + p.resource() + " " + v);
  }
}
