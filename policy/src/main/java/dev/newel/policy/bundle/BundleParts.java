package dev.newel.policy.bundle;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A signed bundle cut into parts that fit into ConfigMaps. Each part begins with 16 bytes: {@code
 * "NWB1"}, its index and the number of parts (two bytes each, big endian), and the first 8 bytes of
 * the SHA-256 of the whole. So parts of two bundles, as a pod may see them while an update is on
 * its way, are told apart.
 */
public final class BundleParts {
  /** The most bytes of one part, header included: a ConfigMap holds 1 MiB. */
  public static final int MAX_PART = 900 << 10;

  /** The most parts of a bundle: one ConfigMap each. */
  public static final int MAX_PARTS = 4;

  /** The most bytes of a compressed bundle. */
  public static final int MAX_BYTES = (MAX_PART - 16) * MAX_PARTS;

  private static final int MAGIC = 0x4e574231;
  private static final int HEADER = 16;

  private BundleParts() {}

  /** The file name, and ConfigMap key, of a part: {@code bundle.000}. */
  public static String key(int index) {
    return "bundle.%03d".formatted(index);
  }

  /**
   * Cuts a bundle; the list has one entry for each ConfigMap.
   *
   * @throws BundleRefusedException {@link Refused#TOO_LARGE}
   */
  public static List<byte[]> split(byte[] bundle) {
    return split(bundle, MAX_PART);
  }

  static List<byte[]> split(byte[] bundle, int maxPart) {
    int body = maxPart - HEADER;
    int total = Math.max(1, Math.ceilDiv(bundle.length, body));
    if (total > MAX_PARTS) {
      throw new BundleRefusedException(
          Refused.TOO_LARGE,
          "the bundle has %d bytes; the most is %d".formatted(bundle.length, body * MAX_PARTS));
    }
    byte[] hash = hash(bundle);
    var parts = new ArrayList<byte[]>();
    for (int i = 0; i < total; i++) {
      int from = i * body;
      int length = Math.min(body, bundle.length - from);
      parts.add(
          ByteBuffer.allocate(HEADER + length)
              .putInt(MAGIC)
              .putShort((short) i)
              .putShort((short) total)
              .put(hash)
              .put(bundle, from, length)
              .array());
    }
    return parts;
  }

  /**
   * Puts the parts together.
   *
   * @param files contents by file name; names other than {@link #key}'s are passed over
   * @throws BundleRefusedException {@link Refused#INCOMPLETE} when parts are missing or do not
   *     belong together, {@link Refused#MALFORMED} when one is no part at all
   */
  public static byte[] join(Map<String, byte[]> files) {
    SortedMap<String, byte[]> parts = new TreeMap<>(files);
    parts.keySet().removeIf(name -> !name.matches("bundle\\.\\d{3}"));
    if (parts.isEmpty()) {
      throw new BundleRefusedException(Refused.INCOMPLETE, "no part of a bundle is there");
    }
    var out = new ByteArrayOutputStream();
    byte[] hash = null;
    int total = 0;
    int index = 0;
    for (byte[] bytes : parts.values()) {
      if (bytes.length < HEADER || bytes.length > MAX_PART) {
        throw new BundleRefusedException(
            Refused.MALFORMED, "a part has " + bytes.length + " bytes; the most is " + MAX_PART);
      }
      var part = ByteBuffer.wrap(bytes);
      if (part.getInt() != MAGIC) {
        throw new BundleRefusedException(Refused.MALFORMED, "a part does not begin with NWB1");
      }
      int at = part.getShort();
      int of = part.getShort();
      byte[] whole = new byte[8];
      part.get(whole);
      if (hash == null) {
        hash = whole;
        total = of;
      }
      if (at != index || of != total || !Arrays.equals(hash, whole)) {
        throw new BundleRefusedException(
            Refused.INCOMPLETE, "the parts belong to different bundles, or one is missing");
      }
      out.write(bytes, HEADER, bytes.length - HEADER);
      index++;
      if (index == total) {
        break;
      }
    }
    byte[] bundle = out.toByteArray();
    if (index != total || !Arrays.equals(hash, hash(bundle))) {
      throw new BundleRefusedException(
          Refused.INCOMPLETE, "%d of %d parts are there".formatted(index, total));
    }
    return bundle;
  }

  private static byte[] hash(byte[] bytes) {
    try {
      return Arrays.copyOf(MessageDigest.getInstance("SHA-256").digest(bytes), 8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
