package dev.newel.cli.cluster;

import dev.newel.crds.GuardrailResource;
import io.fabric8.kubernetes.api.model.apps.Deployment;
import java.util.List;
import java.util.Optional;

/**
 * A cluster on one screen.
 *
 * @param policies that are not ready, with why
 * @param grants that are live, or wait for somebody
 */
record ClusterView(
    List<Operator> operators,
    int modelCount,
    int modelsReady,
    int modelsDrifting,
    List<ModelView> models,
    int policyCount,
    List<Problem> policies,
    List<Grant> grants,
    List<String> notes) {

  /** An operator's Deployment. */
  record Operator(String namespace, String image, int ready, int wanted) {}

  /** Something that is not as it should be. */
  record Problem(String object, String reason, String message) {}

  static ClusterView of(Snapshot snapshot) {
    List<ModelView> models =
        snapshot.models().stream().map(m -> ModelView.of(snapshot, m)).toList();
    return new ClusterView(
        snapshot.operators().stream().map(ClusterView::operator).toList(),
        models.size(),
        (int) models.stream().filter(ModelView::ready).count(),
        (int) models.stream().filter(ModelView::drifts).count(),
        models,
        snapshot.policies().size(),
        snapshot.policies().stream().flatMap(p -> problem(p).stream()).toList(),
        Grant.of(snapshot),
        snapshot.notes());
  }

  /** An operator runs, every model and every policy is ready. */
  boolean good() {
    return operators.stream().anyMatch(o -> o.ready() > 0)
        && modelsReady == modelCount
        && policies.isEmpty();
  }

  private static Operator operator(Deployment deployment) {
    var status = Optional.ofNullable(deployment.getStatus());
    return new Operator(
        deployment.getMetadata().getNamespace(),
        deployment.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage(),
        status.map(s -> s.getReadyReplicas()).orElse(0),
        Optional.ofNullable(deployment.getSpec().getReplicas()).orElse(1));
  }

  private static Optional<Problem> problem(GuardrailResource policy) {
    String namespace = policy.getMetadata().getNamespace();
    String name = policy.reference() + (namespace == null ? "" : " in namespace " + namespace);
    var conditions = policy.getStatus() == null ? null : policy.getStatus().conditions();
    var ready = ModelView.condition(conditions, "Ready");
    if (ready.isEmpty()) {
      return Optional.of(new Problem(name, "NotSeen", "the operator has not looked at it yet"));
    }
    return ready
        .filter(c -> !c.getStatus().equals("True"))
        .map(c -> new Problem(name, c.getReason(), c.getMessage()));
  }
}
