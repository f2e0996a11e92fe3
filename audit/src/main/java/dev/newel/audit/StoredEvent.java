package dev.newel.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * An event as a log holds it, read strictly: canonical form, and the members that every event has.
 * What is refused here is refused by the log and found by the verifier, by the same code.
 *
 * @param bytes as stored; they are the leaf
 * @param time as the producer's clock had it
 * @param cause id of the intent, of an outcome
 */
public record StoredEvent(
    Stored bytes,
    String id,
    EventType type,
    String producer,
    long epoch,
    long seq,
    String prevHash,
    Phase phase,
    Optional<String> cause,
    String subject,
    Instant time) {

  /** The bytes of an event; equal when they are the same bytes. */
  public static final class Stored {
    private final byte[] bytes;

    Stored(byte[] bytes) {
      this.bytes = bytes;
    }

    /** Not a copy; do not change it. */
    public byte[] array() {
      return bytes;
    }
  }

  private static final Set<String> REQUIRED =
      Set.of(
          "specversion",
          "id",
          "type",
          "source",
          "subject",
          "time",
          "datacontenttype",
          "producer",
          "epoch",
          "seq",
          "prevhash",
          "phase",
          "data");
  private static final Set<String> OPTIONAL = Set.of("cause", "traceparent");
  private static final Pattern ID =
      Pattern.compile("[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}");
  private static final Pattern HASH = Pattern.compile("[0-9a-f]{64}");
  private static final Pattern TIME =
      Pattern.compile("\\d{4}-\\d\\d-\\d\\dT\\d\\d:\\d\\d:\\d\\d\\.\\d{3}Z");

  /**
   * Reads an event.
   *
   * @throws IllegalArgumentException when it is not in canonical form or not of the schema; the
   *     message quotes nothing but names of members
   */
  public static StoredEvent read(byte[] bytes) {
    if (bytes.length > ChainedEvent.MAX_BYTES) {
      throw new IllegalArgumentException(
          "it has " + bytes.length + " bytes; the most is " + ChainedEvent.MAX_BYTES);
    }
    Map<String, CanonicalScanner.Value> members = CanonicalScanner.members(bytes);
    for (String name : REQUIRED) {
      if (!members.containsKey(name)) {
        throw new IllegalArgumentException("has no " + name);
      }
    }
    for (String name : members.keySet()) {
      if (!REQUIRED.contains(name) && !OPTIONAL.contains(name)) {
        throw new IllegalArgumentException("has a member that no event has");
      }
    }
    EventType type = EventType.of(text(bytes, members, "type"));
    needs(bytes, members.get("data"), type);
    if (!text(bytes, members, "specversion").equals("1.0")
        || !text(bytes, members, "datacontenttype").equals("application/json")) {
      throw new IllegalArgumentException("is not CloudEvents 1.0 with application/json");
    }
    for (String name : Set.of("source", "subject", "producer")) {
      if (text(bytes, members, name).isEmpty()) {
        throw new IllegalArgumentException("has an empty " + name);
      }
    }
    Phase phase = phase(text(bytes, members, "phase"));
    Optional<String> cause =
        members.containsKey("cause")
            ? Optional.of(text(bytes, members, "cause"))
            : Optional.empty();
    if ((phase == Phase.OUTCOME) != cause.isPresent()) {
      throw new IllegalArgumentException("an outcome has a cause, and nothing else does");
    }
    return new StoredEvent(
        new Stored(bytes),
        matching(ID, bytes, members, "id"),
        type,
        text(bytes, members, "producer"),
        number(bytes, members, "epoch"),
        number(bytes, members, "seq"),
        matching(HASH, bytes, members, "prevhash"),
        phase,
        cause,
        text(bytes, members, "subject"),
        time(matching(TIME, bytes, members, "time")));
  }

  /** Hex of SHA-256 of the bytes: what the next event's {@code prevhash} says. */
  public String hash() {
    return ChainedEvent.hash(bytes.array());
  }

  /** All members as Jackson reads them. */
  public Trail.Entry entry() {
    String line = new String(bytes.array(), UTF_8);
    return new Trail.Entry(line, CanonicalEvents.parse(line));
  }

  /** {@code producer epoch 3 seq 17}. */
  public String where() {
    return producer + " epoch " + epoch + " seq " + seq;
  }

  private static void needs(byte[] bytes, CanonicalScanner.Value data, EventType type) {
    if (bytes[data.begin()] != '{') {
      throw new IllegalArgumentException("data is no object");
    }
    if (type.needs().isEmpty()) {
      return;
    }
    var part = new byte[data.end() - data.begin()];
    System.arraycopy(bytes, data.begin(), part, 0, part.length);
    Map<String, CanonicalScanner.Value> members = CanonicalScanner.members(part);
    for (String name : type.needs()) {
      if (!members.containsKey(name)) {
        throw new IllegalArgumentException("data of " + type.wire() + " has no " + name);
      }
    }
  }

  private static Phase phase(String text) {
    for (Phase phase : Phase.values()) {
      if (phase.wire().equals(text)) {
        return phase;
      }
    }
    throw new IllegalArgumentException("phase is none of intent, outcome, fact");
  }

  private static Instant time(String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException("time is no time", e);
    }
  }

  private static long number(
      byte[] bytes, Map<String, CanonicalScanner.Value> members, String name) {
    String text = text(bytes, members, name);
    // At most 18 digits: fits a long; one form only.
    boolean plain =
        text.length() <= 18
            && !text.isEmpty()
            && text.charAt(0) != '0'
            && text.chars().allMatch(c -> c >= '0' && c <= '9');
    if (!plain) {
      throw new IllegalArgumentException(name + " is no whole number from 1 on, as text");
    }
    return Long.parseLong(text);
  }

  private static String matching(
      Pattern pattern, byte[] bytes, Map<String, CanonicalScanner.Value> members, String name) {
    String text = text(bytes, members, name);
    if (!pattern.matcher(text).matches()) {
      throw new IllegalArgumentException(name + " is not written as it must be");
    }
    return text;
  }

  private static String text(
      byte[] bytes, Map<String, CanonicalScanner.Value> members, String name) {
    return CanonicalScanner.text(bytes, members.get(name));
  }
}
