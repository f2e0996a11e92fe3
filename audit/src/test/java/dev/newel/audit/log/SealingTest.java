package dev.newel.audit.log;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.newel.audit.Changes;
import dev.newel.audit.FileAuditRecorder;
import dev.newel.audit.Producer;
import dev.newel.audit.Trail;
import dev.newel.audit.verify.LogFiles;
import dev.newel.audit.verify.Verdict;
import dev.newel.audit.verify.Verifier;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SealingTest {
  @TempDir Path folder;

  /** Two operators after each other on one volume, as pods of a Deployment are. */
  private List<String> operatorTrail() {
    for (String pod : List.of("o-1", "o-2")) {
      try (var recorder =
          FileAuditRecorder.open(
              folder.resolve("trail"),
              new Producer("ns/" + pod + "/operator", "/" + pod),
              Logs.CLOCK)) {
        var changes = new Changes(recorder);
        var intents =
            changes.intend(
                List.of(
                    new Changes.Change(
                        "create",
                        new Changes.Target("apps/v1", "Deployment", "team-a", "llm"),
                        "wanted",
                        "ModelDeployment/team-a/llm")));
        changes.settle(List.of(new Changes.Outcome(intents.getFirst(), Optional.empty())));
      }
    }
    return Trail.lines(folder.resolve("trail"));
  }

  private Verdict verify(Path log) throws IOException {
    return Verifier.verify(LogFiles.folder(log), Verifier.Options.of(Logs.KEY.verifier()), _ -> {});
  }

  @Test
  void trailsOfProducersBecomeALogThatVerifiesAndGrows() throws IOException {
    List<String> trail = operatorTrail();
    Path log = folder.resolve("log");
    // When
    long size = Sealing.seal(List.of(trail.subList(0, 5)), log, Logs.KEY, Logs.CLOCK);
    // Then
    assertThat(size).isEqualTo(7);
    // And what was sealed is not sealed again
    assertThat(Sealing.seal(List.of(trail), log, Logs.KEY, Logs.CLOCK)).isEqualTo(12);
    Path published = folder.resolve("published");
    Sealing.publish(log, published);
    Verdict verdict = verify(published);
    assertThat(verdict.findings()).isEmpty();
    assertThat(verdict.events()).isEqualTo(12);
    assertThat(verdict.producers()).isEqualTo(3);
  }

  @Test
  void aTrailWithALineLessIsNotSealed() throws IOException {
    var trail = new ArrayList<>(operatorTrail());
    trail.remove(1);
    assertThatThrownBy(
            () -> Sealing.seal(List.of(trail), folder.resolve("log"), Logs.KEY, Logs.CLOCK))
        .isInstanceOfSatisfying(
            RefusedException.class, e -> assertThat(e.refusal()).isEqualTo(Refusal.OUT_OF_ORDER));
  }
}
