package dev.newel.policy.bundle;

import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;

/** Judges bundles: signed by the one key, for the one model, not older than what is in force. */
public final class BundleVerifier {
  private final PublicKey key;
  private final String keyId;

  /**
   * A verifier for one key.
   *
   * @param publicKey base64 of the X.509 encoding of an Ed25519 public key
   * @throws IllegalArgumentException when it is none
   */
  public BundleVerifier(String publicKey) {
    this.key = BundleKey.publicKey(publicKey);
    this.keyId = BundleKey.id(key);
  }

  /**
   * Returns the bundle, or throws.
   *
   * @param compressed what {@link BundleSigner#sign} made
   * @param model {@code namespace/name} the bundle must be for
   * @param lastSequence the sequence in force; 0 when there is none
   * @throws BundleRefusedException with the first reason that applies, in the order of {@link
   *     Refused}
   */
  public Bundle verify(byte[] compressed, String model, long lastSequence) {
    Bundle bundle = open(compressed);
    if (!bundle.model().equals(model)) {
      throw new BundleRefusedException(
          Refused.WRONG_MODEL, "the bundle is for " + bundle.model() + ", not for " + model);
    }
    if (bundle.sequence() < lastSequence) {
      throw new BundleRefusedException(
          Refused.OLDER,
          "the bundle has sequence " + bundle.sequence() + "; " + lastSequence + " is in force");
    }
    return bundle;
  }

  /** As {@link #verify}, for any model and any sequence: how the operator reads its own bundles. */
  public Bundle open(byte[] compressed) {
    Envelope envelope = Envelope.expand(compressed);
    if (!envelope.keyId().equals(keyId)) {
      throw new BundleRefusedException(
          Refused.UNSIGNED, "signed by key " + envelope.keyId() + "; expected key " + keyId);
    }
    try {
      var signature = Signature.getInstance("Ed25519");
      signature.initVerify(key);
      signature.update(Envelope.preAuthEncoding(envelope.payload()));
      if (!signature.verify(envelope.signature())) {
        throw new BundleRefusedException(Refused.BAD_SIGNATURE, "the signature does not fit");
      }
    } catch (GeneralSecurityException e) {
      throw new BundleRefusedException(
          Refused.BAD_SIGNATURE, "the signature cannot be read: " + e.getMessage());
    }
    return Bundle.parse(envelope.payload());
  }
}
