package dev.newel.audit;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/**
 * An event as it is stored: one canonical JSON line in the shape of CloudEvents 1.0, with its place
 * in the producer's chain.
 *
 * @param id UUID version 7 (RFC 9562)
 * @param line without line feed; its UTF-8 bytes are what is hashed
 */
public record ChainedEvent(String id, String line) {
  /** The format's limit for a leaf of the log (C2SP tlog-tiles: 16-bit length). */
  public static final int MAX_BYTES = 65_535;

  /** What stands in {@code prevhash} of an epoch's first event. */
  public static final String NO_HASH = "0".repeat(64);

  /** RFC 3339, always with milliseconds, so that times sort as text. */
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS'Z'").withZone(ZoneOffset.UTC);

  /**
   * Puts a draft in its place.
   *
   * @throws IllegalArgumentException when it has no canonical form or is longer than {@link
   *     #MAX_BYTES}
   */
  public static ChainedEvent of(
      EventDraft draft, Producer producer, long epoch, long seq, String prevHash, Instant now) {
    String id = uuid7(now).toString();
    Map<String, Object> event = new TreeMap<>();
    event.put("specversion", "1.0");
    event.put("id", id);
    event.put("type", draft.type().wire());
    event.put("source", producer.source());
    event.put("subject", draft.subject());
    event.put("time", TIME.format(now));
    event.put("datacontenttype", "application/json");
    event.put("producer", producer.id());
    event.put("epoch", Long.toString(epoch));
    event.put("seq", Long.toString(seq));
    event.put("prevhash", prevHash);
    event.put("phase", draft.phase().wire());
    draft.cause().ifPresent(c -> event.put("cause", c));
    event.put("data", draft.data());
    String line = CanonicalEvents.write(event);
    int bytes = line.getBytes(UTF_8).length;
    if (bytes > MAX_BYTES) {
      throw new IllegalArgumentException(
          "the event has %d bytes; the most is %d; record less about %s"
              .formatted(bytes, MAX_BYTES, draft.type().wire()));
    }
    return new ChainedEvent(id, line);
  }

  /** What the next event's {@code prevhash} says. */
  public String hash() {
    return hash(line);
  }

  static String hash(String line) {
    return hash(line.getBytes(UTF_8));
  }

  static String hash(byte[] line) {
    try {
      return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(line));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  private static UUID uuid7(Instant now) {
    byte[] random = new byte[16];
    Random.SECURE.nextBytes(random);
    var bytes = ByteBuffer.wrap(random);
    long high = (now.toEpochMilli() << 16) | 0x7000 | (bytes.getLong() & 0x0fff);
    long low = (bytes.getLong() & 0x3fff_ffff_ffff_ffffL) | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  private static final class Random {
    static final SecureRandom SECURE = new SecureRandom();
  }
}
