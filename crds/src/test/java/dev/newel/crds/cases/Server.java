package dev.newel.crds.cases;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.newel.crds.schema.CommittedCrds;
import dev.newel.e2e.harness.Clusters;
import dev.newel.e2e.harness.ControlPlane;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

/** A real API server, spoken to in plain JSON: nothing repairs or drops what a case says. */
final class Server {
  static final List<String> VERSIONS = List.of(ControlPlane.OLDEST, ControlPlane.NEWEST);

  /** What else stands in samples. */
  private static final Map<String, String> BUILT_IN =
      Map.of(
          "ConfigMap", "/api/v1/namespaces/%s/configmaps",
          "Secret", "/api/v1/namespaces/%s/secrets",
          "Deployment", "/apis/apps/v1/namespaces/%s/deployments",
          "ClusterRole", "/apis/rbac.authorization.k8s.io/v1/clusterroles");

  private static final ObjectMapper JSON = new ObjectMapper();

  private final KubernetesClient client;
  private final String namespace;

  Server(String version) {
    ControlPlane plane = Clusters.shared(version);
    client = plane.client();
    namespace = plane.newNamespace(client);
  }

  String namespace() {
    return namespace;
  }

  /** Judged as a create, and not stored. */
  Answer judge(ObjectNode object) {
    return create(object, "dryRun=All&fieldValidation=Strict");
  }

  /** Stored. */
  Answer store(ObjectNode object) {
    return create(object, "fieldValidation=Strict");
  }

  private Answer create(ObjectNode object, String query) {
    HttpClient http = client.getHttpClient();
    CompletableFuture<HttpResponse<String>> sent =
        http.sendAsync(
            http.newHttpRequestBuilder()
                .uri(
                    client.getMasterUrl().toString().replaceAll("/$", "")
                        + path(object)
                        + "?"
                        + query)
                .post("application/json", object.toString())
                .build(),
            String.class);
    HttpResponse<String> response = sent.join();
    try {
      return Answer.of(response.code(), body(response.body()));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Refusals before the API machinery has read the request are plain text. */
  private static JsonNode body(String text) throws IOException {
    return text.startsWith("{")
        ? JSON.readTree(text)
        : JSON.createObjectNode().put("message", text);
  }

  private String path(ObjectNode object) {
    String builtIn = BUILT_IN.get(object.path("kind").asText());
    if (builtIn != null) {
      return builtIn.formatted(namespace);
    }
    JsonNode crd = CommittedCrds.in(CommittedCrds.CURRENT).get(object.path("kind").asText());
    String plural = crd.at("/spec/names/plural").asText();
    String scope =
        crd.at("/spec/scope").asText().equals("Namespaced") ? "namespaces/" + namespace + "/" : "";
    return "/apis/newel.dev/v1alpha1/" + scope + plural;
  }
}
