package dev.newel.audit.merkle;

import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.Signature;
import java.security.interfaces.EdECPrivateKey;
import java.security.spec.NamedParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The secret half of a {@link VerifierKey}: {@code PRIVATE+KEY+<name>+<id>+<base64 of 0x01 and the
 * seed>}, as Go's note package writes it. Its text is in no log and no message.
 */
public final class SignerKey {
  private static final String PREFIX = "PRIVATE+KEY+";

  /** RFC 8410: what stands before the 32 bytes of a seed in its PKCS #8 form. */
  private static final byte[] PKCS8_PREFIX =
      HexFormat.of().parseHex("302e020100300506032b657004220420");

  private final byte[] seed;
  private final PrivateKey key;
  private final VerifierKey verifier;

  private SignerKey(String name, byte[] seed) {
    this.seed = seed;
    try {
      var pkcs8 = Arrays.copyOf(PKCS8_PREFIX, PKCS8_PREFIX.length + 32);
      System.arraycopy(seed, 0, pkcs8, PKCS8_PREFIX.length, 32);
      key = KeyFactory.getInstance("Ed25519").generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
      // The JDK derives a public key only while it makes a pair: let it draw our seed.
      var pairs = KeyPairGenerator.getInstance("Ed25519");
      pairs.initialize(NamedParameterSpec.ED25519, new FixedRandom(seed));
      var pair = pairs.generateKeyPair();
      if (!Arrays.equals(((EdECPrivateKey) pair.getPrivate()).getBytes().orElseThrow(), seed)) {
        throw new IllegalStateException("the JDK no longer draws an Ed25519 seed in one piece");
      }
      byte[] x509 = pair.getPublic().getEncoded();
      verifier = VerifierKey.of(name, Arrays.copyOfRange(x509, x509.length - 32, x509.length));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every JDK since 15 has Ed25519", e);
    }
  }

  /** A new key. */
  public static SignerKey generate(String name, SecureRandom random) {
    var seed = new byte[32];
    random.nextBytes(seed);
    return new SignerKey(name, seed);
  }

  /**
   * Reads a key.
   *
   * @throws IllegalArgumentException when it is none; the message holds nothing of it
   */
  public static SignerKey parse(String text) {
    String[] parts = text.strip().split("\\+", 5);
    try {
      byte[] typed = Base64.getDecoder().decode(parts[4]);
      if (text.startsWith(PREFIX) && typed.length == 33 && typed[0] == 1) {
        var key = new SignerKey(parts[2], Arrays.copyOfRange(typed, 1, 33));
        if (key.id().equals(parts[3])) {
          return key;
        }
      }
    } catch (IllegalArgumentException | ArrayIndexOutOfBoundsException e) {
      // said below, without its words
    }
    throw new IllegalArgumentException(
        "not a signer key; expected PRIVATE+KEY+<name>+<8 hex digits>+<base64> with a matching id");
  }

  public VerifierKey verifier() {
    return verifier;
  }

  /** The secret, to be stored. */
  public String secretText() {
    var typed = new byte[33];
    typed[0] = 1;
    System.arraycopy(seed, 0, typed, 1, 32);
    return PREFIX + verifier.name() + "+" + id() + "+" + Base64.getEncoder().encodeToString(typed);
  }

  private String id() {
    return HexFormat.of().toHexDigits(verifier.id());
  }

  byte[] sign(byte[] text) {
    try {
      var signer = Signature.getInstance("Ed25519");
      signer.initSign(key);
      signer.update(text);
      return signer.sign();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing failed", e);
    }
  }

  @Override
  public String toString() {
    return "signer of " + verifier;
  }

  private static final class FixedRandom extends SecureRandom {
    private static final long serialVersionUID = 1;
    private final byte[] bytes;

    FixedRandom(byte[] bytes) {
      this.bytes = bytes.clone();
    }

    @Override
    public void nextBytes(byte[] to) {
      System.arraycopy(bytes, 0, to, 0, to.length);
    }
  }
}
