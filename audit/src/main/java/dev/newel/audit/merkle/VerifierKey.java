package dev.newel.audit.merkle;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.MessageDigest;
import java.security.PublicKey;
import java.security.Signature;
import java.security.spec.X509EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * An Ed25519 key that signed notes are verified with (C2SP signed-note, "vkey"): {@code <name>+<hex
 * of the key's id>+<base64 of 0x01 and the 32 bytes>}.
 *
 * @param name of the key: the log's origin
 * @param id first four bytes of SHA-256(name, line feed, 0x01, key)
 * @param text as it is written
 * @param key for the JDK
 */
public record VerifierKey(String name, int id, String text, PublicKey key) {
  private static final byte ED25519 = 1;

  /** RFC 8410: what stands before the 32 bytes of an Ed25519 key in its X.509 form. */
  private static final byte[] X509_PREFIX = HexFormat.of().parseHex("302a300506032b6570032100");

  /**
   * Reads a key.
   *
   * @throws IllegalArgumentException when it is none, with what is wrong
   */
  public static VerifierKey parse(String text) {
    String[] parts = text.strip().split("\\+", 3);
    if (parts.length != 3 || !isName(parts[0])) {
      throw bad("it is not <name>+<id>+<base64>");
    }
    byte[] key;
    try {
      key = Base64.getDecoder().decode(parts[2]);
    } catch (IllegalArgumentException e) {
      throw bad("its third part is not base64");
    }
    if (key.length != 33 || key[0] != ED25519) {
      throw bad("only Ed25519 keys (type 1, 32 bytes) are known");
    }
    VerifierKey read = of(parts[0], Arrays.copyOfRange(key, 1, 33));
    if (!read.text().equals(text.strip())) {
      throw bad("its id is not that of the key; it should read " + read.text());
    }
    return read;
  }

  /** The key with these 32 bytes. */
  static VerifierKey of(String name, byte[] raw) {
    if (!isName(name)) {
      throw bad("a key's name has neither + nor white space and is not empty: " + name);
    }
    try {
      var typed = new byte[33];
      typed[0] = ED25519;
      System.arraycopy(raw, 0, typed, 1, 32);
      var sha = MessageDigest.getInstance("SHA-256");
      sha.update((name + "\n").getBytes(UTF_8));
      byte[] hash = sha.digest(typed);
      String id = HexFormat.of().formatHex(hash, 0, 4);
      var x509 = Arrays.copyOf(X509_PREFIX, X509_PREFIX.length + 32);
      System.arraycopy(raw, 0, x509, X509_PREFIX.length, 32);
      return new VerifierKey(
          name,
          Integer.parseUnsignedInt(id, 16),
          name + "+" + id + "+" + Base64.getEncoder().encodeToString(typed),
          KeyFactory.getInstance("Ed25519").generatePublic(new X509EncodedKeySpec(x509)));
    } catch (GeneralSecurityException e) {
      throw bad("it is no point of the curve");
    }
  }

  boolean verifies(byte[] text, byte[] signature) {
    try {
      var verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(key);
      verifier.update(text);
      return verifier.verify(signature);
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  static boolean isName(String name) {
    return !name.isEmpty()
        && name.chars().noneMatch(c -> c == '+' || Character.isWhitespace(c) || c == 0xa0);
  }

  private static IllegalArgumentException bad(String why) {
    return new IllegalArgumentException(
        "not a verifier key: "
            + why
            + "; expected <name>+<8 hex digits>+<base64>, as the log's"
            + " operator published it");
  }

  @Override
  public String toString() {
    return text;
  }
}
