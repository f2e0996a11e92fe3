package dev.newel.audit;

import static dev.newel.audit.Trails.PRODUCER;
import static dev.newel.audit.Trails.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FileAuditRecorderTest {
  @TempDir Path folder;

  @Test
  void whatIsRecordedIsReadInOrderAndSound() {
    // When
    List<Receipt> receipts;
    try (var recorder = Trails.open(folder)) {
      receipts = recorder.record(List.of(event("req/1"), event("req/2")));
      recorder.record(event("req/3"));
    }

    // Then
    List<Trail.Entry> entries = Trail.read(folder);
    assertThat(entries)
        .extracting(Trail.Entry::type)
        .containsExactly(
            EventType.LOG_OPENED,
            EventType.REQUEST_DECIDED,
            EventType.REQUEST_DECIDED,
            EventType.REQUEST_DECIDED,
            EventType.LOG_CLOSED);
    assertThat(receipts)
        .containsExactly(
            new Receipt(entries.get(1).text("id"), 2), new Receipt(entries.get(2).text("id"), 3));
    assertThat(Trail.verify(Trail.lines(folder), true)).isEmpty();
  }

  @Test
  void anEventHasTheShapeOfCloudEvents() {
    // When
    try (var recorder = Trails.open(folder)) {
      recorder.record(event("req/1"));
    }

    // Then
    Map<String, Object> fields = Trail.read(folder).get(1).fields();
    assertThat(fields)
        .containsEntry("specversion", "1.0")
        .containsEntry("type", "guardrails.request.decided.v1")
        .containsEntry("source", PRODUCER.source())
        .containsEntry("subject", "req/1")
        .containsEntry("time", "2026-11-23T15:04:05.123Z")
        .containsEntry("producer", PRODUCER.id())
        .containsEntry("epoch", "1")
        .containsEntry("seq", "2")
        .containsEntry("phase", "fact")
        .containsEntry("data", Map.of("decision", Map.of("action", "Block")));
    assertThat((String) fields.get("id"))
        .matches("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  }

  @Test
  void theTimeKeepsItsMillisecondsAlsoWhenTheyAreZero() {
    // Given
    var sharp =
        java.time.Clock.fixed(
            java.time.Instant.parse("2026-11-23T15:04:00Z"), java.time.ZoneOffset.UTC);

    // When
    try (var recorder = FileAuditRecorder.open(folder, PRODUCER, sharp)) {
      recorder.record(event("req/1"));
    }

    // Then
    assertThat(Trail.read(folder))
        .allSatisfy(e -> assertThat(e.text("time")).isEqualTo("2026-11-23T15:04:00.000Z"));
  }

  @Test
  void eachEventNamesTheHashOfTheOneBefore() {
    // When
    try (var recorder = Trails.open(folder)) {
      IntStream.range(0, 20).forEach(i -> recorder.record(event("req/" + i)));
    }

    // Then
    List<Trail.Entry> entries = Trail.read(folder);
    assertThat(entries.getFirst().text("prevhash")).isEqualTo("0".repeat(64));
    for (int i = 1; i < entries.size(); i++) {
      assertThat(entries.get(i).text("seq")).isEqualTo(String.valueOf(i + 1));
      assertThat(entries.get(i).text("prevhash"))
          .isEqualTo(ChainedEvent.hash(entries.get(i - 1).line()));
    }
  }

  @Test
  void eachOpeningIsAnEpochOfItsOwn() {
    // When
    for (int i = 0; i < 12; i++) {
      try (var recorder = Trails.open(folder)) {
        recorder.record(event("req/" + i));
      }
    }

    // Then
    List<Trail.Entry> entries = Trail.read(folder);
    assertThat(entries.stream().filter(e -> e.type() == EventType.LOG_OPENED))
        .extracting(e -> e.text("epoch"))
        .containsExactly("1", "2", "3", "4", "5", "6", "7", "8", "9", "10", "11", "12");
    assertThat(Trail.verify(Trail.lines(folder), true)).isEmpty();
  }
}
