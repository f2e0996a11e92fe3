package dev.newel.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Reads what {@link FileAuditRecorder} wrote, and judges it. */
public final class Trail {
  private Trail() {}

  /**
   * One stored event.
   *
   * @param line as it is stored
   * @param fields its members
   */
  public record Entry(String line, Map<String, Object> fields) {
    public String text(String name) {
      return fields.get(name) instanceof String s ? s : "";
    }

    public EventType type() {
      return EventType.of(text("type"));
    }

    @SuppressWarnings("unchecked")
    public Map<String, Object> data() {
      return (Map<String, Object>) fields.getOrDefault("data", Map.of());
    }
  }

  /**
   * Something that is wrong with a trail.
   *
   * @param check which check found it
   * @param where producer, epoch and seq, as far as known
   * @param message for people
   */
  public record Finding(Check check, String where, String message) {}

  /** What is checked; the numbers are those of the audit design. */
  public enum Check {
    /** V4: seq is contiguous within an epoch, epochs within a producer. */
    CONTIGUOUS,
    /** V5: prevhash is the hash of the event before. */
    CHAIN,
    /** V6: every intent has exactly one outcome. */
    INTENT_OUTCOME,
    /** V8: canonical form, known type, needed members. */
    FORM
  }

  /** All events of a folder, oldest first; lines that cannot be read are left out. */
  public static List<Entry> read(Path folder) {
    var entries = new ArrayList<Entry>();
    for (String line : lines(folder)) {
      try {
        entries.add(new Entry(line, CanonicalEvents.read(line)));
      } catch (IllegalArgumentException e) {
        // verify() names it; a reader shows what can be shown
      }
    }
    return entries;
  }

  /** Every stored line of a folder, oldest first. */
  public static List<String> lines(Path folder) {
    try {
      var lines = new ArrayList<String>();
      for (Path file : TrailFiles.list(folder)) {
        lines.addAll(Files.readAllLines(file));
      }
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Intents without an outcome, oldest first: what a restarted operator must resolve. */
  public static List<Entry> openIntents(List<Entry> entries) {
    var open = new LinkedHashMap<String, Entry>();
    for (Entry e : entries) {
      if (e.text("phase").equals(Phase.INTENT.wire())) {
        open.put(e.text("id"), e);
      } else if (e.text("phase").equals(Phase.OUTCOME.wire())) {
        open.remove(e.text("cause"));
      }
    }
    return List.copyOf(open.values());
  }

  /**
   * Judges lines of one or more producers, each producer's in its own order.
   *
   * @param complete whether open intents are findings: false while a producer still runs
   */
  public static List<Finding> verify(List<String> lines, boolean complete) {
    var findings = new ArrayList<Finding>();
    var heads = new LinkedHashMap<String, Head>();
    Map<String, String> intents = new LinkedHashMap<>();
    Set<String> settled = new LinkedHashSet<>();
    int number = 0;
    for (String line : lines) {
      number++;
      Entry entry;
      try {
        entry = new Entry(line, CanonicalEvents.read(line));
        EventType _ = entry.type();
      } catch (IllegalArgumentException e) {
        findings.add(new Finding(Check.FORM, "line " + number, e.getMessage()));
        continue;
      }
      String where =
          "%s epoch %s seq %s"
              .formatted(entry.text("producer"), entry.text("epoch"), entry.text("seq"));
      chain(entry, where, heads, findings);
      pair(entry, where, intents, settled, findings);
    }
    if (complete) {
      intents.forEach((id, where) ->
          findings.add(
              new Finding(Check.INTENT_OUTCOME, where, "intent " + id + " has no outcome")));
    }
    return findings;
  }

  private record Head(long epoch, long seq, String hash) {}

  private static void chain(
      Entry entry, String where, Map<String, Head> heads, List<Finding> findings) {
    long epoch = number(entry.text("epoch"));
    long seq = number(entry.text("seq"));
    Head head = heads.get(entry.text("producer"));
    boolean first = head == null || epoch != head.epoch();
    long expected = first ? 1 : head.seq() + 1;
    if (seq != expected || (head != null && first && epoch != head.epoch() + 1)) {
      findings.add(
          new Finding(Check.CONTIGUOUS, where, "seq " + expected + " of its epoch was expected"));
    }
    String hash = first ? ChainedEvent.NO_HASH : head.hash();
    if (!entry.text("prevhash").equals(hash)) {
      findings.add(new Finding(Check.CHAIN, where, "prevhash is not the hash of the event before"));
    }
    heads.put(entry.text("producer"), new Head(epoch, seq, ChainedEvent.hash(entry.line())));
  }

  private static void pair(
      Entry entry,
      String where,
      Map<String, String> intents,
      Set<String> settled,
      List<Finding> findings) {
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
