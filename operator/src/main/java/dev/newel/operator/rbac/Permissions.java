package dev.newel.operator.rbac;

import static dev.newel.operator.rbac.Permission.Scope.CLUSTER;
import static dev.newel.operator.rbac.Permission.Scope.OWN_NAMESPACE;

import dev.newel.operator.bundle.SigningKeySecret;
import java.util.List;

/**
 * Everything that the operator may do, and why. The roles that the chart installs are generated
 * from this table; a test on a real API server compares it with what the operator asks for, verb by
 * verb, so that it holds neither less nor more.
 */
public final class Permissions {
  /** Name of the lease by which operators elect their leader. */
  public static final String LEASE = "newel-operator";

  private static final String CRDS = "newel.dev";

  private Permissions() {}

  public static List<Permission> all() {
    return List.of(
        cluster(CRDS, "modeldeployments", "the models it serves", "list", "watch"),
        cluster(CRDS, "guardrailpolicies", "the policies it enforces", "list", "watch"),
        cluster(CRDS, "clusterguardrailpolicies", "the policies it enforces", "list", "watch"),
        cluster(CRDS, "modeldeployments/status", "says how far a model is", "patch"),
        cluster(CRDS, "guardrailpolicies/status", "says how far a policy is", "patch"),
        cluster(CRDS, "clusterguardrailpolicies/status", "says how far a policy is", "patch"),
        child("networking.k8s.io", "networkpolicies", "closes the model's own port"),
        child("", "serviceaccounts", "what a model's pods run as"),
        child("", "configmaps", "policy bundles; word lists are read", "update", "delete"),
        child("", "services", "leads clients to the filter"),
        child("policy", "poddisruptionbudgets", "for models of more than one pod", "delete"),
        child("apps", "deployments", "the model with its filter"),
        cluster("", "pods", "asks filters; hurries a bundle on", "list", "patch", "watch"),
        cluster("", "namespaces", "labels that cluster policies select", "list", "watch"),
        cluster("events.k8s.io", "events", "tells people what changed", "create"),
        cluster(
            CRDS, "breakglasspolicies", "which access may be asked for", "get", "list", "watch"),
        cluster(CRDS, "breakglasspolicies/status", "says whether it can be granted", "patch"),
        cluster(
            CRDS,
            "breakglassrequests",
            "takes recorded decisions off a request",
            "get",
            "list",
            "patch",
            "watch"),
        cluster(CRDS, "breakglassrequests/status", "says how far a request is", "patch"),
        child("rbac.authorization.k8s.io", "rolebindings", "gives access for a while", "delete"),
        child("batch", "jobs", "ends that access when the operator is dead", "delete"),
        cluster(
            "rbac.authorization.k8s.io",
            "clusterroles",
            "what a role gives; which of them it may bind is a value of the chart",
            "get",
            "list",
            "watch"),
        cluster(
            "admissionregistration.k8s.io",
            "validatingadmissionpolicies",
            "honours no decision while they are missing",
            "list",
            "watch"),
        cluster(
            "admissionregistration.k8s.io",
            "validatingadmissionpolicybindings",
            "honours no decision while they are missing",
            "list",
            "watch"),
        cluster("", "namespaces", "labels of the namespace in which access is wanted", "get"),
        cluster(
            "authorization.k8s.io",
            "subjectaccessreviews",
            "what of a role would be new for the requester",
            "create"),
        cluster("batch", "cronjobs", "what may outlive access", "list"),
        cluster(
            "certificates.k8s.io", "certificatesigningrequests", "what may outlive access", "list"),
        own("", "secrets", List.of(), "makes the signing key once", "create"),
        own("", "secrets", List.of(SigningKeySecret.NAME), "reads the signing key", "get"),
        own("coordination.k8s.io", "leases", List.of(), "leader election", "create"),
        own(
            "coordination.k8s.io",
            "leases",
            List.of(LEASE),
            "leader election; the framework will not start without update, and never uses it",
            "get",
            "patch",
            "update"));
  }

  /** What every child needs: a look before a create, and server-side apply. */
  private static Permission child(String group, String resource, String why, String... further) {
    var verbs = new java.util.TreeSet<>(List.of("create", "get", "list", "patch", "watch"));
    verbs.addAll(List.of(further));
    return new Permission(CLUSTER, group, resource, List.copyOf(verbs), List.of(), why);
  }

  private static Permission cluster(String group, String resource, String why, String... verbs) {
    return new Permission(CLUSTER, group, resource, List.of(verbs), List.of(), why);
  }

  private static Permission own(
      String group, String resource, List<String> names, String why, String... verbs) {
    return new Permission(OWN_NAMESPACE, group, resource, List.of(verbs), names, why);
  }
}
