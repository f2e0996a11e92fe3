package dev.newel.cli.breakglass;

import dev.newel.crds.BreakGlassRequestStatus.Phase;
import java.util.Locale;
import java.util.Set;

/** What somebody may decide. */
public enum Word {
  APPROVE("Approve what a request says.", Set.of(Phase.PENDING)),
  DENY("Deny a request, for good.", Set.of(Phase.PENDING, Phase.APPROVED)),
  WITHDRAW(
      "Withdraw a request of your own, or end your own access.",
      Set.of(Phase.PENDING, Phase.APPROVED, Phase.ACTIVE)),
  REVOKE("End somebody's access at once.", Set.of(Phase.APPROVED, Phase.ACTIVE)),
  REVIEW(
      "Close access that has ended, after its report was read.",
      Set.of(Phase.REVIEW_PENDING, Phase.REVOKED));

  private final String description;

  @SuppressWarnings("ImmutableEnumChecker") // made by Set.of
  private final Set<Phase> phases;

  Word(String description, Set<Phase> phases) {
    this.description = description;
    this.phases = phases;
  }

  String description() {
    return description;
  }

  /** In which phases of a request it means something. */
  boolean fits(Phase phase) {
    return phase != null && phases.contains(phase);
  }

  /** As it is typed. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  String annotation() {
    return "newel.dev/" + text();
  }
}
