package dev.newel.filter.protocol;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

  /**
   * The {@code data} of an event, its lines joined by line feeds.
   *
   * @return null when the event has none: a comment, for example
   */
  static String data(byte[] event) {
    String text = new String(event, java.nio.charset.StandardCharsets.UTF_8);
    StringBuilder data = null;
    for (String line : text.split("\r\n|\n|\r", -1)) {
      if (line.startsWith("data:")) {
        String value = line.substring(line.startsWith("data: ") ? 6 : 5);
        data = data == null ? new StringBuilder(value) : data.append('\n').append(value);
      }
    }
    return data == null ? null : data.toString();
  }

  /** The event with its data replaced by one line; other lines stay. */
  static byte[] withData(byte[] event, byte[] data) {
    var out = new ByteArrayOutputStream(event.length + 32);
    String text = new String(event, java.nio.charset.StandardCharsets.UTF_8);
    boolean written = false;
    for (String line : text.split("(?<=\n)", -1)) {
      if (!line.startsWith("data:")) {
        out.writeBytes(line.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      } else if (!written) {
        out.writeBytes("data: ".getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        out.writeBytes(data);
        out.writeBytes(
            (line.endsWith("\r\n") ? "\r\n" : "\n")
                .getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        written = true;
      }
    }
    return out.toByteArray();
  }

  static boolean isBlank(byte[] bytes) {
    return Arrays.equals(bytes, new byte[0])
        || new String(bytes, java.nio.charset.StandardCharsets.UTF_8).isBlank();
  }
}
