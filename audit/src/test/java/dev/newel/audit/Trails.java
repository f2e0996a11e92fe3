package dev.newel.audit;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Map;

/** Short ways to write trails in tests. */
final class Trails {
  static final Producer PRODUCER =
      new Producer("team-a/llm-0/uid", "/namespaces/team-a/pods/llm-0");
  static final Clock CLOCK = Clock.fixed(Instant.parse("2026-11-23T15:04:05.123Z"), ZoneOffset.UTC);

  private Trails() {}

  static FileAuditRecorder open(Path folder) {
    return FileAuditRecorder.open(folder, PRODUCER, CLOCK);
  }

  static EventDraft event(String subject) {
    return EventDraft.fact(
        EventType.REQUEST_DECIDED, subject, Map.of("decision", Map.of("action", "Block")));
  }
}
