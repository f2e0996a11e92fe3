package dev.newel.filter.protocol;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Other bytes for a span of a document.
 *
 * @param start inclusive
 * @param end exclusive
 * @param bytes what stands there instead
 */
record Patch(int start, int end, @SuppressWarnings("ArrayRecordComponent") byte[] bytes) {
  private static final Comparator<Patch> ORDER =
      Comparator.comparingInt(Patch::start)
          .thenComparing(Comparator.comparingInt(Patch::end).reversed());

  /**
   * The bytes with these patches; everything outside of them stays. What lies inside of a larger
   * patch is gone with it.
   */
  static byte[] apply(byte[] bytes, List<Patch> patches) {
    if (patches.isEmpty()) {
      return bytes;
    }
    var ordered = new ArrayList<>(patches);
    ordered.sort(ORDER);
    var out = new ByteArrayOutputStream(bytes.length + 64);
    int at = 0;
    for (Patch patch : ordered) {
      if (patch.start() >= at) {
        out.write(bytes, at, patch.start() - at);
        out.writeBytes(patch.bytes());
        at = patch.end();
      }
    }
    out.write(bytes, at, bytes.length - at);
    return out.toByteArray();
  }
}
