package dev.newel.cli.audit;

import dev.newel.audit.verify.Check;
import dev.newel.audit.verify.Finding;
import dev.newel.audit.verify.Verdict;
import java.io.PrintStream;
import java.util.List;
import java.util.stream.Collectors;

/** A verdict for people. */
final class VerdictText {
  /** So many findings of each check are printed; a log that is damaged early has thousands. */
  private static final int SHOWN = 10;

  private VerdictText() {}

  static void print(Verdict verdict, PrintStream out) {
    for (Check check : Check.values()) {
      List<Finding> found = verdict.findings().stream().filter(f -> f.check() == check).toList();
      found.stream()
          .limit(SHOWN)
          .forEach(f ->
              out.println(check + " " + check.title() + ": " + f.where() + ": " + f.message()));
      if (found.size() > SHOWN) {
        out.println(
            "%s %s: and %,d more; --json lists them"
                .formatted(check, check.title(), found.size() - SHOWN));
      }
    }
    verdict.notes().forEach(n -> out.println("note: " + n));
    String what =
        "%,d events of %d producers".formatted(verdict.events(), verdict.producers())
            + verdict
                .checkpoint()
                .map(c -> ", log " + c.origin() + ", root " + c.root())
                .orElse("");
    if (verdict.sound()) {
      out.println("SOUND: " + what);
    } else {
      out.println(
          "NOT SOUND: %,d findings (%s): %s"
              .formatted(
                  verdict.findings().size(),
                  verdict.findings().stream()
                      .map(f -> f.check().name())
                      .distinct()
                      .sorted()
                      .collect(Collectors.joining(", ")),
                  what));
    }
  }
}
