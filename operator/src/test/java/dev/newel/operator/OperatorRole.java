package dev.newel.operator;

import dev.newel.e2e.harness.ControlPlane;
import dev.newel.operator.rbac.Permission.Scope;
import dev.newel.operator.rbac.RoleYaml;
import io.fabric8.kubernetes.api.model.NamespaceBuilder;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.api.model.rbac.ClusterRoleBindingBuilder;
import io.fabric8.kubernetes.api.model.rbac.Role;
import io.fabric8.kubernetes.api.model.rbac.RoleBindingBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;

/** Gives the operator's user what the generated roles give it, and nothing else. */
public final class OperatorRole {
  static final String NAME = "newel-operator";

  private OperatorRole() {}

  public static void install(KubernetesClient admin) {
    apply(
        admin,
        new NamespaceBuilder()
            .withNewMetadata()
            .withName(ControlPlane.OPERATOR_NAMESPACE)
            .endMetadata()
            .build());
    apply(admin, clusterRole());
    apply(
        admin,
        Serialization.unmarshal(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: Role
            metadata: {name: newel-operator, namespace: newel-system}
            rules:
            """
                + RoleYaml.rules(Scope.OWN_NAMESPACE),
            Role.class));
    apply(
        admin,
        new ClusterRoleBindingBuilder()
            .withNewMetadata()
            .withName(NAME)
            .endMetadata()
            .withNewRoleRef("rbac.authorization.k8s.io", "ClusterRole", NAME)
            .addNewSubject()
            .withKind("User")
            .withName(ControlPlane.OPERATOR_USER)
            .endSubject()
            .build());
    apply(
        admin,
        new RoleBindingBuilder()
            .withNewMetadata()
            .withName(NAME)
            .withNamespace(ControlPlane.OPERATOR_NAMESPACE)
            .endMetadata()
            .withNewRoleRef("rbac.authorization.k8s.io", "Role", NAME)
            .addNewSubject()
            .withKind("User")
            .withName(ControlPlane.OPERATOR_USER)
            .endSubject()
            .build());
  }

  static ClusterRole clusterRole() {
    return Serialization.unmarshal(
        """
        apiVersion: rbac.authorization.k8s.io/v1
        kind: ClusterRole
        metadata: {name: newel-operator}
        rules:
        """
            + RoleYaml.rules(Scope.CLUSTER),
        ClusterRole.class);
  }

  static void apply(KubernetesClient admin, io.fabric8.kubernetes.api.model.HasMetadata object) {
    admin.resource(object).fieldManager("test").forceConflicts().serverSideApply();
  }
}
