package dev.newel.audit.log;

import dev.newel.audit.EventDraft;
import dev.newel.audit.EventType;
import java.util.Map;

/** What a log says of itself. */
final class OwnEvents {
  private OwnEvents() {}

  static EventDraft opened(String origin, long size) {
    return EventDraft.fact(EventType.LOG_OPENED, "log/" + origin, Map.of("size", size));
  }

  static EventDraft closed(String origin) {
    return EventDraft.fact(EventType.LOG_CLOSED, "log/" + origin, Map.of());
  }

  static EventDraft recovered(String origin, long bytesCut, long tiles) {
    return EventDraft.fact(
        EventType.LOG_RECOVERED,
        "log/" + origin,
        Map.of("bytesCut", bytesCut, "tilesRewritten", tiles));
  }

  static EventDraft heartbeat(String origin, long size) {
    return EventDraft.fact(EventType.LOG_HEARTBEAT, "log/" + origin, Map.of("size", size));
  }

  static EventDraft gap(String producer, long epoch, long from, long to) {
    return EventDraft.fact(
        EventType.LOG_GAP,
        "producer/" + producer,
        Map.of(
            "producer", producer,
            "epoch", Long.toString(epoch),
            "from", Long.toString(from),
            "to", Long.toString(to),
            "missing", to - from + 1));
  }

  static EventDraft lost(String producer, long epoch, long seq) {
    return EventDraft.fact(
        EventType.LOG_PRODUCERLOST,
        "producer/" + producer,
        Map.of("producer", producer, "epoch", Long.toString(epoch), "seq", Long.toString(seq)));
  }

  static EventDraft pruned(String origin, long before) {
    return EventDraft.fact(
        EventType.LOG_PRUNED, "log/" + origin, Map.of("before", Long.toString(before)));
  }

  static EventDraft keyRotated(String origin, String key) {
    return EventDraft.fact(EventType.LOG_KEYROTATED, "log/" + origin, Map.of("key", key));
  }
}
