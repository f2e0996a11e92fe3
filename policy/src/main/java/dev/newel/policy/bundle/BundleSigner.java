package dev.newel.policy.bundle;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.Signature;

/** Turns a bundle into the bytes that are mounted into a pod. Equal bundles give equal bytes. */
public final class BundleSigner {
  private final PrivateKey key;
  private final String keyId;
  private final String publicKey;

  /**
   * A signer with both halves of one key.
   *
   * @throws IllegalArgumentException when a half is not an Ed25519 key
   */
  public BundleSigner(BundleKey.Pair pair) {
    this.key = BundleKey.privateKey(pair.privateKey());
    this.keyId = BundleKey.id(BundleKey.publicKey(pair.publicKey()));
    this.publicKey = pair.publicKey();
  }

  /** What a filter must be given to verify: base64 of the X.509 encoding. */
  public String publicKey() {
    return publicKey;
  }

  /** A compressed, signed envelope. */
  public byte[] sign(Bundle bundle) {
    byte[] payload = bundle.payload();
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initSign(key);
      signature.update(Envelope.preAuthEncoding(payload));
      return new Envelope(payload, keyId, signature.sign()).compress();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing failed", e);
    }
  }
}
