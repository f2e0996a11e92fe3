package dev.newel.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    /** V4: seq is contiguous within an epoch, and a producer's epochs grow. */
    CONTIGUOUS,
    /** V5: prevhash is the hash of the event before, and each epoch begins where the last ended. */
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
        // Damaged bytes become U+FFFD, and only a line feed ends a line: verify() is to see them.
        List<String> parts = List.of(new String(Files.readAllBytes(file), UTF_8).split("\n", -1));
        boolean torn = !parts.getLast().isEmpty();
        lines.addAll(torn ? parts : parts.subList(0, parts.size() - 1));
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
    var verifier = new TrailVerifier();
    lines.forEach(verifier::add);
    return verifier.findings(complete);
  }
}
