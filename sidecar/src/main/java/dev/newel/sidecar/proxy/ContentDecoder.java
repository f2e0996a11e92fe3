package dev.newel.sidecar.proxy;

import java.io.ByteArrayOutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.zip.CRC32;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/**
 * Undoes one content coding (RFC 9110, 8.4.1) piece by piece: gzip (RFC 1952), and deflate with or
 * without its zlib wrapping, because senders disagree. What comes out is bounded, so that a small
 * body cannot become a large one. Not for several threads.
 */
final class ContentDecoder implements AutoCloseable {
  /** What is decoded may be this many times as long as what was sent, and so much more. */
  static final int MOST_EXPANSION = 100;

  static final int FREE_EXPANSION = 64 << 10;

  /** The codings that are undone, as a header names them. */
  static final String KNOWN = "gzip, deflate";

  /** What came cannot be decoded, or not within the limits. */
  static final class CodingException extends Exception {
    private static final long serialVersionUID = 1;

    private final boolean tooLong;

    CodingException(String message, boolean tooLong) {
      super(message);
      this.tooLong = tooLong;
    }

    boolean isTooLong() {
      return tooLong;
    }
  }

  private enum State {
    HEAD,
    DATA,
    TRAILER,
    END
  }

  private final boolean gzip;
  private final long most;
  private final ByteArrayOutputStream waiting = new ByteArrayOutputStream();
  private final CRC32 check = new CRC32();
  private final byte[] piece = new byte[8192];
  private Inflater inflater;
  private State state = State.HEAD;
  private long in;
  private long out;

  private ContentDecoder(boolean gzip, long most) {
    this.gzip = gzip;
    this.most = most;
  }

  /** Whether the values of content-encoding headers say that a body is coded at all. */
  static boolean isCoded(List<String> headers) {
    return !names(headers).isEmpty();
  }

  /**
   * A decoder for what these content-encoding headers name; empty when that is not undone here:
   * another coding, or several.
   *
   * @param most the most bytes that may come out
   */
  static Optional<ContentDecoder> of(List<String> headers, long most) {
    List<String> names = names(headers);
    if (names.size() != 1) {
      return Optional.empty();
    }
    return switch (names.getFirst()) {
      case "gzip", "x-gzip" -> Optional.of(new ContentDecoder(true, most));
      case "deflate" -> Optional.of(new ContentDecoder(false, most));
      default -> Optional.empty();
    };
  }

  private static List<String> names(List<String> headers) {
    return headers.stream()
        .flatMap(h -> List.of(h.split(",", -1)).stream())
        .map(n -> n.strip().toLowerCase(Locale.ROOT))
        .filter(n -> !n.isEmpty() && !n.equals("identity"))
        .toList();
  }

  /** Decodes a whole body. */
  byte[] whole(byte[] body) throws CodingException {
    byte[] decoded = add(body);
    end();
    return decoded;
  }

  /** Decodes what can be decoded by now. */
  byte[] add(byte[] bytes) throws CodingException {
    in += bytes.length;
    byte[] rest = bytes;
    if (state == State.HEAD) {
      waiting.writeBytes(bytes);
      rest = waiting.toByteArray();
      int start = gzip ? gzipHead(rest) : rest.length < 2 ? -1 : 0;
      if (start < 0) {
        return new byte[0];
      }
      waiting.reset();
      inflater = new Inflater(gzip || !isZlib(rest));
      state = State.DATA;
      rest = Arrays.copyOfRange(rest, start, rest.length);
    }
    var decoded = new ByteArrayOutputStream(rest.length * 3);
    if (state == State.DATA) {
      rest = inflate(rest, decoded);
    }
    if (state == State.TRAILER) {
      waiting.writeBytes(rest);
      if (waiting.size() >= 8) {
        rest = trailer(waiting.toByteArray());
      } else {
        rest = new byte[0];
      }
    }
    if (state == State.END && rest.length > 0) {
      throw new CodingException("goes on behind its end", false);
    }
    return decoded.toByteArray();
  }

  /** Says that nothing more comes. */
  void end() throws CodingException {
    if (state != State.END) {
      throw new CodingException("ends too early", false);
    }
  }

  private byte[] inflate(byte[] bytes, ByteArrayOutputStream decoded) throws CodingException {
    inflater.setInput(bytes);
    try {
      while (!inflater.finished()) {
        int n = inflater.inflate(piece);
        if (n == 0) {
          if (inflater.needsDictionary()) {
            throw new CodingException("needs a dictionary", false);
          }
          return new byte[0]; // needs more input
        }
        out += n;
        if (out > most || out > FREE_EXPANSION + MOST_EXPANSION * in) {
          throw new CodingException("is longer than the limit when decoded", true);
        }
        check.update(piece, 0, n);
        decoded.write(piece, 0, n);
      }
    } catch (DataFormatException e) {
      throw new CodingException("is not what its coding says", false);
    }
    state = gzip ? State.TRAILER : State.END;
    return Arrays.copyOfRange(bytes, bytes.length - inflater.getRemaining(), bytes.length);
  }

  private byte[] trailer(byte[] bytes) throws CodingException {
    long crc = 0;
    long size = 0;
    for (int i = 3; i >= 0; i--) {
      crc = (crc << 8) | (bytes[i] & 0xff);
      size = (size << 8) | (bytes[i + 4] & 0xff);
    }
    if (crc != check.getValue() || size != (out & 0xffffffffL)) {
      throw new CodingException("was damaged", false);
    }
    state = State.END;
    return Arrays.copyOfRange(bytes, 8, bytes.length);
  }

  /** RFC 1950: method 8 and a check value. */
  private static boolean isZlib(byte[] b) {
    return (b[0] & 0x0f) == 8 && (((b[0] & 0xff) << 8) | (b[1] & 0xff)) % 31 == 0;
  }

  /** Length of the gzip head; -1 when it is not all here. */
  private static int gzipHead(byte[] b) throws CodingException {
    if (b.length >= 3 && ((b[0] & 0xff) != 0x1f || (b[1] & 0xff) != 0x8b || b[2] != 8)) {
      throw new CodingException("is not what its coding says", false);
    }
    if (b.length > FREE_EXPANSION) {
      throw new CodingException("has an endless head", false);
    }
    if (b.length < 10) {
      return -1;
    }
    int flags = b[3];
    int at = 10;
    if ((flags & 4) != 0) { // extra field
      if (b.length < at + 2) {
        return -1;
      }
      at += 2 + ((b[at] & 0xff) | ((b[at + 1] & 0xff) << 8));
    }
    for (int flag : new int[] {8, 16}) { // name, comment: each ends with a zero
      if ((flags & flag) != 0) {
        while (at < b.length && b[at] != 0) {
          at++;
        }
        at++;
      }
    }
    at += (flags & 2) != 0 ? 2 : 0; // check of the head
    return at <= b.length ? at : -1;
  }

  @Override
  public void close() {
    if (inflater != null) {
      inflater.end();
    }
  }
}
