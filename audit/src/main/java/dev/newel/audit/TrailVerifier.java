package dev.newel.audit;

import dev.newel.audit.Trail.Check;
import dev.newel.audit.Trail.Entry;
import dev.newel.audit.Trail.Finding;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Judges one line after the other; knows where each producer's chain stands. */
final class TrailVerifier {
  private static final List<String> NEEDED =
      List.of(
          "specversion",
          "id",
          "source",
          "subject",
          "time",
          "producer",
          "epoch",
          "seq",
          "prevhash",
          "phase");

  private record Head(long epoch, long seq, String hash) {}

  private final List<Finding> findings = new ArrayList<>();
  private final Map<String, Head> heads = new LinkedHashMap<>();
  private final Map<String, String> intents = new LinkedHashMap<>();
  private final Set<String> settled = new HashSet<>();
  private int number;

  void add(String line) {
    number++;
    Entry entry;
    try {
      entry = new Entry(line, CanonicalEvents.read(line));
      form(entry);
    } catch (IllegalArgumentException e) {
      findings.add(new Finding(Check.FORM, "line " + number, e.getMessage()));
      return;
    }
    String where =
        "%s epoch %s seq %s"
            .formatted(entry.text("producer"), entry.text("epoch"), entry.text("seq"));
    chain(entry, where);
    pair(entry, where);
  }

  /** All that was found; with open intents among it when no producer runs any more. */
  List<Finding> findings(boolean complete) {
    var all = new ArrayList<>(findings);
    if (complete) {
      intents.forEach((id, where) ->
          all.add(new Finding(Check.INTENT_OUTCOME, where, "intent " + id + " has no outcome")));
    }
    return all;
  }

  private static void form(Entry entry) {
    EventType _ = entry.type();
    for (String name : NEEDED) {
      if (entry.text(name).isEmpty()) {
        throw new IllegalArgumentException("has no " + name);
      }
    }
  }

  private void chain(Entry entry, String where) {
    long epoch = number(entry.text("epoch"));
    long seq = number(entry.text("seq"));
    Head head = heads.get(entry.text("producer"));
    boolean first = head == null || epoch != head.epoch();
    long expected = first ? 1 : head.seq() + 1;
    if (seq != expected || (head != null && epoch < head.epoch())) {
      findings.add(
          new Finding(Check.CONTIGUOUS, where, "seq " + expected + " of its epoch was expected"));
    }
    if (entry.type() == EventType.LOG_OPENED && !followsOn(entry, head)) {
      findings.add(
          new Finding(Check.CHAIN, where, "the epoch before does not end as this one saw it end"));
    }
    String hash = first ? ChainedEvent.NO_HASH : head.hash();
    if (!entry.text("prevhash").equals(hash)) {
      findings.add(new Finding(Check.CHAIN, where, "prevhash is not the hash of the event before"));
    }
    heads.put(entry.text("producer"), new Head(epoch, seq, ChainedEvent.hash(entry.line())));
  }

  /**
   * Whether the last event of the epoch before is there. Another producer may have written it: an
   * earlier pod on the same volume.
   */
  private boolean followsOn(Entry opened, Head own) {
    Object previous = opened.data().get("previoushash");
    if (previous == null) {
      return own == null;
    }
    return heads.values().stream().anyMatch(head -> head.hash().equals(previous));
  }

  private void pair(Entry entry, String where) {
    if (entry.text("phase").equals(Phase.INTENT.wire())) {
      intents.put(entry.text("id"), where);
    } else if (entry.text("phase").equals(Phase.OUTCOME.wire())) {
      String cause = entry.text("cause");
      if (intents.remove(cause) == null) {
        findings.add(
            new Finding(
                Check.INTENT_OUTCOME,
                where,
                settled.contains(cause)
                    ? "a second outcome of intent " + cause
                    : "outcome of an unknown intent " + cause));
      }
      settled.add(cause);
    }
  }

  private static long number(String text) {
    try {
      return Long.parseLong(text);
    } catch (NumberFormatException e) {
      return -1;
    }
  }
}
