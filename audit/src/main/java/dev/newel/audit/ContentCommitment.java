package dev.newel.audit;

import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.Map;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What an event says of a text without saying it: a keyed hash, so that equal texts can be
 * recognised and guesses cannot be confirmed without the key.
 */
public final class ContentCommitment {
  private final SecretKeySpec key;

  /**
   * A commitment under one key.
   *
   * @param key 16 bytes or more
   */
  public ContentCommitment(byte[] key) {
    if (key.length < 16) {
      throw new IllegalArgumentException("the key has " + key.length + " bytes; 16 are the least");
    }
    this.key = new SecretKeySpec(key, "HmacSHA256");
  }

  /** The member {@code content} of an event: mode HashOnly. */
  public Map<String, Object> of(String role, byte[] content) {
    try {
      var mac = Mac.getInstance("HmacSHA256");
      mac.init(key);
      return Map.of(
          "role",
          role,
          "mode",
          "HashOnly",
          "bytes",
          content.length,
          "commit",
          "hmac:" + HexFormat.of().formatHex(mac.doFinal(content)));
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("every Java platform has HmacSHA256", e);
    }
  }
}
