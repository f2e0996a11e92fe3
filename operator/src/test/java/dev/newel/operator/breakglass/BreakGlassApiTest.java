package dev.newel.operator.breakglass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.audit.Trail;
import dev.newel.crds.BreakGlassPolicy;
import dev.newel.crds.BreakGlassRequest;
import dev.newel.crds.BreakGlassRequestStatus.Phase;
import dev.newel.e2e.harness.Await;
import dev.newel.e2e.harness.Clusters;
import dev.newel.e2e.harness.ControlPlane;
import dev.newel.operator.OperatorRole;
import dev.newel.operator.breakglass.Town.Said;
import dev.newel.operator.breakglass.Town.Way;
import dev.newel.operator.kube.ConditionSet;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Requests on a real API server with Kubernetes' own controllers, approved by people. */
@Isolated("admission policies and operators come and go here")
@Tag("api")
class BreakGlassApiTest {
  @TempDir Path audit;
  private ControlPlane cluster;
  private KubernetesClient admin;
  private String namespace;

  @BeforeEach
  void start() {
    cluster = Clusters.shared(ControlPlane.NEWEST);
    admin = cluster.client();
    OperatorRole.install(admin);
    Town.install(admin);
    apply(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: town-db-repair}
        rules:
        - {apiGroups: [""], resources: [configmaps], verbs: [get, list, delete]}
        """,
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: town-binder}
        rules:
        - {apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], resourceNames: [town-db-repair, town-secret-reader], verbs: [bind]}
        """,
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRoleBinding
        metadata: {name: town-binder}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: town-binder}
        subjects: [{kind: User, name: "%s", apiGroup: rbac.authorization.k8s.io}]
        """
            .formatted(ControlPlane.OPERATOR_USER));
    namespace = cluster.newNamespace(admin);
    Town.send(
        admin,
        "PATCH",
        "/api/v1/namespaces/" + namespace,
        "application/merge-patch+json",
        "{\"metadata\":{\"labels\":{\"town\":\"" + namespace + "\"}}}");
    policy("[{name: town-db-repair}]", "2", "");
  }

  @AfterEach
  void stop() {
    admin.resources(BreakGlassPolicy.class).withName(namespace).delete();
    admin.namespaces().withName(namespace).delete();
    admin.close();
  }

  /** One policy for each test, named as its namespace. */
  private void policy(String roles, String required, String more) {
    apply(
        """
        apiVersion: newel.dev/v1alpha1
        kind: BreakGlassPolicy
        metadata: {name: %1$s}
        spec:
          namespaces: {matchLabels: {town: %1$s}}
          roles: %2$s
          approvals: {required: %3$s, within: 10m}
          emergency: {maxDuration: 10m, role: town-db-repair}
          %4$s
        """
            .formatted(namespace, roles, required, more));
  }

  private void apply(String... documents) {
    for (String d : documents) {
      admin
          .resource(Serialization.unmarshal(d, GenericKubernetesResource.class))
          .fieldManager("test")
          .forceConflicts()
          .serverSideApply();
    }
  }

  private BreakGlassRequest ask(String name, String requester, String duration) {
    try (var somebody = Town.requester(cluster, requester)) {
      return somebody
          .resource(Town.request(namespace, name, namespace, requester, "town-db-repair", duration))
          .create();
    }
  }

  private BreakGlassRequest read(String name) {
    return admin.resources(BreakGlassRequest.class).inNamespace(namespace).withName(name).get();
  }

  private BreakGlassRequest await(String name, Phase phase) {
    return Await.until(
        name + " to be " + phase,
        Town.SOON,
        () -> read(name),
        r -> r != null && r.getStatus() != null && r.getStatus().phase() == phase);
  }

  private Said decide(String user, String group, String name, String word) {
    BreakGlassRequest request = read(name);
    try (var somebody = cluster.as(user, group)) {
      return Way.MERGE_PATCH.annotate(
          somebody, request, "newel.dev/" + word, user + " " + request.getStatus().digest());
    }
  }

  /** Decides, and waits until the operator has taken it. */
  private void decided(String user, String name, String word) {
    Said said =
        decide(user, user.equals("alice") ? "town-requesters" : "town-approvers", name, word);
    assertThat(said.accepted()).as(said.body()).isTrue();
    Await.until(
        word + " to be recorded",
        Town.SOON,
        () -> read(name).getMetadata().getAnnotations(),
        a -> a == null || !a.containsKey("newel.dev/" + word));
  }

  private BreakGlassRequest activated(String name, String duration) {
    ask(name, "alice", duration);
    await(name, Phase.PENDING);
    decided("bob", name, "approve");
    decided("carol", name, "approve");
    return await(name, Phase.ACTIVE);
  }

  private List<RoleBinding> bindings() {
    return admin
        .rbac()
        .roleBindings()
        .inNamespace(namespace)
        .withLabel(GrantObjects.LABEL)
        .list()
        .getItems();
  }

  private boolean mayDelete(String user) {
    try (var somebody = cluster.as(user)) {
      return Town.send(
              somebody,
              "GET",
              "/api/v1/namespaces/" + namespace + "/configmaps",
              "application/json",
              "")
          .accepted();
    }
  }

  private String reason(BreakGlassRequest r, String type) {
    return ConditionSet.find(r.getStatus().conditions(), type).map(c -> c.getReason()).orElse("");
  }

  @Test
  void whatTwoOthersAgreedToIsGivenForItsTimeAndThenReviewed() {
    try (var operator = new RunningBreakGlass(cluster, audit)) {
      // Given
      ask("fix-db", "alice", "6s");
      BreakGlassRequest pending = await("fix-db", Phase.PENDING);
      var status = pending.getStatus();
      assertThat(status.summary())
          .isEqualTo("alice gets ClusterRole/town-db-repair in " + namespace + " for 6s");
      assertThat(status.rules()).containsExactly("get,list,delete configmaps");
      assertThat(status.newForUser()).contains("delete configmaps");
      assertThat(status.quorum()).isEqualTo("0/2");
      assertThat(status.approveWith())
          .startsWith(
              "kubectl -n " + namespace + " annotate bgr fix-db newel.dev/approve=\"$(kubectl")
          .endsWith(status.digest() + "\"");
      assertThat(mayDelete("alice")).isFalse();
      // When
      assertThat(decide("alice", "town-approvers", "fix-db", "approve").body())
          .contains("you cannot decide on your own request");
      decided("bob", "fix-db", "approve");
      assertThat(read("fix-db").getStatus().quorum()).isEqualTo("1/2");
      assertThat(bindings()).isEmpty();
      decided("carol", "fix-db", "approve");
      // Then
      BreakGlassRequest active = await("fix-db", Phase.ACTIVE);
      assertThat(mayDelete("alice")).isTrue();
      assertThat(mayDelete("bob")).isFalse();
      assertThat(bindings()).hasSize(1);
      assertThat(bindings().getFirst().getMetadata().getOwnerReferences())
          .singleElement()
          .satisfies(o -> assertThat(o.getKind()).isEqualTo("Job"));
      BreakGlassRequest ended = await("fix-db", Phase.REVIEW_PENDING);
      assertThat(bindings()).isEmpty();
      assertThat(mayDelete("alice")).isFalse();
      assertThat(Instant.parse(ended.getStatus().ended().at()))
          .isBetween(
              Instant.parse(active.getStatus().expiresAt()),
              Instant.parse(active.getStatus().expiresAt()).plusSeconds(3));
      assertThat(ended.getStatus().residual()).anyMatch(l -> l.contains("not looked at"));
      assertThat(decide("alice", "town-approvers", "fix-db", "review").accepted()).isFalse();
      decided("erin", "fix-db", "review");
      BreakGlassRequest closed = await("fix-db", Phase.CLOSED);
      assertThat(reason(closed, "Ready")).isEqualTo("Closed");
      assertThat(operator.events(pending.reference()))
          .containsExactly(
              "grant.requested",
              "grant.approved",
              "grant.approved",
              "grant.intended",
              "grant.activated",
              "grant.expired",
              "grant.reviewed");
    }
    assertThat(Trail.verify(Trail.lines(audit), true)).isEmpty();
  }

  @Test
  void withTheOperatorDeadKubernetesEndsIt() {
    BreakGlassRequest active;
    try (var _ = new RunningBreakGlass(cluster, audit)) {
      active = activated("fix-db", "8s");
    }
    // When nobody is there
    Instant end = Instant.parse(active.getStatus().expiresAt());
    Await.until("the binding to go", Town.SOON, this::bindings, List::isEmpty);
    // Then
    assertThat(new ServerTime(admin).now()).isBetween(end.minusSeconds(1), end.plusSeconds(5));
    assertThat(mayDelete("alice")).isFalse();
    try (var operator = new RunningBreakGlass(cluster, audit)) {
      await("fix-db", Phase.REVIEW_PENDING);
      assertThat(bindings()).isEmpty();
      assertThat(operator.events(active.reference())).endsWith("grant.activated", "grant.expired");
    }
  }

  @Test
  void whatWasApprovedWhileTheOperatorWasDeadForTooLongIsNeverGiven() {
    try (var _ = new RunningBreakGlass(cluster, audit)) {
      BreakGlassRequest r =
          Town.request(namespace, "later", namespace, "alice", "town-db-repair", "1s");
      String soon = new ServerTime(admin).now().plusSeconds(4).toString();
      try (var alice = Town.requester(cluster, "alice")) {
        r =
            Serialization.unmarshal(
                Serialization.asJson(r)
                    .replace("\"duration\"", "\"notBefore\":\"" + soon + "\",\"duration\""),
                BreakGlassRequest.class);
        alice.resource(r).create();
      }
      await("later", Phase.PENDING);
      decided("bob", "later", "approve");
      decided("carol", "later", "approve");
      assertThat(await("later", Phase.APPROVED).getStatus().expiresAt())
          .isEqualTo(Instant.parse(soon).plusSeconds(1).toString());
    }
    Await.until(
        "its time to pass",
        Town.SOON,
        () -> new ServerTime(admin).now(),
        t -> t.isAfter(Instant.parse(read("later").getStatus().expiresAt())));
    try (var _ = new RunningBreakGlass(cluster, audit)) {
      await("later", Phase.TIMED_OUT);
      assertThat(bindings()).isEmpty();
    }
  }

  @Test
  void aDenialIsForGoodAndOnePersonCountsOnce() {
    try (var operator = new RunningBreakGlass(cluster, audit)) {
      ask("once", "alice", "10m");
      await("once", Phase.PENDING);
      decided("bob", "once", "approve");
      decided("oidc:Bob@example.com", "once", "approve");
      assertThat(read("once").getStatus().quorum()).isEqualTo("1/2");
      decided("carol", "once", "deny");
      BreakGlassRequest denied = await("once", Phase.DENIED);
      assertThat(decide("dave", "town-approvers", "once", "approve").body())
          .contains("the request is Denied");
      assertThat(bindings()).isEmpty();
      assertThat(operator.events(denied.reference()))
          .containsExactly("grant.requested", "grant.approved", "grant.refused", "grant.denied");
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"revoke", "withdraw", "policy", "role", "tamper", "binding", "job"})
  void anActiveGrantEndsAtOnceBy(String how) {
    try (var _ = new RunningBreakGlass(cluster, audit)) {
      BreakGlassRequest active = activated("fix-db", "10m");
      // When
      switch (how) {
        case "revoke" -> decided("dave", "fix-db", "revoke");
        case "withdraw" -> decided("alice", "fix-db", "withdraw");
        case "policy" -> admin.resources(BreakGlassPolicy.class).withName(namespace).delete();
        case "role" ->
            apply(
                """
                apiVersion: rbac.authorization.k8s.io/v1
                kind: ClusterRole
                metadata: {name: town-db-repair}
                rules:
                - {apiGroups: [""], resources: [configmaps], verbs: [get, list, delete, patch]}
                """);
        case "tamper" -> {
          try (var impostor = cluster.as(ControlPlane.OPERATOR_USER, "system:masters")) {
            Town.send(
                impostor,
                "PATCH",
                bindingPath(active),
                "application/merge-patch+json",
                "{\"subjects\":[{\"kind\":\"User\",\"name\":\"mallory\",\"apiGroup\":\"rbac.authorization.k8s.io\"}]}");
          }
        }
        case "binding" -> admin.resource(bindings().getFirst()).delete();
        default -> {
          try (var impostor = cluster.as(ControlPlane.OPERATOR_USER, "system:masters")) {
            Town.send(
                impostor,
                "DELETE",
                "/apis/batch/v1/namespaces/"
                    + namespace
                    + "/jobs/"
                    + active.getStatus().grant().roleBinding(),
                "application/json",
                "{\"propagationPolicy\":\"Background\"}");
          }
        }
      }
      // Then
      BreakGlassRequest revoked = await("fix-db", Phase.REVOKED);
      Await.until("the binding to go", Town.SOON, this::bindings, List::isEmpty);
      assertThat(revoked.getStatus().reviewBy()).isNotNull();
      assertThat(revoked.getStatus().ended().reason())
          .isIn("Revoked", "Withdrawn", "PolicyDeleted", "Suspended", "GrantGone");
    }
  }

  private String bindingPath(BreakGlassRequest r) {
    return "/apis/rbac.authorization.k8s.io/v1/namespaces/%s/rolebindings/%s"
        .formatted(namespace, r.getStatus().grant().roleBinding());
  }

  @Test
  void aRoleThatGainsARuleVoidsApprovals() {
    try (var operator = new RunningBreakGlass(cluster, audit)) {
      ask("drift", "alice", "10m");
      BreakGlassRequest before = await("drift", Phase.PENDING);
      decided("bob", "drift", "approve");
      // When
      apply(
          """
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRole
          metadata: {name: town-db-repair}
          rules:
          - {apiGroups: [""], resources: [configmaps], verbs: [get, list, delete, update]}
          """);
      // Then
      BreakGlassRequest after =
          Await.until(
              "a new digest",
              Town.SOON,
              () -> read("drift"),
              r -> !r.getStatus().digest().equals(before.getStatus().digest()));
      assertThat(after.getStatus().quorum()).isEqualTo("0/2");
      try (var carol = Town.approver(cluster, "carol")) {
        assertThat(
                Way.MERGE_PATCH
                    .annotate(
                        carol, after, "newel.dev/approve", "carol " + before.getStatus().digest())
                    .accepted())
            .isFalse();
      }
      assertThat(operator.events(before.reference())).contains("grant.voided");
    }
  }

  @Test
  void whatIsDecidedWhileTheAdmissionPoliciesAreAwayDoesNotCount() {
    try (var _ = new RunningBreakGlass(cluster, audit)) {
      ask("gap", "alice", "10m");
      BreakGlassRequest before = await("gap", Phase.PENDING);
      decided("bob", "gap", "approve");
      // When
      var binding =
          admin
              .admissionRegistration()
              .v1()
              .validatingAdmissionPolicyBindings()
              .withName("newel-breakglass-decisions");
      binding.delete();
      BreakGlassRequest away =
          Await.until(
              "it to be noticed",
              Town.SOON,
              () -> read("gap"),
              r -> reason(r, "Ready").equals("AdmissionNotEnforced"));
      assertThat(
              ConditionSet.find(away.getStatus().conditions(), "Ready").orElseThrow().getMessage())
          .contains("ValidatingAdmissionPolicyBinding/newel-breakglass-decisions is missing");
      try (var mallory = cluster.as("mallory")) { // nobody vouches for this
        Said forged =
            Await.until(
                "the server to let it through",
                Town.SOON,
                () ->
                    Way.MERGE_PATCH.annotate(
                        mallory,
                        before,
                        "newel.dev/approve",
                        "carol " + before.getStatus().digest()),
                Said::accepted);
        assertThat(forged.accepted()).isTrue();
      }
      Town.admissionPolicies(admin);
      // Then
      BreakGlassRequest after =
          Await.until(
              "a new digest, and the forgery thrown away",
              Town.SOON,
              () -> read("gap"),
              r ->
                  !r.getStatus().digest().equals(before.getStatus().digest())
                      && (r.getMetadata().getAnnotations() == null
                          || r.getMetadata().getAnnotations().isEmpty()));
      assertThat(after.getStatus().quorum()).isEqualTo("0/2");
      assertThat(bindings()).isEmpty();
      decided("bob", "gap", "approve");
      decided("carol", "gap", "approve");
      await("gap", Phase.ACTIVE);
    }
  }

  @Test
  void aGrantThatARestoredBackupBringsBackIsTakenAwayAndRecordedAsSuch() {
    try (var operator = new RunningBreakGlass(cluster, audit)) {
      BreakGlassRequest active = activated("fix-db", "10m");
      RoleBinding binding = bindings().getFirst();
      decided("dave", "fix-db", "revoke");
      await("fix-db", Phase.REVOKED);
      Await.until("the binding to go", Town.SOON, this::bindings, List::isEmpty);
      // When the cluster forgets that
      try (var backup = cluster.as(ControlPlane.OPERATOR_USER, "system:masters")) {
        binding.getMetadata().setResourceVersion(null);
        binding.getMetadata().setUid(null);
        binding.getMetadata().setOwnerReferences(null);
        String path =
            "/apis/rbac.authorization.k8s.io/v1/namespaces/" + namespace + "/rolebindings";
        assertThat(Town.send(backup, "POST", path, "application/json", binding).accepted())
            .isTrue();
        Town.send(
            backup,
            "PATCH",
            Town.path(active) + "/status",
            "application/merge-patch+json",
            Map.of("status", Map.of("phase", "Active")));
      }
      // Then
      Await.until("it to be taken away again", Town.SOON, this::bindings, List::isEmpty);
      await("fix-db", Phase.REVOKED);
      assertThat(
              operator.events(active.reference()).stream().filter(e -> e.equals("grant.revoked")))
          .hasSizeGreaterThanOrEqualTo(1);
      assertThat(String.join("\n", Trail.lines(audit))).contains("Resurrected");
    }
  }

  @Test
  void aGrantThatNoRequestStandsBehindIsTakenAway() {
    try (var _ = new RunningBreakGlass(cluster, audit);
        var impostor = cluster.as(ControlPlane.OPERATOR_USER, "system:masters")) {
      Town.send(
          impostor,
          "POST",
          "/apis/rbac.authorization.k8s.io/v1/namespaces/" + namespace + "/rolebindings",
          "application/json",
          """
          {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding",
           "metadata":{"name":"newel-bg-stray","labels":{"newel.dev/breakglass":"no-such-request"}},
           "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"town-db-repair"},
           "subjects":[{"kind":"User","name":"mallory","apiGroup":"rbac.authorization.k8s.io"}]}
          """);
      Await.until("it to go", Town.SOON, this::bindings, List::isEmpty);
    }
  }

  @Test
  void withoutTheAuditLogNothingIsGivenAndTakingAwayStillWorks() {
    try (var operator = new RunningBreakGlass(cluster, audit)) {
      BreakGlassRequest active = activated("fix-db", "10m");
      // When
      operator.auditDown.set(true);
      decided("dave", "fix-db", "revoke");
      // Then
      BreakGlassRequest revoked = await("fix-db", Phase.REVOKED);
      assertThat(bindings()).isEmpty();
      assertThat(revoked.getStatus().unrecorded()).containsExactly("grant.revoked.v1");
      ask("another", "dora", "10m");
      Await.until(
          "it to say why it waits",
          Town.SOON,
          () -> read("another"),
          r -> r.getStatus() != null && reason(r, "Ready").equals("AuditUnavailable"));
      operator.auditDown.set(false);
      Await.until(
          "the revocation to be recorded",
          Town.SOON,
          () -> read("fix-db"),
          r -> r.getStatus().unrecorded() == null);
      assertThat(operator.events(active.reference())).endsWith("grant.revoked");
      await("another", Phase.PENDING);
    }
  }

  @Test
  void ofManyRequestsOfOnePersonAsManyAsAllowedAreTakenUp() {
    try (var _ = new RunningBreakGlass(cluster, audit)) {
      IntStream.range(0, 100)
          .parallel()
          .forEach(i -> ask("r-" + i, i % 2 == 0 ? "alice" : "oidc:Alice", "10m"));
      // Then
      List<BreakGlassRequest> all =
          Await.until(
              "all to be judged",
              Town.SOON.multipliedBy(2),
              () ->
                  admin.resources(BreakGlassRequest.class).inNamespace(namespace).list().getItems(),
              l ->
                  l.stream().allMatch(r -> r.getStatus() != null && r.getStatus().phase() != null));
      assertThat(all.stream().filter(r -> r.getStatus().phase().isLive())).hasSize(1);
      assertThat(all.stream().filter(r -> reason(r, "Ready").equals("LimitReached"))).hasSize(99);
    }
  }

  @Test
  void anEmergencyIsGivenAtOnceAndReviewed() {
    try (var operator = new RunningBreakGlass(cluster, audit)) {
      BreakGlassRequest r =
          Town.request(namespace, "now", namespace, "alice", "town-db-repair", "3s");
      try (var alice = Town.requester(cluster, "alice")) {
        alice
            .resource(
                Serialization.unmarshal(
                    Serialization.asJson(r)
                        .replace("\"reason\":", "\"emergency\":true,\"reason\":"),
                    BreakGlassRequest.class))
            .create();
      }
      await("now", Phase.ACTIVE);
      BreakGlassRequest ended = await("now", Phase.REVIEW_PENDING);
      assertThat(reason(ended, "Reviewed")).isEqualTo("ReviewPending");
      assertThat(operator.metrics.counter("newel_breakglass_emergency_total").count()).isEqualTo(1);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT-10M", "PT10M", "P3650D"})
  void theClockOfTheProcessDecidesNothing(String skew) {
    Clock wrong = Clock.offset(Clock.systemUTC(), Duration.parse(skew));
    try (var _ = new RunningBreakGlass(cluster.operator(), audit, wrong, () -> false)) {
      BreakGlassRequest active = activated("fix-db", "5s");
      assertThat(Instant.parse(active.getStatus().expiresAt()))
          .isBetween(Instant.now().minusSeconds(10), Instant.now().plusSeconds(10));
      await("fix-db", Phase.REVIEW_PENDING);
      assertThat(bindings()).isEmpty();
    }
  }

  @Test
  void twoOperatorsGiveOneGrant() {
    try (var _ = new RunningBreakGlass(cluster, audit.resolve("a"));
        var _ = new RunningBreakGlass(cluster, audit.resolve("b"))) {
      BreakGlassRequest active = activated("fix-db", "6s");
      assertThat(bindings()).hasSize(1);
      BreakGlassRequest ended = await("fix-db", Phase.REVIEW_PENDING);
      assertThat(ended.getStatus().expiresAt()).isEqualTo(active.getStatus().expiresAt());
      assertThat(bindings()).isEmpty();
    }
  }

  @Test
  void aPolicySaysWhatItCannotGrantAndWhatIsMissing() {
    try (var _ = new RunningBreakGlass(cluster, audit)) {
      apply(
          """
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRole
          metadata: {name: town-secret-reader}
          rules:
          - {apiGroups: [""], resources: [secrets], verbs: [get]}
          """,
          """
          apiVersion: rbac.authorization.k8s.io/v1
          kind: ClusterRole
          metadata: {name: town-not-bound}
          rules:
          - {apiGroups: [""], resources: [pods], verbs: [get]}
          """);
      accepted("True", "Accepted", "every role can be granted");
      policy("[{name: town-db-repair}, {name: town-secret-reader}]", "2", "");
      accepted("False", "RiskNotAccepted", "add [ReadSecrets] to acceptRisks");
      policy(
          "[{name: town-db-repair}, {name: town-secret-reader, acceptRisks: [ReadSecrets]}]",
          "2",
          "");
      accepted("True", "Accepted", "every role");
      policy("[{name: town-db-repair}, {name: town-not-bound}]", "2", "");
      accepted(
          "False",
          "BindNotPermitted",
          "{apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], resourceNames: [\"town-not-bound\"], verbs: [bind]}");
      // Kubernetes' own role for editing, before it is aggregated
      policy("[{name: town-db-repair}, {name: \"system:aggregate-to-edit\"}]", "2", "");
      accepted(
          "False",
          "RiskNotAccepted",
          "add [ReadSecrets, ExecIntoPods, MintServiceAccountTokens, ImpersonateServiceAccounts,"
              + " CreateWorkloads] to acceptRisks");
      policy("[{name: town-db-repair}, {name: cluster-admin}]", "2", "");
      accepted("False", "PowerNotAcceptable", "a wildcard grants what nobody has read");
    }
  }

  private void accepted(String status, String reason, String message) {
    BreakGlassPolicy policy =
        Await.until(
            "Accepted=" + status + " " + reason,
            Town.SOON,
            () -> admin.resources(BreakGlassPolicy.class).withName(namespace).get(),
            p ->
                p.getStatus() != null
                    && p.getMetadata().getGeneration().equals(p.getStatus().observedGeneration())
                    && ConditionSet.find(p.getStatus().conditions(), "Accepted")
                        .filter(c -> c.getStatus().equals(status) && c.getReason().equals(reason))
                        .isPresent());
    assertThat(
            ConditionSet.find(policy.getStatus().conditions(), "Accepted")
                .orElseThrow()
                .getMessage())
        .contains(message);
  }
}
