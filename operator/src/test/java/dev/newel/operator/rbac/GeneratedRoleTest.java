package dev.newel.operator.rbac;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.operator.rbac.Permission.Scope;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** {@code -Dnewel.regenerate=true} writes the file anew. */
class GeneratedRoleTest {
  private static final Path FILE = Path.of("rbac/role.yaml");

  @Test
  void theRolesInTheRepositoryAreThoseOfTheTable() throws IOException {
    String wanted = roles();
    if (Boolean.getBoolean("newel.regenerate")) {
      Files.writeString(FILE, wanted);
    }
    assertThat(Files.readString(FILE)).as("`make generate` writes it anew").isEqualTo(wanted);
  }

  @Test
  void nothingIsGrantedByWildcardAndNoSecretOutsideTheOwnNamespace() {
    assertThat(Permissions.all())
        .allSatisfy(p -> {
          assertThat(p.verbs()).doesNotContain("*", "escalate", "impersonate", "bind");
          assertThat(p.resource()).doesNotContain("*");
          assertThat(p.why()).isNotBlank();
          if (p.resource().equals("secrets")) {
            assertThat(p.scope()).isEqualTo(Scope.OWN_NAMESPACE);
          }
        });
  }

  private static String roles() {
    return """
    # What the operator may do, and why. Made from dev.newel.operator.rbac.Permissions by `make generate`; the
    # chart takes its roles from here (helm/generate). No wildcard, no escalate, impersonate or bind; Secrets
    # in the operator's own namespace only.
    ---
    # In all namespaces: models live where their teams put them.
    apiVersion: rbac.authorization.k8s.io/v1
    kind: ClusterRole
    metadata:
      name: newel-operator
    rules:
    """
        + RoleYaml.rules(Scope.CLUSTER)
        + """
        ---
        # In its own namespace only.
        apiVersion: rbac.authorization.k8s.io/v1
        kind: Role
        metadata:
          name: newel-operator
        rules:
        """
        + RoleYaml.rules(Scope.OWN_NAMESPACE);
  }
}
