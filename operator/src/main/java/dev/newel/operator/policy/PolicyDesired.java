package dev.newel.operator.policy;

import dev.newel.crds.GuardrailPolicyStatus;
import dev.newel.crds.ModelDeployment;
import dev.newel.operator.kube.ConditionSet;
import dev.newel.operator.kube.Reason;
import dev.newel.policy.compile.Problem;
import java.time.Clock;
import java.util.List;
import java.util.stream.Collectors;

/** What a policy's status should say. Pure. */
final class PolicyDesired {
  /** The most problems that one message lists. */
  private static final int MAX_LISTED = 5;

  private PolicyDesired() {}

  record Desired(GuardrailPolicyStatus status, ConditionSet conditions) {}

  static Desired of(PolicyInput input, Clock clock) {
    var policy = input.policy();
    var before = policy.getStatus() == null ? null : policy.getStatus().conditions();
    Long generation = policy.getMetadata().getGeneration();
    var conditions = new ConditionSet(before, generation, clock);
    int selected = input.selected().size();
    int programmed = (int) input.selected().stream().filter(PolicyDesired::isProgrammed).count();
    if (input.reading().problems().isEmpty()) {
      accepted(conditions, policy.getSpec().rules().size(), selected, programmed);
    } else {
      refused(conditions, input.reading().problems());
    }
    return new Desired(
        new GuardrailPolicyStatus(
            generation,
            policy.getSpec().rules().size(),
            new GuardrailPolicyStatus.Models(selected, programmed),
            conditions.list()),
        conditions);
  }

  private static void accepted(ConditionSet conditions, int rules, int selected, int programmed) {
    conditions.add("Accepted", true, Reason.ACCEPTED, rules + " rules can be enforced");
    if (selected == 0) {
      String message = "selects no model; check targets and the labels of models and namespaces";
      conditions.add("Programmed", true, Reason.NO_TARGETS, message);
      conditions.add("Ready", true, Reason.NO_TARGETS, message);
      return;
    }
    String message = "in force on %d of %d models".formatted(programmed, selected);
    if (programmed == selected) {
      conditions.add("Programmed", true, Reason.PROGRAMMED, message);
      conditions.add("Ready", true, Reason.PROGRAMMED, message);
    } else {
      Reason reason = programmed == 0 ? Reason.PROGRAMMING : Reason.PARTIALLY_PROGRAMMED;
      conditions.add("Programmed", false, reason, message);
      conditions.add("Ready", false, reason, message);
      conditions.add("Reconciling", true, reason, message);
    }
  }

  private static void refused(ConditionSet conditions, List<Problem> problems) {
    Reason reason =
        switch (problems.getFirst().code()) {
          case INVALID_PATTERN -> Reason.INVALID_PATTERN;
          case UNKNOWN_ENTITY -> Reason.UNKNOWN_ENTITY;
          case SOURCE_NOT_FOUND -> Reason.SOURCE_NOT_FOUND;
          case TOO_COMPLEX -> Reason.TOO_COMPLEX;
        };
    String message =
        problems.stream().limit(MAX_LISTED).map(Problem::text).collect(Collectors.joining("; "))
            + (problems.size() > MAX_LISTED
                ? "; and " + (problems.size() - MAX_LISTED) + " more"
                : "");
    conditions.add("Accepted", false, reason, message);
    conditions.add(
        "Programmed", false, Reason.STALE, "models keep the last version that could be enforced");
    conditions.add("Ready", false, reason, message);
    conditions.add("Stalled", true, reason, message);
  }

  private static boolean isProgrammed(ModelDeployment model) {
    return model.getStatus() != null
        && model.getMetadata().getGeneration().equals(model.getStatus().observedGeneration())
        && ConditionSet.find(model.getStatus().conditions(), "Programmed")
            .filter(c -> c.getStatus().equals("True"))
            .isPresent();
  }
}
