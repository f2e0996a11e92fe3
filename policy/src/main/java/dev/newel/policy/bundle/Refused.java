package dev.newel.policy.bundle;

/**
 * Why a bundle was not accepted. The names are labels of a metric and reasons at the admin port.
 */
public enum Refused {
  /** Parts are missing, or come from different bundles: an update is on its way. */
  INCOMPLETE,
  /** Larger than {@link BundleParts#MAX_BYTES}, or expands beyond {@link Envelope#MAX_EXPANDED}. */
  TOO_LARGE,
  /** Not gzip, not an envelope, not a bundle. */
  MALFORMED,
  /** No signature by the expected key. */
  UNSIGNED,
  /** A signature that claims the expected key and does not fit. */
  BAD_SIGNATURE,
  /** Made by a newer operator. */
  UNKNOWN_VERSION,
  /** Signed, but for another model. */
  WRONG_MODEL,
  /** Signed, but with a lower sequence than the one in force. */
  OLDER,
  /** The revision that the bundle states is not the hash of its policy. */
  REVISION_MISMATCH
}
