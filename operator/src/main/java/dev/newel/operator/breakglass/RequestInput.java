package dev.newel.operator.breakglass;

import dev.newel.crds.BreakGlassPolicy;
import dev.newel.crds.BreakGlassRequest;
import dev.newel.crds.BreakGlassRequestStatus.Basis;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.rbac.PolicyRule;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * All that is known about a request when it is judged; read anew for each judgement, past all
 * caches.
 *
 * @param request as the API server stores it
 * @param now the server's time, rounded down to seconds
 * @param admission whether the API server vouches for decisions
 * @param policy the one that the request names
 * @param namespaceLabels of the request's namespace; empty when it is none in which access is given
 * @param rules of the role that the request names
 * @param others all other requests, in all namespaces
 * @param binding what gives the access, or stands under its name
 * @param job what ends it, or stands under its name
 * @param endedBefore how the audit log says that this very request ended
 */
record RequestInput(
    BreakGlassRequest request,
    Instant now,
    AdmissionPolicies.Found admission,
    Optional<BreakGlassPolicy> policy,
    Optional<Map<String, String>> namespaceLabels,
    Optional<List<PolicyRule>> rules,
    List<BreakGlassRequest> others,
    Optional<RoleBinding> binding,
    Optional<Job> job,
    Optional<String> endedBefore) {
  RequestInput {
    others = List.copyOf(others);
  }

  String uid() {
    return request.getMetadata().getUid();
  }

  /** What a digest is made of now; empty while part of it is missing. */
  Optional<Basis> basis() {
    return policy
        .filter(_ -> rules.isPresent())
        .map(p ->
            new Basis(
                p.getMetadata().getUid() + "/" + p.getMetadata().getGeneration(),
                GrantDigest.role(rules.get()),
                admission.fingerprint()));
  }

  /** Until when it may be approved, if it ever could. */
  Optional<Instant> approveBy() {
    return policy.map(p ->
        Instant.parse(request.getMetadata().getCreationTimestamp())
            .plus(TimeSpan.of(p.getSpec().approvals().within())));
  }

  Optional<String> digest() {
    return basis().map(b -> GrantDigest.of(request, b, approveBy().orElseThrow()));
  }
}
