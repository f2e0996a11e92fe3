package dev.newel.crds.cases;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.newel.crds.BreakGlassRequest;
import dev.newel.e2e.harness.Clusters;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What approvals were given to cannot change, down to fields that were left out. */
@Tag("api")
class ImmutableSpecTest {
  private static final PatchContext MERGE =
      new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build();

  static Stream<String> versions() {
    return Server.VERSIONS.stream();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void aRequestCannotBeChanged(String version) {
    // Given
    var plane = Clusters.shared(version);
    try (var client = plane.client()) {
      String namespace = plane.newNamespace(client);
      var request =
          new KubernetesSerialization()
              .unmarshal(
                  """
                  apiVersion: newel.dev/v1alpha1
                  kind: BreakGlassRequest
                  metadata: {name: fix-db, namespace: %s}
                  spec: {policy: production, requester: alice, role: view, duration: 30m, reason: orders}
                  """
                      .formatted(namespace),
                  BreakGlassRequest.class);
      client.resource(request).create();
      for (String change :
          new String[] {
            "{\"spec\":{\"role\":\"edit\"}}",
            "{\"spec\":{\"duration\":\"31m\"}}",
            "{\"spec\":{\"emergency\":true}}",
            "{\"spec\":{\"notBefore\":\"2026-11-24T08:00:00Z\"}}"
          }) {
        // Then
        assertThatThrownBy(() -> client.resource(request).patch(MERGE, change))
            .as(change)
            .isInstanceOf(KubernetesClientException.class)
            .hasMessageContaining("a request cannot be changed")
            .hasMessageContaining("withdraw it and create another one");
      }
    }
  }
}
