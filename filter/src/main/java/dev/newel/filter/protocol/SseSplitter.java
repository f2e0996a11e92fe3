package dev.newel.filter.protocol;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/**
 * Cuts a byte stream into server-sent events (WHATWG HTML, 9.2): each piece is one event with all
 * its lines and the blank line that ends it, byte for byte.
 */
public final class SseSplitter {
  /** The most bytes of one event. */
  public static final int MAX_EVENT = 4 << 20;

  private final ByteArrayOutputStream pending = new ByteArrayOutputStream();
  private int lineLength;
  private boolean afterCarriageReturn;

  /**
   * Takes the next bytes and gives the events that they complete.
   *
   * @throws IllegalStateException when an event grows beyond {@link #MAX_EVENT}
   */
  public List<byte[]> add(byte[] bytes) {
    var events = new ArrayList<byte[]>();
    for (byte b : bytes) {
      if (afterCarriageReturn && b != '\n') {
        endLine(events);
      }
      afterCarriageReturn = b == '\r';
      pending.write(b);
      if (b == '\n') {
        endLine(events);
      } else if (b != '\r') {
        lineLength++;
      }
      if (pending.size() > MAX_EVENT) {
        throw new IllegalStateException("an event is longer than " + MAX_EVENT + " bytes");
      }
    }
    return events;
  }

  private void endLine(List<byte[]> events) {
    afterCarriageReturn = false;
    if (lineLength == 0 && pending.size() > 0) {
      events.add(pending.toByteArray());
      pending.reset();
    }
    lineLength = 0;
  }

  /** Bytes behind the last complete event. */
  public byte[] rest() {
    return pending.toByteArray();
  }

  /** A line with the characters that end it: CR LF, LF or CR. */
  private static final Pattern LINE = Pattern.compile("([^\\r\\n]*)(\\r\\n|\\n|\\r|$)");

  /**
   * The {@code data} of an event, its lines joined by line feeds.
   *
   * @return empty when a client would not see it: no data line, or nothing in it
   */
  static Optional<String> data(byte[] event) {
    var lines = new ArrayList<String>();
    LINE.matcher(text(event))
        .results()
        .map(m -> m.group(1))
        .filter(SseSplitter::isData)
        .forEach(line -> lines.add(line.replaceFirst("^data:? ?", "")));
    return Optional.of(String.join("\n", lines)).filter(data -> !data.isEmpty());
  }

  /** The event with other data, a line for each of its lines; other lines stay. */
  static byte[] withData(byte[] event, byte[] data) {
    var out = new StringBuilder(event.length + 32);
    boolean written = false;
    for (MatchResult line : LINE.matcher(text(event)).results().toList()) {
      if (!isData(line.group(1))) {
        out.append(line.group());
      } else if (!written) {
        String lines = new String(data, UTF_8).replace("\n", line.group(2) + "data: ");
        out.append("data: ").append(lines).append(line.group(2));
        written = true;
      }
    }
    return out.toString().getBytes(UTF_8);
  }

  private static boolean isData(String line) {
    return line.startsWith("data:") || line.equals("data");
  }

  /** Clients drop a byte order mark at the beginning of a stream. */
  private static String text(byte[] event) {
    String text = new String(event, UTF_8);
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }

  static boolean isBlank(byte[] bytes) {
    return Arrays.equals(bytes, new byte[0]) || new String(bytes, UTF_8).isBlank();
  }
}
