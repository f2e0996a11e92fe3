package dev.newel.policy.bundle;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.MessageDigest;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.HexFormat;

/** Ed25519 keys (RFC 8032) that sign bundles, and their text forms. */
public final class BundleKey {
  private static final String ALGORITHM = "Ed25519";

  private BundleKey() {}

  /**
   * A key pair as text.
   *
   * @param privateKey base64 of PKCS#8
   * @param publicKey base64 of X.509 SubjectPublicKeyInfo
   */
  public record Pair(String privateKey, String publicKey) {
    @Override
    public String toString() {
      return "Pair[privateKey=***, publicKey=" + publicKey + "]";
    }
  }

  public static Pair generate() {
    try {
      var pair = KeyPairGenerator.getInstance(ALGORITHM).generateKeyPair();
      Base64.Encoder base64 = Base64.getEncoder();
      return new Pair(
          base64.encodeToString(pair.getPrivate().getEncoded()),
          base64.encodeToString(pair.getPublic().getEncoded()));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform since 15 has Ed25519", e);
    }
  }

  /**
   * Reads {@link Pair#privateKey}.
   *
   * @throws IllegalArgumentException when it is no Ed25519 key; never quotes the text
   */
  static PrivateKey privateKey(String base64) {
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(base64)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the signing key is not a base64 PKCS#8 Ed25519 private key", e);
    }
  }

  /**
   * Reads {@link Pair#publicKey}.
   *
   * @throws IllegalArgumentException when it is no Ed25519 key
   */
  static PublicKey publicKey(String base64) {
    try {
      return KeyFactory.getInstance(ALGORITHM)
          .generatePublic(new X509EncodedKeySpec(Base64.getDecoder().decode(base64)));
    } catch (GeneralSecurityException | IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "the bundle key is " + base64 + "; expected base64 of an X.509 Ed25519 public key", e);
    }
  }

  /** First 16 hex digits of the SHA-256 of the X.509 encoding. */
  static String id(PublicKey key) {
    try {
      byte[] hash = MessageDigest.getInstance("SHA-256").digest(key.getEncoded());
      return HexFormat.of().formatHex(hash, 0, 8);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }
}
