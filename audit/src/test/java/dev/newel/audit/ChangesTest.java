package dev.newel.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.newel.audit.Changes.Change;
import dev.newel.audit.Changes.Intent;
import dev.newel.audit.Changes.Outcome;
import dev.newel.audit.Changes.Target;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChangesTest {
  private static final Change ONE = change("one");
  private static final Change TWO = change("two");

  @TempDir Path folder;

  @Test
  void anIntentIsDurableBeforeAndItsOutcomeAfter() {
    // When
    try (var recorder = Trails.open(folder)) {
      var changes = new Changes(recorder);
      List<Intent> intents = changes.intend(List.of(ONE, TWO));
      assertThat(Trail.openIntents(Trail.read(folder)))
          .extracting(e -> e.text("id"))
          .containsExactly(intents.get(0).id(), intents.get(1).id());
      changes.settle(
          List.of(
              new Outcome(intents.get(0), Optional.empty()),
              new Outcome(intents.get(1), Optional.of("HTTP 409"))));
    }

    // Then
    List<Trail.Entry> entries = Trail.read(folder);
    assertThat(entries.subList(1, 5))
        .extracting(Trail.Entry::type)
        .containsExactly(
            EventType.CHANGE_INTENDED,
            EventType.CHANGE_INTENDED,
            EventType.CHANGE_APPLIED,
            EventType.CHANGE_FAILED);
    assertThat(entries.get(3).text("cause")).isEqualTo(entries.get(1).text("id"));
    assertThat(entries.get(4).data()).isEqualTo(Map.of("reason", "HTTP 409"));
    assertThat(entries.get(4).text("subject")).isEqualTo("apps/v1/Deployment/team-a/two");
    assertThat(Trail.verify(Trail.lines(folder), true)).isEmpty();
  }

  @Test
  void aSecondOutcomeIsRefusedWithAllThatCameWithIt() {
    try (var recorder = Trails.open(folder)) {
      // Given
      var changes = new Changes(recorder);
      List<Intent> intents = changes.intend(List.of(ONE, TWO));
      var done = new Outcome(intents.get(0), Optional.empty());
      var late = new Outcome(intents.get(1), Optional.empty());
      changes.settle(List.of(done));

      // When
      assertThatThrownBy(() -> changes.settle(List.of(late, done)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessage("intent " + intents.get(0).id() + " has an outcome already");

      // Then
      changes.settle(List.of(late));
    }
    assertThat(Trail.verify(Trail.lines(folder), true)).isEmpty();
  }

  @Test
  void whatCouldNotBeSettledCanBeSettledLater() {
    // Given
    try (var recorder = new Faltering(Trails.open(folder))) {
      var changes = new Changes(recorder);
      Intent intent = changes.intend(List.of(ONE)).getFirst();
      var outcome = List.of(new Outcome(intent, Optional.empty()));

      // When
      recorder.full = true;
      assertThatThrownBy(() -> changes.settle(outcome))
          .isInstanceOf(AuditUnavailableException.class);
      recorder.full = false;
      changes.settle(outcome);
    }

    // Then
    assertThat(Trail.verify(Trail.lines(folder), true)).isEmpty();
  }

  @Test
  void whatACrashLeftOpenIsResolvedOnce() {
    // Given: the process ends between intent and outcome
    try (var crashed = Trails.open(folder)) {
      var changes = new Changes(crashed);
      List<Intent> intents = changes.intend(List.of(ONE, TWO, change("three")));
      changes.settle(List.of(new Outcome(intents.get(1), Optional.empty())));
    }
    List<Trail.Entry> open = Trail.openIntents(Trail.read(folder));
    assertThat(open)
        .extracting(e -> e.text("subject"))
        .containsExactly("apps/v1/Deployment/team-a/one", "apps/v1/Deployment/team-a/three");
    assertThat(Trail.verify(Trail.lines(folder), true)).hasSize(2);

    // When
    try (var recorder = new Faltering(Trails.open(folder))) {
      var changes = new Changes(recorder);
      recorder.full = true;
      assertThatThrownBy(() -> changes.resolve(open.getFirst(), Optional.empty()))
          .isInstanceOf(AuditUnavailableException.class);
      recorder.full = false;
      changes.resolve(open.getFirst(), Optional.empty());
      changes.resolve(open.getLast(), Optional.of("not stamped"));

      // Then
      assertThatThrownBy(() -> changes.resolve(open.getFirst(), Optional.empty()))
          .isInstanceOf(IllegalStateException.class);
      assertThat(Trail.openIntents(Trail.read(folder))).isEmpty();
    }
    assertThat(Trail.verify(Trail.lines(folder), true)).isEmpty();
    assertThat(Trail.read(folder).stream().filter(e -> e.data().containsKey("recovered")))
        .extracting(Trail.Entry::type)
        .containsExactly(EventType.CHANGE_APPLIED, EventType.CHANGE_FAILED);
  }

  @Test
  void anIntentOfThisProcessIsNotResolvedBehindItsBack() {
    try (var recorder = Trails.open(folder)) {
      // Given
      var changes = new Changes(recorder);
      var intent = changes.intend(List.of(ONE)).getFirst();
      var entry = Trail.openIntents(Trail.read(folder)).getFirst();

      // Then
      assertThatThrownBy(() -> changes.resolve(entry, Optional.empty()))
          .isInstanceOf(IllegalStateException.class);
      changes.settle(List.of(new Outcome(intent, Optional.empty())));
    }
    assertThat(Trail.verify(Trail.lines(folder), true)).isEmpty();
  }

  @Test
  void theVerifierNamesSecondAndUnknownOutcomes() {
    // Given
    try (var recorder = Trails.open(folder)) {
      var changes = new Changes(recorder);
      Intent intent = changes.intend(List.of(ONE)).getFirst();
      for (String cause : List.of(intent.id(), intent.id(), "unheard-of")) {
        recorder.record(
            new EventDraft(
                EventType.CHANGE_APPLIED, "x", Phase.OUTCOME, Optional.of(cause), Map.of()));
      }

      // Then
      assertThat(Trail.verify(Trail.lines(folder), false))
          .extracting(Trail.Finding::message)
          .containsExactly(
              "a second outcome of intent " + intent.id(),
              "outcome of an unknown intent unheard-of");
    }
  }

  @Test
  void onlyAnOutcomeNamesACause() {
    assertThatThrownBy(() ->
            new EventDraft(
                EventType.CHANGE_APPLIED, "x", Phase.OUTCOME, Optional.empty(), Map.of()))
        .hasMessage("an outcome names its intent, and nothing else does");
    assertThatThrownBy(() ->
            new EventDraft(
                EventType.CHANGE_INTENDED, "x", Phase.INTENT, Optional.of("id"), Map.of()))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static Change change(String name) {
    return new Change(
        "update",
        new Target("apps/v1", "Deployment", "team-a", name),
        "bundle changed",
        "ModelDeployment/team-a/llm");
  }

  /** A recorder whose disk is full when told so. */
  private static final class Faltering implements AuditRecorder {
    private final AuditRecorder inner;
    private boolean full;

    Faltering(AuditRecorder inner) {
      this.inner = inner;
    }

    @Override
    public List<Receipt> record(List<EventDraft> drafts) {
      if (full) {
        throw new AuditUnavailableException("no space left on device", null);
      }
      return inner.record(drafts);
    }

    @Override
    public void close() {
      inner.close();
    }
  }
}
