package dev.newel.audit.log;

import dev.newel.audit.merkle.EntryTile;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * What one append writes: {@code "NWL1"}, first index (8 bytes), count (4), length of the body (4),
 * CRC-32C over these three and the body (4), then the body in the form of an entry tile. A frame is
 * acknowledged as a whole, and the next one is written only when it is durable: therefore a bad
 * frame that another one follows is damage, and one at the end a torn write.
 *
 * @param first index of its first leaf
 * @param count how many leaves
 * @param end where the next frame begins
 */
record Frame(long first, int count, int bodyAt, int bodyLength, int end) {
  static final int HEAD = 24;
  private static final int MAGIC = 0x4e574c31;

  /** The most that one append writes, so that a frame fits into memory. */
  static final int MAX_BODY = 16 << 20;

  static byte[] write(long first, List<byte[]> leaves) {
    byte[] body = EntryTile.join(leaves);
    var out = ByteBuffer.allocate(HEAD + body.length);
    out.putInt(MAGIC).putLong(first).putInt(leaves.size()).putInt(body.length);
    out.putInt(0).put(body);
    out.putInt(20, crc(out.array(), 0, body.length));
    return out.array();
  }

  /** The frame that stands at an offset; empty when none does, or it is not whole. */
  static Optional<Frame> at(byte[] bytes, int offset) {
    if (offset + HEAD > bytes.length) {
      return Optional.empty();
    }
    var head = ByteBuffer.wrap(bytes, offset, HEAD);
    int magic = head.getInt();
    long first = head.getLong();
    int count = head.getInt();
    int length = head.getInt();
    int crc = head.getInt();
    if (magic != MAGIC
        || length < 0
        || length > MAX_BODY
        || (long) offset + HEAD + length > bytes.length
        || crc != crc(bytes, offset, length)) {
      return Optional.empty();
    }
    return Optional.of(new Frame(first, count, offset + HEAD, length, offset + HEAD + length));
  }

  /** Whether a whole frame stands anywhere after an offset. */
  static boolean isAfter(byte[] bytes, int offset) {
    for (int i = offset + 1; i + HEAD <= bytes.length; i++) {
      if (bytes[i] == 'N' && bytes[i + 1] == 'W' && at(bytes, i).isPresent()) {
        return true;
      }
    }
    return false;
  }

  private static int crc(byte[] bytes, int offset, int length) {
    var crc = new CRC32C();
    crc.update(bytes, offset + 4, 16);
    crc.update(bytes, offset + HEAD, length);
    return (int) crc.getValue();
  }
}
