package dev.newel.audit.verify;

import dev.newel.audit.ChainedEvent;
import dev.newel.audit.EventType;
import dev.newel.audit.Phase;
import dev.newel.audit.StoredEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** V4 to V8 and V10: judges one event after the other, in the order of the log. */
final class EventChecks {
  /** How far a producer's clock may be set back without being a finding. */
  static final Duration SKEW = Duration.ofSeconds(5);

  private record Head(long epoch, long seq, String hash, Instant time) {}

  private final List<Finding> findings;
  private final boolean wholeLog;
  private final Map<String, Head> heads = new HashMap<>();
  private final Set<String> epochEnds = new HashSet<>();
  private final Pairs pairs;
  private final Generations generations;
  private long events;
  private long prunedBefore;
  private Instant newest = Instant.MIN;

  /**
   * For a log's events.
   *
   * @param wholeLog whether it begins with the log's first event: only then can a first event tell
   *     that something before it is missing
   */
  EventChecks(List<Finding> findings, boolean wholeLog) {
    this.findings = findings;
    this.wholeLog = wholeLog;
    this.pairs = new Pairs(findings, wholeLog);
    this.generations = new Generations(findings);
  }

  long events() {
    return events;
  }

  int producers() {
    return heads.size();
  }

  Instant newest() {
    return newest;
  }

  /** Up to which index the log itself says it removed leaves. */
  long prunedBefore() {
    return prunedBefore;
  }

  void add(String place, byte[] bytes) {
    events++;
    StoredEvent event;
    try {
      event = StoredEvent.read(bytes);
    } catch (IllegalArgumentException e) {
      findings.add(new Finding(Check.V8, place, e.getMessage()));
      return;
    }
    chain(event);
    pairs.add(event);
    switch (event.type()) {
      case POLICY_ACCEPTED -> generations.add(event);
      case LOG_PRUNED -> prunedBefore = Math.max(prunedBefore, before(event));
      case LOG_GAP ->
          findings.add(
              new Finding(
                  Check.V4,
                  event.where(),
                  "the log declares that events of "
                      + event.entry().data().get("producer")
                      + " are missing: "
                      + event.entry().data().get("missing")));
      default -> {}
    }
    if (event.time().isAfter(newest)) {
      newest = event.time();
    }
  }

  private static long before(StoredEvent event) {
    return event.entry().data().get("before") instanceof String s && s.matches("\\d{1,18}")
        ? Long.parseLong(s)
        : 0;
  }

  /** What can be said only at the end; gives notes. */
  List<String> end() {
    return pairs.end(newest);
  }

  private void chain(StoredEvent event) {
    Head head = heads.get(event.producer());
    boolean follows = head != null && event.epoch() == head.epoch();
    long expected = follows ? head.seq() + 1 : 1;
    boolean known = follows || wholeLog || event.seq() == 1;
    if (known) {
      contiguous(event, head, expected);
      String before = follows ? head.hash() : ChainedEvent.NO_HASH;
      if (event.seq() == expected && !event.prevHash().equals(before)) {
        find(Check.V5, event, "prevhash is not the hash of the event before");
      }
    }
    if (event.type() == EventType.LOG_OPENED) {
      opened(event, head);
    }
    if (follows && event.time().isBefore(head.time().minus(SKEW))) {
      find(
          Check.V7,
          event,
          "says %s, and the one before it %s".formatted(event.time(), head.time()));
    }
    if (head == null || event.epoch() > head.epoch() || event.seq() > head.seq()) {
      heads.put(event.producer(), new Head(event.epoch(), event.seq(), event.hash(), event.time()));
    }
    if (event.type() == EventType.LOG_CLOSED) {
      epochEnds.add(event.hash());
    }
  }

  private void contiguous(StoredEvent event, Head head, long expected) {
    if (head != null && event.epoch() < head.epoch()) {
      find(Check.V4, event, "comes after epoch " + head.epoch() + " had begun");
    } else if (event.seq() > expected) {
      find(
          Check.V4,
          event,
          "seq %s before it %s missing"
              .formatted(
                  expected == event.seq() - 1 ? expected : expected + " to " + (event.seq() - 1),
                  expected == event.seq() - 1 ? "is" : "are"));
    } else if (event.seq() < expected) {
      find(
          Check.V4, event, "is there a second time or out of order; seq " + expected + " was next");
    }
  }

  /** Whether the epoch before ends as this one saw it end, whichever process wrote that. */
  private void opened(StoredEvent event, Head own) {
    Object previous = event.entry().data().get("previoushash");
    boolean sound =
        previous == null
            ? own == null
            : heads.values().stream().anyMatch(h -> h.hash().equals(previous))
                || epochEnds.contains(previous);
    if (!sound && (previous == null || wholeLog)) {
      find(Check.V5, event, "the epoch before does not end as this one saw it end");
    }
  }

  private void find(Check check, StoredEvent event, String message) {
    findings.add(new Finding(check, event.where(), message));
  }

  /** Whether an event is of a change or a request. */
  static boolean isRequest(StoredEvent event) {
    return event.phase() == Phase.FACT
        && switch (event.type()) {
          case REQUEST_DECIDED, REQUEST_COMPLETED, REQUEST_FAILED -> true;
          default -> false;
        };
  }
}
