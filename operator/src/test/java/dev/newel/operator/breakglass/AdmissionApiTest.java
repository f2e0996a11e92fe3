package dev.newel.operator.breakglass;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.newel.crds.BreakGlassRequest;
import dev.newel.e2e.harness.Clusters;
import dev.newel.e2e.harness.ControlPlane;
import dev.newel.operator.breakglass.Town.Said;
import dev.newel.operator.breakglass.Town.Way;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * What the API server itself says, on the oldest and the newest one: each verdict in each way in
 * which an annotation can be written. No operator runs here.
 */
@Tag("api")
class AdmissionApiTest {
  private static final String DIGEST = "1a2b3c4d5e6f7081";
  private static final String APPROVE = "newel.dev/approve";
  private static final AtomicInteger NUMBER = new AtomicInteger();

  /**
   * A decision and what the server must say.
   *
   * @param title what it is about
   * @param user who writes
   * @param group what the user may do
   * @param requester who had asked
   * @param phase of the request
   * @param value of the annotation
   * @param says part of the refusal; empty when it must be accepted
   */
  private record Verdict(
      String title,
      String user,
      String group,
      String requester,
      String phase,
      String key,
      String value,
      String says) {}

  private static Verdict self(String user, String requester) {
    return new Verdict(
        user + " decides on a request of " + requester,
        user,
        "town-approvers",
        requester,
        "Pending",
        APPROVE,
        user + " " + DIGEST,
        "you cannot decide on your own request");
  }

  private static Verdict accepted(
      String title, String user, String group, String phase, String key) {
    return new Verdict(title, user, group, "alice", phase, key, user + " " + DIGEST, "");
  }

  private static Verdict refused(
      String title,
      String user,
      String group,
      String phase,
      String key,
      String value,
      String says) {
    return new Verdict(title, user, group, "alice", phase, key, value, says);
  }

  private static final List<Verdict> VERDICTS =
      List.of(
          accepted("an approver approves", "bob", "town-approvers", "Pending", APPROVE),
          accepted("an approver denies", "bob", "town-approvers", "Pending", "newel.dev/deny"),
          accepted(
              "denied before it is active", "bob", "town-approvers", "Approved", "newel.dev/deny"),
          accepted("an approver revokes", "carol", "town-approvers", "Active", "newel.dev/revoke"),
          accepted(
              "a reviewer reviews", "erin", "town-reviewers", "ReviewPending", "newel.dev/review"),
          accepted(
              "withdrawn while it waits",
              "alice",
              "town-requesters",
              "Pending",
              "newel.dev/withdraw"),
          accepted(
              "withdrawn while active", "alice", "town-requesters", "Active", "newel.dev/withdraw"),
          refused(
              "in the name of another",
              "bob",
              "town-approvers",
              "Pending",
              APPROVE,
              "carol " + DIGEST,
              "the value must be exactly your user name and the digest: kubectl -n "),
          refused(
              "an old digest",
              "bob",
              "town-approvers",
              "Pending",
              APPROVE,
              "bob 0000000000000000",
              "newel.dev/approve=\\\"bob " + DIGEST + "\\\""),
          refused(
              "no name",
              "bob",
              "town-approvers",
              "Pending",
              APPROVE,
              DIGEST,
              "the value must be exactly"),
          refused(
              "a longer digest",
              "bob",
              "town-approvers",
              "Pending",
              APPROVE,
              "bob " + DIGEST + "0",
              "the value must be exactly"),
          refused("nothing", "bob", "town-approvers", "Pending", APPROVE, "", "the value must be"),
          refused(
              "without the verb",
              "mallory",
              "none",
              "Pending",
              APPROVE,
              "mallory " + DIGEST,
              "you may not do that; you need the verb approve on breakglasspolicies/production"),
          refused(
              "the verb of another decision",
              "erin",
              "town-reviewers",
              "Pending",
              APPROVE,
              "erin " + DIGEST,
              "you need the verb approve on breakglasspolicies/production"),
          refused(
              "revoke without the verb",
              "mallory",
              "none",
              "Active",
              "newel.dev/revoke",
              "mallory " + DIGEST,
              "you need the verb approve"),
          refused(
              "review without the verb",
              "mallory",
              "none",
              "ReviewPending",
              "newel.dev/review",
              "mallory " + DIGEST,
              "you need the verb review"),
          refused(
              "withdrawn by another",
              "bob",
              "town-approvers",
              "Pending",
              "newel.dev/withdraw",
              "bob " + DIGEST,
              "only the requester, alice, withdraws"),
          refused(
              "a service account",
              "system:serviceaccount:default:bot",
              "town-approvers",
              "Pending",
              APPROVE,
              "system:serviceaccount:default:bot " + DIGEST,
              "is no person"),
          refused(
              "no such decision",
              "bob",
              "town-approvers",
              "Pending",
              "newel.dev/aprove",
              "bob " + DIGEST,
              "newel.dev/aprove is no decision; there are newel.dev/approve"),
          refused(
              "nothing to approve",
              "bob",
              "town-approvers",
              "Active",
              APPROVE,
              "bob " + DIGEST,
              "the request is Active; only a Pending one is approved"),
          refused(
              "approved after a denial",
              "bob",
              "town-approvers",
              "Denied",
              APPROVE,
              "bob " + DIGEST,
              "the request is Denied; only a Pending one is approved"),
          refused(
              "denied when active",
              "bob",
              "town-approvers",
              "Active",
              "newel.dev/deny",
              "bob " + DIGEST,
              "newel.dev/revoke ends an active one"),
          refused(
              "revoked before",
              "bob",
              "town-approvers",
              "Pending",
              "newel.dev/revoke",
              "bob " + DIGEST,
              "newel.dev/deny ends a Pending one"),
          refused(
              "reviewed before the end",
              "erin",
              "town-reviewers",
              "Active",
              "newel.dev/review",
              "erin " + DIGEST,
              "there is nothing to review, or not yet"),
          refused(
              "withdrawn after the end",
              "alice",
              "town-requesters",
              "ReviewPending",
              "newel.dev/withdraw",
              "alice " + DIGEST,
              "there is nothing left to withdraw"),
          refused(
              "not looked at yet",
              "bob",
              "town-approvers",
              "",
              APPROVE,
              "bob ",
              "the operator has not looked at the request yet"),
          self("alice", "alice"),
          self("Alice", "alice"),
          self("ALICE@example.com", "alice"),
          self("oidc:alice", "alice"),
          self("https://login.example.com#alice", "alice@example.com"),
          self("corp\\alice", "alice"),
          self("alice+approver@example.com", "oidc:Alice"),
          self("alice", "https://login.example.com/oauth#Alice"),
          self("@example.com", "@example.com"),
          new Verdict(
              "a review of one's own",
              "alice",
              "town-approvers",
              "alice",
              "ReviewPending",
              "newel.dev/review",
              "alice " + DIGEST,
              "you cannot decide on your own request"),
          new Verdict(
              "a revocation of one's own",
              "alice",
              "town-approvers",
              "alice",
              "Active",
              "newel.dev/revoke",
              "alice " + DIGEST,
              "newel.dev/withdraw ends it"));

  private static KubernetesClient admin(ControlPlane cluster) {
    return cluster.client();
  }

  @TestFactory
  Stream<DynamicNode> eachVerdictIsTheSameInEachWayOfWriting() {
    return servers((cluster, namespace) ->
        VERDICTS.stream()
            .map(v ->
                dynamicContainer(
                    v.title(),
                    Arrays.stream(Way.values())
                        .map(w -> dynamicTest(w.name(), () -> judge(cluster, namespace, v, w))))));
  }

  private static void judge(ControlPlane cluster, String namespace, Verdict v, Way way) {
    // Given
    BreakGlassRequest request = stored(cluster, namespace, v.requester(), v.phase());
    try (var somebody = cluster.as(v.user(), v.group())) {
      // When
      Said said = way.annotate(somebody, request, v.key(), v.value());
      // Then
      assertThat(said.accepted()).as(said.body()).isEqualTo(v.says().isEmpty());
      assertThat(said.body()).contains(v.says());
      if (way == Way.DRY_RUN || !said.accepted()) {
        assertThat(read(cluster, request).getMetadata().getAnnotations()).isNullOrEmpty();
      }
    }
  }

  @TestFactory
  Stream<DynamicNode> aDecisionIsTheOnlyChangeOfItsWriteAndWaitsAlone() {
    return servers((cluster, namespace) ->
        Stream.of(
            dynamicTest(
                "another annotation",
                () ->
                    refused(
                        cluster,
                        namespace,
                        "PATCH",
                        "merge-patch+json",
                        "{\"metadata\":{\"annotations\":{\"newel.dev/approve\":\"bob %s\",\"note\":\"x\"}}}",
                        "must be the only change of its write; also changed: annotation note")),
            dynamicTest(
                "two decisions",
                () ->
                    refused(
                        cluster,
                        namespace,
                        "PATCH",
                        "merge-patch+json",
                        "{\"metadata\":{\"annotations\":{\"newel.dev/approve\":\"bob %s\",\"newel.dev/deny\":\"bob %<s\"}}}",
                        "must be the only change of its write")),
            dynamicTest(
                "a label",
                () ->
                    refused(
                        cluster,
                        namespace,
                        "PATCH",
                        "merge-patch+json",
                        "{\"metadata\":{\"labels\":{\"a\":\"b\"},\"annotations\":{\"newel.dev/approve\":\"bob %s\"}}}",
                        "must be the only change of its write")),
            dynamicTest(
                "a finalizer, by JSON patch",
                () ->
                    refused(
                        cluster,
                        namespace,
                        "PATCH",
                        "json-patch+json",
                        "[{\"op\":\"add\",\"path\":\"/metadata/finalizers\",\"value\":[\"a/b\"]},{\"op\":\"add\",\"path\":\"/metadata/annotations\",\"value\":{\"newel.dev/approve\":\"bob %s\"}}]",
                        "belong to the operator")),
            dynamicTest(
                "a finalizer alone",
                () ->
                    refused(
                        cluster,
                        namespace,
                        "PATCH",
                        "merge-patch+json",
                        "{\"metadata\":{\"finalizers\":[\"a/b\"]}}",
                        "belong to the operator")),
            dynamicTest(
                "an owner alone",
                () ->
                    refused(
                        cluster,
                        namespace,
                        "PATCH",
                        "merge-patch+json",
                        "{\"metadata\":{\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"name\":\"x\",\"uid\":\"x\"}]}}",
                        "belong to the operator")),
            dynamicTest(
                "the spec",
                () ->
                    refused(
                        cluster,
                        namespace,
                        "PATCH",
                        "merge-patch+json",
                        "{\"spec\":{\"role\":\"edit\"},\"metadata\":{\"annotations\":{\"newel.dev/approve\":\"bob %s\"}}}",
                        "a request cannot be changed")),
            dynamicTest(
                "a second one while one waits, also by the same person, and its removal",
                () -> {
                  BreakGlassRequest request = stored(cluster, namespace, "alice", "Pending");
                  try (var bob = Town.approver(cluster, "bob");
                      var carol = Town.approver(cluster, "carol")) {
                    assertThat(
                            Way.ANNOTATE
                                .annotate(bob, request, APPROVE, "bob " + DIGEST)
                                .accepted())
                        .isTrue();
                    for (Way way : List.of(Way.MERGE_PATCH, Way.FORCED_APPLY)) {
                      Said said = way.annotate(carol, request, APPROVE, "carol " + DIGEST);
                      assertThat(said.body())
                          .contains("waits to be recorded; try again in a moment");
                    }
                    Said removal =
                        Town.send(
                            carol,
                            "PATCH",
                            Town.path(request),
                            "application/merge-patch+json",
                            "{\"metadata\":{\"annotations\":{\"newel.dev/approve\":null}}}");
                    assertThat(removal.body()).contains("waits to be recorded");
                    // a decision of another kind has a place of its own: deny wins
                    assertThat(
                            Way.MERGE_PATCH
                                .annotate(carol, request, "newel.dev/deny", "carol " + DIGEST)
                                .accepted())
                        .isTrue();
                  }
                })));
  }

  private static void refused(
      ControlPlane cluster,
      String namespace,
      String method,
      String type,
      String body,
      String says) {
    BreakGlassRequest request = stored(cluster, namespace, "alice", "Pending");
    try (var bob = Town.approver(cluster, "bob")) {
      Said said =
          Town.send(bob, method, Town.path(request), "application/" + type, body.formatted(DIGEST));
      assertThat(said.accepted()).as(said.body()).isFalse();
      assertThat(said.body()).contains(says);
    }
  }

  @TestFactory
  Stream<DynamicNode> onlyPeopleWhoMayAskInTheirOwnNameAndWithoutDecisions() {
    return servers((cluster, namespace) ->
        Stream.of(
            create(cluster, namespace, "alice", "town-requesters", "alice", "", ""),
            create(
                cluster,
                namespace,
                "alice",
                "town-requesters",
                "bob",
                "",
                "spec.requester is bob; it must be your own user name: write requester: alice"),
            create(
                cluster,
                namespace,
                "mallory",
                "none",
                "mallory",
                "",
                "you need the verb request on breakglasspolicies/production"),
            create(
                cluster,
                namespace,
                "system:serviceaccount:default:bot",
                "town-requesters",
                "system:serviceaccount:default:bot",
                "",
                "is no person"),
            create(
                cluster,
                namespace,
                "alice",
                "town-requesters",
                "alice",
                "\"annotations\":{\"newel.dev/approve\":\"bob " + DIGEST + "\"}",
                "a new request carries no decision; remove the annotation newel.dev/approve"),
            create(
                cluster,
                namespace,
                "alice",
                "town-requesters",
                "alice",
                "\"finalizers\":[\"a/b\"]",
                "belong to the operator; remove them"),
            create(
                cluster,
                namespace,
                "alice",
                "town-requesters",
                "alice",
                "\"ownerReferences\":[{\"apiVersion\":\"v1\",\"kind\":\"ConfigMap\",\"name\":\"x\",\"uid\":\"x\"}]",
                "belong to the operator; remove them")));
  }

  private static DynamicNode create(
      ControlPlane cluster,
      String namespace,
      String user,
      String group,
      String requester,
      String metadata,
      String says) {
    return dynamicTest(
        user + " as " + requester + " " + metadata,
        () -> {
          try (var somebody = cluster.as(user, group)) {
            String name = "c-" + NUMBER.incrementAndGet();
            String body =
                """
                {"apiVersion":"newel.dev/v1alpha1","kind":"BreakGlassRequest","metadata":{"name":"%s"%s},
                 "spec":{"policy":"production","requester":"%s","role":"view","duration":"30m","reason":"INC-1 x"},
                 "status":{"observedGeneration":1,"phase":"Active","digest":"%s"}}
                """
                    .formatted(name, metadata.isEmpty() ? "" : "," + metadata, requester, DIGEST);
            String path =
                "/apis/newel.dev/v1alpha1/namespaces/" + namespace + "/breakglassrequests";
            Said created = Town.send(somebody, "POST", path, "application/json", body);
            Said applied =
                Town.send(
                    somebody,
                    "PATCH",
                    path + "/" + name + "?fieldManager=x&force=true",
                    "application/apply-patch+yaml",
                    body);
            for (Said said : List.of(created, applied)) {
              assertThat(said.accepted()).as(said.body()).isEqualTo(says.isEmpty());
              assertThat(said.body()).contains(says).doesNotContain("\"phase\":\"Active\"");
            }
          }
        });
  }

  @TestFactory
  Stream<DynamicNode> theStatusIsTheOperatorsAndUsedAccessIsNotMadeToVanish() {
    return servers((cluster, namespace) ->
        Stream.concat(
            Stream.of("alice:town-requesters", "bob:town-approvers", "mallory:none")
                .map(p ->
                    dynamicTest(
                        p + " writes the status",
                        () -> {
                          BreakGlassRequest request =
                              stored(cluster, namespace, "alice", "Pending");
                          String[] person = p.split(":", -1);
                          try (var somebody = cluster.as(person[0], person[1])) {
                            for (Said said :
                                List.of(
                                    Town.send(
                                        somebody,
                                        "PATCH",
                                        Town.path(request) + "/status",
                                        "application/merge-patch+json",
                                        "{\"status\":{\"phase\":\"Active\"}}"),
                                    Town.send(
                                        somebody,
                                        "PATCH",
                                        Town.path(request)
                                            + "/status?fieldManager=newel&force=true",
                                        "application/apply-patch+yaml",
                                        "{\"apiVersion\":\"newel.dev/v1alpha1\",\"kind\":\"BreakGlassRequest\",\"metadata\":{\"name\":\"%s\"},\"status\":{\"phase\":\"Active\"}}"
                                            .formatted(request.getMetadata().getName())))) {
                              assertThat(said.code()).as(said.body()).isEqualTo(403);
                              assertThat(said.body())
                                  .contains("only the operator writes the status");
                            }
                          }
                        })),
            Stream.of("Pending", "Denied", "Approved", "Active", "ReviewPending")
                .map(phase ->
                    dynamicTest(
                        "the requester deletes it when " + phase,
                        () -> {
                          BreakGlassRequest request = stored(cluster, namespace, "alice", phase);
                          boolean may = phase.equals("Pending") || phase.equals("Denied");
                          try (var alice = Town.requester(cluster, "alice")) {
                            Said said =
                                Town.send(
                                    alice, "DELETE", Town.path(request), "application/json", "{}");
                            assertThat(said.accepted()).as(said.body()).isEqualTo(may);
                            if (!may) {
                              assertThat(said.body())
                                  .containsAnyOf("end it first", "somebody else must do so first");
                            }
                          }
                        }))));
  }

  @TestFactory
  Stream<DynamicNode> aGrantIsMadeAndChangedByTheOperatorAlone() {
    return servers((cluster, namespace) -> {
      try (var operator = operator(cluster);
          var admin = admin(cluster)) {
        grantAdmin(admin, namespace);
        String n = "newel-bg-" + NUMBER.incrementAndGet();
        String bindings =
            "/apis/rbac.authorization.k8s.io/v1/namespaces/" + namespace + "/rolebindings";
        String jobs = "/apis/batch/v1/namespaces/" + namespace + "/jobs";
        Said job = Town.send(operator, "POST", jobs, "application/json", JOB.formatted(n));
        String uid =
            Serialization.unmarshal(job.body(), GenericKubernetesResource.class)
                .getMetadata()
                .getUid(); // a binding whose owner does not exist would be collected
        assertThat(
                Town.send(
                        operator,
                        "POST",
                        bindings,
                        "application/json",
                        BINDING.formatted(n, n, uid))
                    .body())
            .contains("\"uid\"");
        String merge = "application/merge-patch+json";
        record Try(String title, String method, String path, String type, String body) {}
        return Stream.of(
                new Try(
                    "prolong",
                    "PATCH",
                    jobs + "/" + n,
                    merge,
                    "{\"spec\":{\"activeDeadlineSeconds\":86400}}"),
                new Try("suspend", "PATCH", jobs + "/" + n, merge, "{\"spec\":{\"suspend\":true}}"),
                new Try(
                    "never finish",
                    "PATCH",
                    jobs + "/" + n,
                    merge,
                    "{\"spec\":{\"ttlSecondsAfterFinished\":null}}"),
                new Try(
                    "hold the job",
                    "PATCH",
                    jobs + "/" + n,
                    merge,
                    "{\"metadata\":{\"finalizers\":[\"a/b\"]}}"),
                new Try(
                    "unlabel the job",
                    "PATCH",
                    jobs + "/" + n,
                    merge,
                    "{\"metadata\":{\"labels\":null}}"),
                new Try(
                    "the status of the job",
                    "PATCH",
                    jobs + "/" + n + "/status",
                    merge,
                    "{\"status\":{\"ready\":0}}"),
                new Try(
                    "orphan",
                    "DELETE",
                    jobs + "/" + n,
                    "application/json",
                    "{\"propagationPolicy\":\"Orphan\"}"),
                new Try("delete the job", "DELETE", jobs + "/" + n, "application/json", "{}"),
                new Try(
                    "delete all jobs",
                    "DELETE",
                    jobs,
                    "application/json",
                    "{\"propagationPolicy\":\"Orphan\"}"),
                new Try(
                    "add a subject",
                    "PATCH",
                    bindings + "/" + n,
                    merge,
                    "{\"subjects\":[{\"kind\":\"Group\",\"name\":\"g\",\"apiGroup\":\"rbac.authorization.k8s.io\"}]}"),
                new Try(
                    "disown",
                    "PATCH",
                    bindings + "/" + n,
                    merge,
                    "{\"metadata\":{\"ownerReferences\":null}}"),
                new Try(
                    "hold the binding",
                    "PATCH",
                    bindings + "/" + n,
                    merge,
                    "{\"metadata\":{\"finalizers\":[\"a/b\"]}}"),
                new Try(
                    "unlabel the binding",
                    "PATCH",
                    bindings + "/" + n,
                    merge,
                    "{\"metadata\":{\"labels\":{\"newel.dev/breakglass\":null}}}"),
                new Try(
                    "create one by name",
                    "POST",
                    bindings,
                    "application/json",
                    BINDING.formatted("newel-bg-mine", n, uid)),
                new Try(
                    "create one by label",
                    "POST",
                    bindings,
                    "application/json",
                    BINDING.formatted("mine", n, uid)),
                new Try(
                    "create a job",
                    "POST",
                    jobs,
                    "application/json",
                    JOB.formatted("newel-bg-mine")))
            .map(t ->
                dynamicTest(
                    t.title(),
                    () -> {
                      try (var alice = cluster.as("alice", "town-admins-" + namespace)) {
                        Said said = Town.send(alice, t.method(), t.path(), t.type(), t.body());
                        assertThat(said.accepted()).as(said.body()).isFalse();
                        assertThat(said.body())
                            .contains("are grants, which only the operator makes");
                      }
                    }));
      }
    });
  }

  @TestFactory
  Stream<DynamicNode> whoMayNotImpersonateIsStoppedBeforeAnythingElse() {
    return servers((cluster, namespace) ->
        Stream.of(
            dynamicTest(
                "mallory as bob",
                () -> {
                  BreakGlassRequest request = stored(cluster, namespace, "alice", "Pending");
                  try (var mallory = cluster.withToken(ControlPlane.PERSON_TOKEN, "bob")) {
                    Said said =
                        Way.MERGE_PATCH.annotate(mallory, request, APPROVE, "bob " + DIGEST);
                    assertThat(said.code()).isEqualTo(403);
                    assertThat(said.body()).contains("cannot impersonate");
                  }
                })));
  }

  private static final String BINDING =
      """
      {"apiVersion":"rbac.authorization.k8s.io/v1","kind":"RoleBinding",
       "metadata":{"name":"%s","labels":{"newel.dev/breakglass":"x"},
         "ownerReferences":[{"apiVersion":"batch/v1","kind":"Job","name":"%s","uid":"%s"}]},
       "roleRef":{"apiGroup":"rbac.authorization.k8s.io","kind":"ClusterRole","name":"view"},
       "subjects":[{"kind":"User","name":"alice","apiGroup":"rbac.authorization.k8s.io"}]}
      """;

  private static final String JOB =
      """
      {"apiVersion":"batch/v1","kind":"Job","metadata":{"name":"%s","labels":{"newel.dev/breakglass":"x"}},
       "spec":{"parallelism":0,"activeDeadlineSeconds":600,"backoffLimit":0,"ttlSecondsAfterFinished":0,
         "template":{"spec":{"restartPolicy":"Never","containers":[{"name":"never","image":"never"}]}}}}
      """;

  /** As a namespace's own administrator, who may do everything with Jobs and RoleBindings. */
  private static void grantAdmin(KubernetesClient admin, String namespace) {
    for (String document :
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata: {name: admins, namespace: %1$s}
        rules:
        - {apiGroups: [batch], resources: [jobs, jobs/status], verbs: ["*"]}
        - {apiGroups: [rbac.authorization.k8s.io], resources: [rolebindings, roles, clusterroles], verbs: ["*"]}
        ---
        apiVersion: rbac.authorization.k8s.io/v1
        kind: RoleBinding
        metadata: {name: admins, namespace: %1$s}
        roleRef: {apiGroup: rbac.authorization.k8s.io, kind: Role, name: admins}
        subjects: [{kind: Group, name: town-admins-%1$s, apiGroup: rbac.authorization.k8s.io}]
        """
            .formatted(namespace)
            .split("(?m)^---\n", -1)) {
      admin.resource(Serialization.unmarshal(document, GenericKubernetesResource.class)).create();
    }
  }

  private static Stream<DynamicNode> servers(
      BiFunction<ControlPlane, String, Stream<? extends DynamicNode>> tests) {
    return Stream.of(ControlPlane.OLDEST, ControlPlane.NEWEST)
        .map(version -> {
          ControlPlane cluster = Clusters.shared(version);
          try (var admin = cluster.client()) {
            Town.install(admin);
            return dynamicContainer(version, tests.apply(cluster, cluster.newNamespace(admin)));
          }
        });
  }

  private static KubernetesClient operator(ControlPlane cluster) {
    return cluster.as(ControlPlane.OPERATOR_USER, "system:masters");
  }

  /** A request in this phase, as the operator would have left it. */
  private static BreakGlassRequest stored(
      ControlPlane cluster, String namespace, String requester, String phase) {
    String name = "r-" + NUMBER.incrementAndGet();
    try (var somebody = Town.requester(cluster, requester);
        var operator = operator(cluster)) {
      var request =
          somebody
              .resource(Town.request(namespace, name, "production", requester, "view", "30m"))
              .create();
      if (!phase.isEmpty()) {
        Map<String, Object> status =
            new java.util.HashMap<>(Map.of("phase", phase, "digest", DIGEST));
        if (phase.equals("ReviewPending")) {
          status.put("reviewBy", "2030-01-01T00:00:00Z");
        }
        Said said =
            Town.send(
                operator,
                "PATCH",
                Town.path(request) + "/status",
                "application/merge-patch+json",
                Map.of("status", status));
        assertThat(said.accepted()).as(said.body()).isTrue();
      }
      return read(cluster, request);
    }
  }

  private static BreakGlassRequest read(ControlPlane cluster, BreakGlassRequest request) {
    try (var admin = cluster.client()) {
      return admin.resource(request).get();
    }
  }
}
