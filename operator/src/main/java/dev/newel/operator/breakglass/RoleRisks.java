package dev.newel.operator.breakglass;

import dev.newel.crds.GrantRisk;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * Which powers of a role outlive or widen a grant. Pure.
 *
 * @param risks what may be accepted, each with the rule that brings it
 * @param never what may not, in words with the rule
 */
record RoleRisks(Map<GrantRisk, String> risks, List<String> never) {
  private static final Set<String> WRITES =
      Set.of("create", "update", "patch", "delete", "deletecollection");
  private static final Set<String> READS = Set.of("get", "list", "watch");
  private static final Set<String> REACHING_PODS =
      Set.of("pods/exec", "pods/attach", "pods/portforward", "pods/proxy");
  private static final Set<String> WORKLOADS =
      Set.of(
          "pods",
          "replicationcontrollers",
          "deployments",
          "daemonsets",
          "statefulsets",
          "replicasets",
          "jobs",
          "cronjobs");
  private static final Set<String> CLUSTER_RULES =
      Set.of("admissionregistration.k8s.io", "apiextensions.k8s.io", "apiregistration.k8s.io");

  static RoleRisks of(List<PolicyRule> rules) {
    var risks = new EnumMap<GrantRisk, String>(GrantRisk.class);
    var never = new ArrayList<String>();
    for (PolicyRule rule : rules) {
      forbidden(rule).ifPresent(why -> never.add(why + ": " + line(rule)));
      risks(rule).forEach(r -> risks.putIfAbsent(r, line(rule)));
    }
    return new RoleRisks(risks, List.copyOf(never));
  }

  /** {@code get,list pods (apps)}: a rule on one line. */
  static String line(PolicyRule rule) {
    String groups =
        list(rule.getApiGroups()).stream()
            .map(g -> g.isEmpty() ? "core" : g)
            .collect(Collectors.joining(","));
    String names =
        list(rule.getResourceNames()).isEmpty()
            ? ""
            : " named " + String.join(",", rule.getResourceNames());
    String urls =
        list(rule.getNonResourceURLs()).isEmpty()
            ? ""
            : " urls " + String.join(",", rule.getNonResourceURLs());
    return Shown.text(
        String.join(",", list(rule.getVerbs()))
            + " "
            + String.join(",", list(rule.getResources()))
            + (groups.equals("core") || groups.isEmpty() ? "" : " (" + groups + ")")
            + names
            + urls);
  }

  private static Optional<String> forbidden(PolicyRule rule) {
    if (list(rule.getResources()).isEmpty()) {
      return Optional.empty(); // paths outside of namespaces: a RoleBinding grants none of them
    }
    boolean wild =
        Stream.of(rule.getVerbs(), rule.getResources(), rule.getApiGroups())
            .anyMatch(l -> list(l).stream().anyMatch(t -> t.contains("*")));
    if (wild) {
      return Optional.of("a wildcard grants what nobody has read");
    }
    if (verb(rule, Set.of("escalate", "bind"))) {
      return Optional.of("escalate and bind give any power");
    }
    if (impersonates(rule)
        && list(rule.getResources()).stream().anyMatch(r -> !r.equals("serviceaccounts"))) {
      return Optional.of("impersonating users and groups gives any power");
    }
    if (group(rule, Set.of("rbac.authorization.k8s.io")) && verb(rule, WRITES)) {
      return Optional.of("writing RBAC makes access permanent");
    }
    if (group(rule, CLUSTER_RULES) && verb(rule, WRITES)) {
      return Optional.of(
          "writing admission objects or API definitions takes away what guards this");
    }
    if (resource(rule, Set.of("nodes/proxy"))) {
      return Optional.of("nodes/proxy runs programs in any pod");
    }
    if (group(rule, Set.of("certificates.k8s.io"))
        && (resource(
                rule,
                Set.of("certificatesigningrequests/approval", "certificatesigningrequests/status"))
            || verb(rule, Set.of("approve", "sign")))) {
      return Optional.of("approving certificates makes users");
    }
    if (group(rule, Set.of("newel.dev"))
        && list(rule.getVerbs()).stream().anyMatch(v -> !READS.contains(v))) {
      return Optional.of("changing Newel's own resources changes what guards this");
    }
    return Optional.empty();
  }

  private static List<GrantRisk> risks(PolicyRule rule) {
    var found = new ArrayList<GrantRisk>();
    boolean core = group(rule, Set.of(""));
    if (core && resource(rule, Set.of("secrets")) && verb(rule, READS)) {
      found.add(GrantRisk.READ_SECRETS);
    }
    if (core && resource(rule, REACHING_PODS)) {
      found.add(GrantRisk.EXEC_INTO_PODS);
    }
    if (core && resource(rule, Set.of("pods/ephemeralcontainers")) && verb(rule, WRITES)) {
      found.add(GrantRisk.EPHEMERAL_CONTAINERS);
    }
    if (core
        && ((resource(rule, Set.of("serviceaccounts/token")) && verb(rule, WRITES))
            // a Secret can ask for a token of a service account, which never ends
            || (resource(rule, Set.of("secrets"))
                && verb(rule, Set.of("create", "update", "patch"))))) {
      found.add(GrantRisk.MINT_SERVICE_ACCOUNT_TOKENS);
    }
    if (impersonates(rule) && resource(rule, Set.of("serviceaccounts"))) {
      found.add(GrantRisk.IMPERSONATE_SERVICE_ACCOUNTS);
    }
    if (resource(rule, WORKLOADS) && verb(rule, Set.of("create", "update", "patch"))) {
      found.add(GrantRisk.CREATE_WORKLOADS);
    }
    return found;
  }

  private static boolean impersonates(PolicyRule rule) {
    return list(rule.getVerbs()).stream().anyMatch(v -> v.startsWith("impersonate"));
  }

  private static boolean group(PolicyRule rule, Set<String> groups) {
    return list(rule.getApiGroups()).stream().anyMatch(groups::contains);
  }

  private static boolean resource(PolicyRule rule, Set<String> resources) {
    return list(rule.getResources()).stream().anyMatch(resources::contains);
  }

  private static boolean verb(PolicyRule rule, Set<String> verbs) {
    return list(rule.getVerbs()).stream().anyMatch(verbs::contains);
  }

  private static List<String> list(List<String> list) {
    return list == null ? List.of() : list;
  }
}
