package dev.newel.audit.verify;

import dev.newel.audit.EventType;
import dev.newel.audit.Phase;
import dev.newel.audit.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** V6: intents and outcomes; requests that went on and how they ended. */
final class Pairs {
  /** How old the newest event must be beside what is open before that is a finding. */
  static final Duration PATIENCE = Duration.ofMinutes(10);

  private record Open(StoredEvent event) {}

  private final List<Finding> findings;
  private final boolean wholeLog;
  private final Map<String, Open> intents = new LinkedHashMap<>();
  private final Set<String> settled = new HashSet<>();
  private final Map<String, Open> requests = new LinkedHashMap<>();
  private final Map<String, Long> epochs = new HashMap<>();
  private final Set<String> closed = new HashSet<>();

  Pairs(List<Finding> findings, boolean wholeLog) {
    this.findings = findings;
    this.wholeLog = wholeLog;
  }

  void add(StoredEvent event) {
    epochs.merge(event.producer(), event.epoch(), Math::max);
    if (event.type() == EventType.LOG_CLOSED) {
      closed.add(event.producer() + " " + event.epoch());
    }
    if (event.phase() == Phase.INTENT) {
      if (intents.put(event.id(), new Open(event)) != null || settled.contains(event.id())) {
        find(event, "a second intent with the id " + event.id());
      }
    } else if (event.phase() == Phase.OUTCOME) {
      outcome(event, event.cause().orElseThrow());
    } else if (EventChecks.isRequest(event)) {
      request(event);
    }
  }

  private void outcome(StoredEvent event, String cause) {
    boolean known = intents.remove(cause) != null;
    if (!settled.add(cause)) {
      find(event, "a second outcome of intent " + cause);
    } else if (!known && wholeLog) {
      find(event, "outcome of an unknown intent " + cause);
    }
  }

  private void request(StoredEvent event) {
    String key = event.producer() + " " + event.subject();
    if (event.type() != EventType.REQUEST_DECIDED) {
      if (requests.remove(key) == null && wholeLog) {
        find(event, "a request ended that nobody had let go on: " + event.subject());
      }
    } else if (!isRefused(event)) {
      requests.put(key, new Open(event));
    }
  }

  /** A request that policy stops ends with its decision. */
  private static boolean isRefused(StoredEvent event) {
    return event.entry().data().get("decision") instanceof Map<?, ?> decision
        && "block".equals(String.valueOf(decision.get("action")).toLowerCase(Locale.ROOT));
  }

  /** Judges what is still open; gives notes on what may be. */
  List<String> end(Instant newest) {
    var notes = new ArrayList<String>();
    long young = 0;
    for (Open open : intents.values()) {
      if (open.event().time().isBefore(newest.minus(PATIENCE))) {
        find(open.event(), "intent " + open.event().id() + " has no outcome");
      } else {
        young++;
      }
    }
    if (young > 0) {
      notes.add(young + " changes had no outcome yet when the log ended");
    }
    long running = 0;
    long interrupted = 0;
    for (Open open : requests.values()) {
      StoredEvent event = open.event();
      if (closed.contains(event.producer() + " " + event.epoch())) {
        find(
            event, event.subject() + " went on and has no end, though its producer ended in order");
      } else if (epochs.get(event.producer()) > event.epoch()
          || event.time().isBefore(newest.minus(PATIENCE))) {
        interrupted++;
      } else {
        running++;
      }
    }
    if (running > 0) {
      notes.add(running + " requests were under way when the log ended");
    }
    if (interrupted > 0) {
      notes.add(interrupted + " requests went on and have no end: their filter was interrupted");
    }
    return notes;
  }

  private void find(StoredEvent event, String message) {
    findings.add(new Finding(Check.V6, event.where(), message));
  }
}
