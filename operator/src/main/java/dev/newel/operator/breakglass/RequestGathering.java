package dev.newel.operator.breakglass;

import dev.newel.crds.BreakGlassPolicy;
import dev.newel.crds.BreakGlassRequest;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Reads all that a request is judged by from the API server itself: no cache has a say in a grant.
 */
final class RequestGathering {
  private static final String OURS = "app.kubernetes.io/part-of=newel";

  private final KubernetesClient client;
  private final ServerTime time;
  private final GrantLedger ledger;
  private final String operatorNamespace;
  private final List<GenericKubernetesResource> admission;

  RequestGathering(
      KubernetesClient client, GrantLedger ledger, String operatorNamespace, String operatorUser) {
    this.client = client;
    this.time = new ServerTime(client);
    this.ledger = ledger;
    this.operatorNamespace = operatorNamespace;
    this.admission = AdmissionPolicies.wanted(operatorUser);
  }

  /** Empty when the request is gone, or another one has its name. */
  Optional<RequestInput> gather(BreakGlassRequest seen) {
    String namespace = seen.getMetadata().getNamespace();
    var requests = client.resources(BreakGlassRequest.class);
    BreakGlassRequest request =
        requests.inNamespace(namespace).withName(seen.getMetadata().getName()).get();
    if (request == null || !request.getMetadata().getUid().equals(seen.getMetadata().getUid())) {
      return Optional.empty();
    }
    // After the request: what has been let through was judged by what is read now, or that changed.
    Instant now = time.now();
    AdmissionPolicies.Found found = admission(now);
    ClusterRole role = client.rbac().clusterRoles().withName(request.getSpec().role()).get();
    String name = GrantObjects.name(request);
    return Optional.of(
        new RequestInput(
            request,
            now,
            found,
            Optional.ofNullable(
                    client
                        .resources(BreakGlassPolicy.class)
                        .withName(request.getSpec().policy())
                        .get())
                .filter(p -> p.getMetadata().getDeletionTimestamp() == null),
            labels(namespace),
            Optional.ofNullable(role).map(r -> r.getRules() == null ? List.of() : r.getRules()),
            requests.inAnyNamespace().list().getItems().stream()
                .filter(r -> !r.getMetadata().getUid().equals(request.getMetadata().getUid()))
                .toList(),
            Optional.ofNullable(
                client.rbac().roleBindings().inNamespace(namespace).withName(name).get()),
            Optional.ofNullable(
                    client.batch().v1().jobs().inNamespace(namespace).withName(name).get())
                .filter(j -> j.getMetadata().getDeletionTimestamp() == null),
            ledger.ended(request.getMetadata().getUid())));
  }

  Instant now() {
    return time.now();
  }

  /** Whether the API server vouches for decisions now. */
  AdmissionPolicies.Found admission(Instant now) {
    var there = new ArrayList<GenericKubernetesResource>();
    var v1 = client.admissionRegistration().v1();
    v1.validatingAdmissionPolicies()
        .withLabelSelector(OURS)
        .list()
        .getItems()
        .forEach(o -> there.add(generic(o)));
    v1.validatingAdmissionPolicyBindings()
        .withLabelSelector(OURS)
        .list()
        .getItems()
        .forEach(o -> there.add(generic(o)));
    return AdmissionPolicies.compare(admission, there, now);
  }

  private static GenericKubernetesResource generic(HasMetadata object) {
    return Serialization.unmarshal(Serialization.asJson(object), GenericKubernetesResource.class);
  }

  /** None where no access may be given whatever a policy says. */
  private Optional<Map<String, String>> labels(String namespace) {
    if (namespace.equals(operatorNamespace) || namespace.startsWith("kube-")) {
      return Optional.empty();
    }
    return Optional.ofNullable(client.namespaces().withName(namespace).get())
        .filter(n -> n.getMetadata().getDeletionTimestamp() == null)
        .map(n -> Optional.ofNullable(n.getMetadata().getLabels()).orElse(Map.of()));
  }
}
