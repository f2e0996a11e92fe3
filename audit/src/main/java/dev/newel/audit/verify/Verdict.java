package dev.newel.audit.verify;

import dev.newel.audit.merkle.Checkpoint;
import java.util.List;
import java.util.Optional;

/**
 * What verification says of a log.
 *
 * @param checkpoint the one that was verified; empty when none is signed by the key
 * @param events how many were read
 * @param producers how many wrote them
 * @param findings what is wrong, in the order in which it was found
 * @param notes what a reader should know and is no defect
 */
public record Verdict(
    Optional<Checkpoint> checkpoint,
    long events,
    int producers,
    List<Finding> findings,
    List<String> notes) {
  public Verdict {
    findings = List.copyOf(findings);
    notes = List.copyOf(notes);
  }

  public boolean sound() {
    return findings.isEmpty();
  }
}
