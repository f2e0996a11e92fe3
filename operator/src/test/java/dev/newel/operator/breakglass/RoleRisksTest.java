package dev.newel.operator.breakglass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.crds.GrantRisk;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RoleRisksTest {
  private static PolicyRule rule(String yaml) {
    return Serialization.unmarshal("---\n{" + yaml + "}", PolicyRule.class);
  }

  private static String flow(String groups, String resources, String verbs) {
    return "apiGroups: [%s], resources: [%s], verbs: [%s]"
        .formatted(groups, resources.replace(' ', ','), verbs.replace(' ', ','));
  }

  @ParameterizedTest
  @CsvSource({
    "'', configmaps, get list delete, ''",
    "'', pods, get list watch delete, ''",
    "'', pods/log, get, ''",
    "'', secrets, get, ReadSecrets",
    "'', secrets, list, ReadSecrets",
    "'', secrets, watch, ReadSecrets",
    "'', secrets, delete, ''",
    "'', secrets, create, MintServiceAccountTokens",
    "'', secrets, patch, MintServiceAccountTokens",
    "'', pods/exec, create, ExecIntoPods",
    "'', pods/exec, get, ExecIntoPods",
    "'', pods/attach, create, ExecIntoPods",
    "'', pods/portforward, create, ExecIntoPods",
    "'', pods/proxy, get, ExecIntoPods",
    "'', pods/ephemeralcontainers, patch, EphemeralContainers",
    "'', pods/ephemeralcontainers, get, ''",
    "'', serviceaccounts/token, create, MintServiceAccountTokens",
    "'', serviceaccounts, impersonate, ImpersonateServiceAccounts",
    "'', pods, create, CreateWorkloads",
    "apps, deployments, patch, CreateWorkloads",
    "apps, statefulsets daemonsets replicasets, update, CreateWorkloads",
    "batch, cronjobs, create, CreateWorkloads",
    "batch, jobs, patch, CreateWorkloads",
    "batch, jobs, get delete, ''",
    "rbac.authorization.k8s.io, rolebindings, get list, ''",
    "newel.dev, modeldeployments, get list watch, ''"
  })
  void whatOutlivesAGrantIsNamed(String group, String resources, String verbs, String risks) {
    var found = RoleRisks.of(List.of(rule(flow("\"" + group + "\"", resources, verbs))));
    assertThat(found.never()).isEmpty();
    assertThat(found.risks().keySet().stream().map(GrantRisk::text).collect(Collectors.toSet()))
        .isEqualTo(
            Arrays.stream(risks.split(" ", -1))
                .filter(r -> !r.isEmpty())
                .collect(Collectors.toSet()));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "apiGroups: ['*'], resources: [pods], verbs: [get]",
        "apiGroups: [''], resources: ['*'], verbs: [get]",
        "apiGroups: [''], resources: ['*/scale'], verbs: [get]",
        "apiGroups: [''], resources: [pods], verbs: ['*']",
        "apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], verbs: [bind]",
        "apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: [escalate]",
        "apiGroups: [''], resources: [users], verbs: [impersonate]",
        "apiGroups: [''], resources: [groups], verbs: [impersonate]",
        "apiGroups: [''], resources: [users], resourceNames: [bob], verbs: [impersonate]",
        "apiGroups: [authentication.k8s.io], resources: [users], verbs: ['impersonate:user-info']",
        "apiGroups: [''], resources: [serviceaccounts, users], verbs: [impersonate]",
        "apiGroups: [rbac.authorization.k8s.io], resources: [rolebindings], verbs: [create]",
        "apiGroups: [rbac.authorization.k8s.io], resources: [roles], verbs: [patch]",
        "apiGroups: [admissionregistration.k8s.io], resources: [validatingadmissionpolicies], verbs: [delete]",
        "apiGroups: [apiextensions.k8s.io], resources: [customresourcedefinitions], verbs: [update]",
        "apiGroups: [''], resources: [nodes/proxy], verbs: [get]",
        "apiGroups: [certificates.k8s.io], resources: [certificatesigningrequests/approval], verbs: [update]",
        "apiGroups: [certificates.k8s.io], resources: [signers], verbs: [approve]",
        "apiGroups: [newel.dev], resources: [breakglassrequests], verbs: [create]",
        "apiGroups: [newel.dev], resources: [breakglasspolicies], verbs: [approve]",
        "apiGroups: [newel.dev], resources: [modeldeployments], verbs: [patch]"
      })
  void whatCanNeverBeGivenIsRefused(String yaml) {
    assertThat(RoleRisks.of(List.of(rule(yaml))).never()).hasSize(1);
  }
}
