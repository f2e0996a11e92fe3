package dev.newel.policy.bundle;

import java.security.GeneralSecurityException;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.Signature;

/** Turns a bundle into the bytes that are mounted into a pod. Equal bundles give equal bytes. */
public final class BundleSigner {
  private final PrivateKey key;
  private final String keyId;
  private final String publicKey;

  /**
   * A signer with both halves of one key.
   *
   * @throws IllegalArgumentException when a half is not an Ed25519 key, or they do not belong
   *     together: filters would refuse every bundle
   */
  public BundleSigner(BundleKey.Pair pair) {
    this.key = BundleKey.privateKey(pair.privateKey());
    var publicHalf = BundleKey.publicKey(pair.publicKey());
    this.keyId = BundleKey.id(publicHalf);
    this.publicKey = pair.publicKey();
    if (!isPair(publicHalf)) {
      throw new IllegalArgumentException("private and public key are not two halves of one key");
    }
  }

  private boolean isPair(PublicKey publicHalf) {
    byte[] probe = {'N', 'e', 'w', 'e', 'l'};
    try {
      var verifier = Signature.getInstance("Ed25519");
      verifier.initVerify(publicHalf);
      verifier.update(probe);
      return verifier.verify(signature(probe));
    } catch (GeneralSecurityException e) {
      return false;
    }
  }

  /** What a filter must be given to verify: base64 of the X.509 encoding. */
  public String publicKey() {
    return publicKey;
  }

  /** A compressed, signed envelope. */
  public byte[] sign(Bundle bundle) {
    byte[] payload = bundle.payload();
    try {
      return new Envelope(payload, keyId, signature(Envelope.preAuthEncoding(payload))).compress();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("signing failed", e);
    }
  }

  private byte[] signature(byte[] message) throws GeneralSecurityException {
    var signature = Signature.getInstance("Ed25519");
    signature.initSign(key);
    signature.update(message);
    return signature.sign();
  }
}
