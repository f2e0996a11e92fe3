package dev.newel.operator.breakglass;

import com.google.re2j.Pattern;
import com.google.re2j.PatternSyntaxException;
import dev.newel.crds.BreakGlassPolicy;
import dev.newel.crds.BreakGlassPolicySpec;
import dev.newel.crds.BreakGlassPolicyStatus;
import dev.newel.operator.OperatorConfig;
import dev.newel.operator.breakglass.RequestChecks.Refusal;
import dev.newel.operator.kube.ConditionSet;
import dev.newel.operator.kube.Reason;
import dev.newel.operator.kube.StatusWriter;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicy;
import io.fabric8.kubernetes.api.model.admissionregistration.v1.ValidatingAdmissionPolicyBinding;
import io.fabric8.kubernetes.api.model.rbac.ClusterRole;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.config.informer.InformerEventSourceConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.Context;
import io.javaoperatorsdk.operator.api.reconciler.ControllerConfiguration;
import io.javaoperatorsdk.operator.api.reconciler.EventSourceContext;
import io.javaoperatorsdk.operator.api.reconciler.Reconciler;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import io.javaoperatorsdk.operator.processing.event.ResourceID;
import io.javaoperatorsdk.operator.processing.event.source.EventSource;
import io.javaoperatorsdk.operator.processing.event.source.informer.InformerEventSource;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** Says whether what a policy offers could be granted, and what is missing if not. */
@ControllerConfiguration(name = "breakglasspolicy")
public class BreakGlassPolicyReconciler implements Reconciler<BreakGlassPolicy> {
  /** Permissions of the operator change without an event. */
  private static final Duration RETRY = Duration.ofSeconds(5);

  private final KubernetesClient client;
  private final StatusWriter statuses;
  private final RequestGathering gathering;
  private final Powers powers;

  public BreakGlassPolicyReconciler(
      KubernetesClient client, StatusWriter statuses, GrantLedger ledger, OperatorConfig config) {
    this.client = client;
    this.statuses = statuses;
    this.gathering = new RequestGathering(client, ledger, config.namespace(), config.user());
    this.powers = new Powers(client);
  }

  @Override
  public List<EventSource<?, BreakGlassPolicy>> prepareEventSources(
      EventSourceContext<BreakGlassPolicy> context) {
    return List.of(
        source(context, ClusterRole.class, Optional.empty()),
        source(
            context,
            ValidatingAdmissionPolicy.class,
            Optional.of("app.kubernetes.io/part-of=newel")),
        source(
            context,
            ValidatingAdmissionPolicyBinding.class,
            Optional.of("app.kubernetes.io/part-of=newel")));
  }

  private static <T extends HasMetadata> EventSource<?, BreakGlassPolicy> source(
      EventSourceContext<BreakGlassPolicy> context, Class<T> type, Optional<String> selector) {
    var configuration =
        InformerEventSourceConfiguration.from(type, BreakGlassPolicy.class)
            .withName("breakglasspolicy-" + type.getSimpleName())
            .withSecondaryToPrimaryMapper(o ->
                context
                    .getPrimaryCache()
                    .list(p ->
                        !(o instanceof ClusterRole)
                            || p.getSpec().roles().stream()
                                .anyMatch(r -> r.name().equals(o.getMetadata().getName())))
                    .map(ResourceID::fromResource)
                    .collect(Collectors.toSet()));
    selector.ifPresent(configuration::withLabelSelector);
    return new InformerEventSource<>(configuration.build(), context);
  }

  @Override
  public UpdateControl<BreakGlassPolicy> reconcile(
      BreakGlassPolicy policy, Context<BreakGlassPolicy> context) {
    if (policy.getMetadata().getDeletionTimestamp() != null) {
      return UpdateControl.noUpdate();
    }
    var now = gathering.now();
    var roles = new ArrayList<BreakGlassPolicyStatus.Role>();
    Optional<Refusal> accepted = pattern(policy.getSpec());
    for (BreakGlassPolicySpec.Role offered : policy.getSpec().roles()) {
      ClusterRole role = client.rbac().clusterRoles().withName(offered.name()).get();
      Optional<Refusal> problem = judge(offered, role, roles);
      accepted = accepted.or(() -> problem);
    }
    var admission = gathering.admission(now);
    var conditions =
        new ConditionSet(
            policy.getStatus() == null ? null : policy.getStatus().conditions(),
            policy.getMetadata().getGeneration(),
            Clock.fixed(now, ZoneOffset.UTC));
    Refusal good =
        new Refusal(Reason.ACCEPTED, "every role can be granted, and the operator may bind it");
    Refusal said = accepted.orElse(good);
    conditions.add("Accepted", accepted.isEmpty(), said.reason(), said.message());
    Optional<Refusal> ready =
        accepted.or(
            () -> admission.problem().map(p -> new Refusal(Reason.ADMISSION_NOT_ENFORCED, p)));
    Refusal sum = ready.orElse(good);
    conditions.add("Ready", ready.isEmpty(), sum.reason(), sum.message());
    statuses.write(
        policy,
        new BreakGlassPolicy(),
        new BreakGlassPolicyStatus(
            policy.getMetadata().getGeneration(), List.copyOf(roles), conditions.list()),
        conditions.transitions());
    return ready.isEmpty()
        ? UpdateControl.noUpdate()
        : UpdateControl.<BreakGlassPolicy>noUpdate().rescheduleAfter(RETRY);
  }

  private Optional<Refusal> judge(
      BreakGlassPolicySpec.Role offered,
      ClusterRole role,
      List<BreakGlassPolicyStatus.Role> roles) {
    if (role == null) {
      return Optional.of(
          new Refusal(Reason.ROLE_NOT_FOUND, "there is no ClusterRole " + offered.name()));
    }
    var rules =
        role.getRules() == null
            ? List.<io.fabric8.kubernetes.api.model.rbac.PolicyRule>of()
            : role.getRules();
    RoleRisks risks = RoleRisks.of(rules);
    roles.add(
        new BreakGlassPolicyStatus.Role(
            offered.name(), rules.size(), List.copyOf(risks.risks().keySet())));
    return RequestChecks.risks(offered.name(), offered, risks)
        .or(() ->
            powers.mayBind(offered.name())
                ? Optional.empty()
                : Optional.of(new Refusal(Reason.BIND_NOT_PERMITTED, missing(offered.name()))));
  }

  /** The rule that is missing, ready to apply. */
  private static String missing(String role) {
    return ("the operator may not bind ClusterRole %s; add it to breakGlass.roles of the chart, or add"
            + " this rule to a ClusterRole of the operator: {apiGroups: [rbac.authorization.k8s.io],"
            + " resources: [clusterroles], resourceNames: [\"%s\"], verbs: [bind]}")
        .formatted(role, role);
  }

  private static Optional<Refusal> pattern(BreakGlassPolicySpec spec) {
    if (spec.reason() == null || spec.reason().pattern() == null) {
      return Optional.empty();
    }
    try {
      Pattern.compile(spec.reason().pattern());
      return Optional.empty();
    } catch (PatternSyntaxException e) {
      return Optional.of(
          new Refusal(
              Reason.INVALID_PATTERN,
              "spec.reason.pattern is not in RE2 syntax: " + Shown.text(e.getDescription())));
    }
  }
}
