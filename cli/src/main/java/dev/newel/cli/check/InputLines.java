package dev.newel.cli.check;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Optional;

/** Lines as bytes, one at a time, numbered from 1; blank ones are passed over. */
final class InputLines {
  /** The most bytes of a line: what a filter takes as a request, twice. */
  static final int MAX_LINE = 20 << 20;

  private final InputStream in;
  private int number;

  InputLines(InputStream in) {
    this.in = in;
  }

  /** Number of the line that was read last. */
  int number() {
    return number;
  }

  /**
   * The next line, without what ends it; empty at the end.
   *
   * @throws BadInputException when it is longer than {@link #MAX_LINE}; the line behind it comes
   *     next
   */
  Optional<byte[]> next() throws IOException, BadInputException {
    while (true) {
      var line = new ByteArrayOutputStream(256);
      long length = 0;
      int b = in.read();
      if (b < 0) {
        return Optional.empty();
      }
      number++;
      while (b >= 0 && b != '\n') {
        if (length++ < MAX_LINE) {
          line.write(b);
        }
        b = in.read();
      }
      if (length > MAX_LINE) {
        throw new BadInputException(
            "has %d bytes; the most is %d; cut the text".formatted(length, MAX_LINE));
      }
      byte[] bytes = line.toByteArray();
      if (!isBlank(bytes)) {
        return Optional.of(bytes);
      }
    }
  }

  private static boolean isBlank(byte[] bytes) {
    for (byte b : bytes) {
      if (b != ' ' && b != '\t' && b != '\r') {
        return false;
      }
    }
    return true;
  }
}
