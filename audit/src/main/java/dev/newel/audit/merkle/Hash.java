package dev.newel.audit.merkle;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.HexFormat;

/**
 * A SHA-256 value as RFC 6962, 2.1 makes it: of a leaf, of a node, of the empty tree. Four words
 * and not an array, so that equal hashes are equal objects.
 */
public record Hash(long a, long b, long c, long d) {
  /** Bytes of a hash. */
  public static final int SIZE = 32;

  /** The root of a tree without leaves: the hash of nothing. */
  public static final Hash EMPTY = of(digest().digest());

  /** The hash that stands in these bytes from {@code offset} on. */
  public static Hash of(byte[] bytes, int offset) {
    var b = ByteBuffer.wrap(bytes, offset, SIZE);
    return new Hash(b.getLong(), b.getLong(), b.getLong(), b.getLong());
  }

  /** The hash with these 32 bytes. */
  public static Hash of(byte[] bytes) {
    if (bytes.length != SIZE) {
      throw new IllegalArgumentException("a hash has 32 bytes, not " + bytes.length);
    }
    return of(bytes, 0);
  }

  /** {@code SHA-256(0x00 || leaf)}. */
  public static Hash ofLeaf(byte[] bytes, int offset, int length) {
    MessageDigest sha = digest();
    sha.update((byte) 0);
    sha.update(bytes, offset, length);
    return of(sha.digest());
  }

  /** {@code SHA-256(0x00 || leaf)}. */
  public static Hash ofLeaf(byte[] leaf) {
    return ofLeaf(leaf, 0, leaf.length);
  }

  /** {@code SHA-256(0x01 || left || right)}. */
  public static Hash ofNode(Hash left, Hash right) {
    var bytes = new byte[1 + 2 * SIZE];
    bytes[0] = 1;
    left.put(bytes, 1);
    right.put(bytes, 1 + SIZE);
    return of(digest().digest(bytes));
  }

  /** Writes the 32 bytes to {@code offset}. */
  public void put(byte[] to, int offset) {
    ByteBuffer.wrap(to, offset, SIZE).putLong(a).putLong(b).putLong(c).putLong(d);
  }

  public byte[] bytes() {
    var bytes = new byte[SIZE];
    put(bytes, 0);
    return bytes;
  }

  /** As checkpoints and proofs write it. */
  public String base64() {
    return Base64.getEncoder().encodeToString(bytes());
  }

  /** As events write it. */
  public String hex() {
    return HexFormat.of().formatHex(bytes());
  }

  @Override
  public String toString() {
    return base64();
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
