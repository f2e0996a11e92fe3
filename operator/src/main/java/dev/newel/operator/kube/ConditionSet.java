package dev.newel.operator.kube;

import io.fabric8.kubernetes.api.model.Condition;
import io.fabric8.kubernetes.api.model.ConditionBuilder;
import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * The conditions of one status. A condition keeps its transition time until its status changes,
 * also over a restart, because the times come from the object.
 */
public final class ConditionSet {
  /** Longest message; the API allows 32768, and nobody reads more than this. */
  private static final int MAX_MESSAGE = 1024;

  private final List<Condition> before;
  private final long generation;
  private final Clock clock;
  private final List<Condition> now = new ArrayList<>();

  public ConditionSet(List<Condition> before, Long generation, Clock clock) {
    this.before = before == null ? List.of() : before;
    this.generation = generation == null ? 0 : generation;
    this.clock = clock;
  }

  public ConditionSet add(String type, boolean status, Reason reason, String message) {
    return add(type, status ? "True" : "False", reason, message);
  }

  public ConditionSet add(String type, String status, Reason reason, String message) {
    String text =
        message.length() <= MAX_MESSAGE ? message : message.substring(0, MAX_MESSAGE - 1) + "…";
    String since =
        before.stream()
            .filter(c -> c.getType().equals(type) && c.getStatus().equals(status))
            .map(Condition::getLastTransitionTime)
            .filter(Objects::nonNull)
            .findFirst()
            .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS).toString());
    now.add(
        new ConditionBuilder()
            .withType(type)
            .withStatus(status)
            .withReason(reason.wire())
            .withMessage(text)
            .withObservedGeneration(generation)
            .withLastTransitionTime(since)
            .build());
    return this;
  }

  public List<Condition> list() {
    return List.copyOf(now);
  }

  /** Those whose status or reason is new: each is worth an event. */
  public List<Condition> transitions() {
    return now.stream()
        .filter(c -> !find(before, c.getType()).filter(b -> same(b, c)).isPresent())
        .toList();
  }

  private static boolean same(Condition a, Condition b) {
    return a.getStatus().equals(b.getStatus()) && a.getReason().equals(b.getReason());
  }

  /** The condition of this type; empty when there is none. */
  public static Optional<Condition> find(List<Condition> conditions, String type) {
    return conditions == null
        ? Optional.empty()
        : conditions.stream().filter(c -> c.getType().equals(type)).findFirst();
  }
}
