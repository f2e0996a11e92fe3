package dev.newel.filter.detect;

import dev.newel.filter.detect.secrets.SecretsDetector;
import dev.newel.filter.model.Encoders;
import dev.newel.policy.Check;

/** Makes the detector that a check asks for. */
public final class Detectors {
  private Detectors() {}

  /**
   * Compiles a check; costs time and memory in proportion to its size.
   *
   * @throws IllegalArgumentException when the check cannot be compiled; {@code PolicyCompiler}
   *     refuses such a policy before it comes here
   */
  public static Detector of(Check check) {
    return switch (check) {
      case Check.Sensitive c -> new SensitiveDetector(c.entities());
      case Check.Words c -> new WordsDetector(c.values(), c.match());
      case Check.Pattern c -> new PatternDetector(c.expressions());
      case Check.Leakage c -> new LeakageDetector(c);
      case Check.Secrets _ -> new SecretsDetector();
      case Check.PromptAttack c -> new PromptAttackDetector(c, Encoders.shipped());
      case Check.Content c -> new ContentDetector(c);
      case Check.Tools _ ->
          throw new IllegalArgumentException(
              "detector " + check.detector() + " is not in this build; remove the rule");
    };
  }
}
