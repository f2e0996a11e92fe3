package dev.newel.cli.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.newel.crds.GuardrailResource;
import dev.newel.crds.ModelDeployment;
import dev.newel.crds.ModelDeploymentStatus;
import dev.newel.crds.RuleSpec;
import dev.newel.policy.Mode;
import io.fabric8.kubernetes.api.model.Condition;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Why the requests to a model are filtered as they are.
 *
 * @param model {@code namespace/name}
 * @param ready whether everything that should be enforced is
 * @param reason of the condition Ready
 * @param message of the condition Ready
 * @param revision of the effective policy that the filters are told to enforce; empty: none
 * @param oldestRevision of the pod that is furthest behind; empty: a pod reports none
 * @param clients who may connect, in words
 * @param egress further destinations that the pod may reach
 * @param policies that select the model, with their rules
 * @param bypass who has more rights in the namespace for a while
 */
record ModelView(
    String model,
    String endpoint,
    boolean ready,
    String reason,
    String message,
    String revision,
    String oldestRevision,
    int podsTotal,
    int podsProgrammed,
    List<String> clients,
    List<String> egress,
    List<Policy> policies,
    List<Grant> bypass) {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> NOT_THE_CHECK = Set.of("name", "severity", "input", "output");

  /** A policy that takes part. */
  record Policy(String policy, String mode, boolean accepted, String problem, List<Rule> rules) {}

  /** One of its rules; an action is empty when the rule does not look in that direction. */
  record Rule(String id, String detector, String severity, String input, String output) {}

  static ModelView of(Snapshot snapshot, ModelDeployment model) {
    var status =
        Optional.ofNullable(model.getStatus())
            .orElse(new ModelDeploymentStatus(-1L, null, null, null, null, null));
    var ready = condition(status.conditions(), "Ready");
    var pods = Optional.ofNullable(status.pods());
    boolean seen =
        model.getMetadata().getGeneration() == null
            || model.getMetadata().getGeneration().equals(status.observedGeneration());
    return new ModelView(
        model.reference(),
        text(status.endpoint()),
        seen && ready.filter(c -> c.getStatus().equals("True")).isPresent(),
        seen ? ready.map(Condition::getReason).orElse("NotSeen") : "NotSeen",
        seen && ready.isPresent()
            ? ready.get().getMessage()
            : "the operator has not looked at this generation yet",
        Optional.ofNullable(status.policy()).map(ModelDeploymentStatus.Policy::revision).orElse(""),
        pods.map(ModelDeploymentStatus.Pods::oldestRevision).orElse(""),
        pods.map(ModelDeploymentStatus.Pods::total).orElse(0),
        pods.map(ModelDeploymentStatus.Pods::programmed).orElse(0),
        clients(model),
        Optional.ofNullable(status.egress()).orElse(List.of()),
        snapshot.selecting(model).stream().map(ModelView::policy).toList(),
        Grant.of(snapshot).stream()
            .filter(Grant::live)
            .filter(g -> g.namespace().equals(model.getMetadata().getNamespace()))
            .toList());
  }

  /** Some pods enforce another revision than they are told to. */
  boolean drifts() {
    return podsTotal > 0 && (podsProgrammed < podsTotal || !revision.equals(oldestRevision));
  }

  private static Policy policy(GuardrailResource resource) {
    var accepted =
        condition(
            resource.getStatus() == null ? null : resource.getStatus().conditions(), "Accepted");
    boolean refused = accepted.filter(c -> c.getStatus().equals("False")).isPresent();
    Mode mode = Optional.ofNullable(resource.getSpec().mode()).orElse(Mode.ENFORCE);
    return new Policy(
        resource.reference(),
        json(mode).asText(),
        !refused,
        refused ? accepted.get().getReason() + ": " + accepted.get().getMessage() : "",
        resource.getSpec().rules().stream()
            .map(r -> rule(resource.reference() + "/" + r.name(), r))
            .toList());
  }

  private static Rule rule(String id, RuleSpec spec) {
    JsonNode tree = json(spec);
    return new Rule(
        id,
        tree.propertyStream()
            .filter(p -> !p.getValue().isNull() && !NOT_THE_CHECK.contains(p.getKey()))
            .map(java.util.Map.Entry::getKey)
            .collect(Collectors.joining(",")),
        tree.path("severity").asText("Medium"),
        tree.path("input").asText(""),
        tree.path("output").asText(""));
  }

  private static List<String> clients(ModelDeployment model) {
    var clients = model.getSpec().clients();
    if (clients == null) {
      return List.of("pods of namespace " + model.getMetadata().getNamespace());
    }
    return clients.stream()
        .map(p ->
            "pods "
                + (p.podSelector() == null ? "(all)" : json(p.podSelector()))
                + " of "
                + (p.namespaceSelector() == null
                    ? "namespace " + model.getMetadata().getNamespace()
                    : "namespaces " + json(p.namespaceSelector())))
        .toList();
  }

  static Optional<Condition> condition(List<Condition> conditions, String type) {
    return conditions == null
        ? Optional.empty()
        : conditions.stream().filter(c -> c.getType().equals(type)).findFirst();
  }

  private static JsonNode json(Object value) {
    return JSON.valueToTree(value);
  }

  private static String text(String value) {
    return value == null ? "" : value;
  }
}
