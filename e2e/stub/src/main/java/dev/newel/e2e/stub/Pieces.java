package dev.newel.e2e.stub;

import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** What goes out in one write each. */
final class Pieces {
  private Pieces() {}

  /** The units as they are, or all their bytes cut anew without regard to what they mean. */
  static List<byte[]> of(List<byte[]> units, Script script) {
    if (!script.splitBytes()) {
      return units;
    }
    var joined = new ByteArrayOutputStream();
    units.forEach(joined::writeBytes);
    byte[] all = joined.toByteArray();
    var pieces = new ArrayList<byte[]>();
    for (int from = 0; from < all.length; from += script.chunk()) {
      pieces.add(Arrays.copyOfRange(all, from, Math.min(all.length, from + script.chunk())));
    }
    return pieces;
  }
}
