package dev.newel.operator.breakglass;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.crds.BreakGlassRequest;
import dev.newel.e2e.harness.Await;
import dev.newel.e2e.harness.ControlPlane;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.net.URLEncoder;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** A cluster with people in it: who may ask, who may approve, and who would like to. */
public final class Town {
  public static final Duration SOON = Duration.ofSeconds(60);

  private Town() {}

  /** Roles of the people, CRDs' admission policies, and what the operator of these tests may do. */
  public static void install(KubernetesClient admin) {
    admissionPolicies(admin);
    for (String document : PEOPLE.split("(?m)^---\n", -1)) {
      GenericKubernetesResource object =
          Serialization.unmarshal(document, GenericKubernetesResource.class);
      admin.resource(object).fieldManager("test").forceConflicts().serverSideApply();
    }
  }

  /** Installs the admission policies and waits until they have settled. */
  static void admissionPolicies(KubernetesClient admin) {
    List<GenericKubernetesResource> wanted = AdmissionPolicies.wanted(ControlPlane.OPERATOR_USER);
    wanted.forEach(o -> admin.resource(o).fieldManager("test").forceConflicts().serverSideApply());
    Await.until(
        "the admission policies to be in force",
        SOON,
        () -> AdmissionPolicies.compare(wanted, there(admin), Instant.now()),
        AdmissionPolicies.Found::enforced);
  }

  static List<GenericKubernetesResource> there(KubernetesClient client) {
    return AdmissionPolicies.wanted("").stream()
        .map(w ->
            client
                .genericKubernetesResources(w.getApiVersion(), w.getKind())
                .withName(w.getMetadata().getName())
                .get())
        .filter(o -> o != null)
        .toList();
  }

  private static final String PEOPLE =
      """
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: town-requester}
      rules:
      - {apiGroups: [newel.dev], resources: [breakglassrequests, breakglassrequests/status], verbs: ["*"]}
      - {apiGroups: [newel.dev], resources: [breakglasspolicies], verbs: [request]}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: town-mallory}
      rules:
      - {apiGroups: [newel.dev], resources: [breakglassrequests, breakglassrequests/status], verbs: ["*"]}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: town-approver}
      rules:
      - {apiGroups: [newel.dev], resources: [breakglassrequests, breakglassrequests/status], verbs: ["*"]}
      - {apiGroups: [newel.dev], resources: [breakglasspolicies], verbs: [approve, review]}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRole
      metadata: {name: town-reviewer}
      rules:
      - {apiGroups: [newel.dev], resources: [breakglassrequests], verbs: [get, patch, update]}
      - {apiGroups: [newel.dev], resources: [breakglasspolicies], verbs: [review]}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: town-requester}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: town-requester}
      subjects:
      - {kind: Group, name: town-requesters, apiGroup: rbac.authorization.k8s.io}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: town-mallory}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: town-mallory}
      subjects:
      - {kind: User, name: mallory, apiGroup: rbac.authorization.k8s.io}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: town-approver}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: town-approver}
      subjects:
      - {kind: Group, name: town-approvers, apiGroup: rbac.authorization.k8s.io}
      ---
      apiVersion: rbac.authorization.k8s.io/v1
      kind: ClusterRoleBinding
      metadata: {name: town-reviewer}
      roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: town-reviewer}
      subjects:
      - {kind: Group, name: town-reviewers, apiGroup: rbac.authorization.k8s.io}
      """;

  /** Somebody who may ask for access. */
  public static KubernetesClient requester(ControlPlane cluster, String user) {
    return cluster.as(user, "town-requesters");
  }

  /** Somebody who may approve and review. */
  public static KubernetesClient approver(ControlPlane cluster, String user) {
    return cluster.as(user, "town-approvers");
  }

  /** As it would be typed, with the requester's own name. */
  public static BreakGlassRequest request(
      String namespace,
      String name,
      String policy,
      String requester,
      String role,
      String duration) {
    return Serialization.unmarshal(
        """
        apiVersion: newel.dev/v1alpha1
        kind: BreakGlassRequest
        metadata: {name: %s, namespace: %s}
        spec: {policy: %s, requester: '%s', role: "%s", duration: %s, reason: INC-4711 orders are stuck in the queue}
        """
            .formatted(name, namespace, policy, requester, role, duration),
        BreakGlassRequest.class);
  }

  /**
   * What the server says to a write.
   *
   * @param code HTTP status
   * @param body its answer
   */
  public record Said(int code, String body) {
    public boolean accepted() {
      return code < 300;
    }
  }

  /** One request to the server, as it is. */
  public static Said send(
      KubernetesClient as, String method, String path, String contentType, Object body) {
    HttpClient http = as.getHttpClient();
    var request =
        http.newHttpRequestBuilder()
            .uri(as.getMasterUrl().toString().replaceAll("/$", "") + path)
            .method(method, contentType, body instanceof String s ? s : Serialization.asJson(body));
    HttpResponse<String> response = http.sendAsync(request.build(), String.class).join();
    return new Said(response.code(), response.body());
  }

  /** Ways to write one annotation; a decision must be judged alike in each. */
  public enum Way {
    ANNOTATE,
    REPLACE,
    MERGE_PATCH,
    JSON_PATCH,
    APPLY,
    FORCED_APPLY,
    DRY_RUN;

    /** Sets the annotation, and nothing else. */
    public Said annotate(KubernetesClient as, BreakGlassRequest on, String key, String value) {
      return annotate(as, on, Map.of(key, value));
    }

    public Said annotate(KubernetesClient as, BreakGlassRequest on, Map<String, String> set) {
      String path = path(on);
      return switch (this) {
        case ANNOTATE, MERGE_PATCH, DRY_RUN -> {
          var metadata = new java.util.HashMap<String, Object>(Map.of("annotations", set));
          if (this == ANNOTATE) { // as kubectl annotate does when it must be exact
            metadata.put("resourceVersion", on.getMetadata().getResourceVersion());
          }
          yield send(
              as,
              "PATCH",
              path + (this == DRY_RUN ? "?dryRun=All" : ""),
              "application/merge-patch+json",
              Map.of("metadata", metadata));
        }
        case REPLACE -> {
          var copy =
              Serialization.unmarshal(Serialization.asJson(on), GenericKubernetesResource.class);
          var all =
              new java.util.HashMap<String, String>(
                  copy.getMetadata().getAnnotations() == null
                      ? Map.of()
                      : copy.getMetadata().getAnnotations());
          all.putAll(set);
          copy.getMetadata().setAnnotations(all);
          yield send(as, "PUT", path, "application/json", copy);
        }
        case JSON_PATCH ->
            send(
                as,
                "PATCH",
                path,
                "application/json-patch+json",
                on.getMetadata().getAnnotations() == null
                        || on.getMetadata().getAnnotations().isEmpty()
                    ? List.of(Map.of("op", "add", "path", "/metadata/annotations", "value", set))
                    : set.entrySet().stream()
                        .map(e ->
                            Map.of(
                                "op",
                                "add",
                                "path",
                                "/metadata/annotations/" + e.getKey().replace("/", "~1"),
                                "value",
                                e.getValue()))
                        .toList());
        case APPLY, FORCED_APPLY ->
            send(
                as,
                "PATCH",
                path
                    + "?fieldManager="
                    + URLEncoder.encode("m-" + set.hashCode(), UTF_8)
                    + (this == FORCED_APPLY ? "&force=true" : ""),
                "application/apply-patch+yaml",
                Map.of(
                    "apiVersion",
                    "newel.dev/v1alpha1",
                    "kind",
                    "BreakGlassRequest",
                    "metadata",
                    Map.of("name", on.getMetadata().getName(), "annotations", set)));
      };
    }
  }

  public static String path(BreakGlassRequest request) {
    return "/apis/newel.dev/v1alpha1/namespaces/%s/breakglassrequests/%s"
        .formatted(request.getMetadata().getNamespace(), request.getMetadata().getName());
  }
}
