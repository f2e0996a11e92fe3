package dev.newel.policy.bundle;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.policy.CanonicalJson;
import dev.newel.policy.JsonReader;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * DSSE v1 (Dead Simple Signing Envelope, secure-systems-lab/dsse, {@code protocol.md} and {@code
 * envelope.md}) around a payload, gzip-compressed.
 *
 * @param payload what is signed
 * @param keyId which key signed
 * @param signature over {@link #preAuthEncoding}
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, never shared
record Envelope(byte[] payload, String keyId, byte[] signature) {
  static final String PAYLOAD_TYPE = "application/vnd.newel.bundle.v1+json";

  /** The most bytes an envelope may have after decompression: 32 MiB. */
  static final int MAX_EXPANDED = 32 << 20;

  Envelope {
    Objects.requireNonNull(keyId, "keyid");
  }

  /** {@code "DSSEv1" SP len(type) SP type SP len(body) SP body}, lengths in ASCII decimal. */
  static byte[] preAuthEncoding(byte[] payload) {
    byte[] head =
        ("DSSEv1 " + PAYLOAD_TYPE.length() + " " + PAYLOAD_TYPE + " " + payload.length + " ")
            .getBytes(UTF_8);
    byte[] out = new byte[head.length + payload.length];
    System.arraycopy(head, 0, out, 0, head.length);
    System.arraycopy(payload, 0, out, head.length, payload.length);
    return out;
  }

  private byte[] json() {
    Base64.Encoder base64 = Base64.getEncoder();
    return CanonicalJson.write(
            Map.of(
                "payload",
                base64.encodeToString(payload),
                "payloadType",
                PAYLOAD_TYPE,
                "signatures",
                List.of(Map.of("keyid", keyId, "sig", base64.encodeToString(signature)))))
        .getBytes(UTF_8);
  }

  /** Equal envelopes give equal bytes: the JDK writes no time into the gzip header. */
  byte[] compress() {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(json());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toByteArray();
  }

  /**
   * Reads {@link #compress}; the signature is not judged here.
   *
   * @throws BundleRefusedException when it is too large or of another form
   */
  static Envelope expand(byte[] compressed) {
    byte[] json;
    try (var in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      json = in.readNBytes(MAX_EXPANDED + 1);
    } catch (IOException e) {
      throw new BundleRefusedException(Refused.MALFORMED, "not gzip: " + e.getMessage());
    }
    if (json.length > MAX_EXPANDED) {
      throw new BundleRefusedException(
          Refused.TOO_LARGE, "the bundle expands to more than " + MAX_EXPANDED + " bytes");
    }
    try {
      var tree = (Map<?, ?>) JsonReader.read(new String(json, UTF_8));
      var signatures = (List<?>) tree.get("signatures");
      if (signatures.isEmpty()) {
        throw new BundleRefusedException(Refused.UNSIGNED, "the bundle carries no signature");
      }
      if (signatures.size() != 1 || !PAYLOAD_TYPE.equals(tree.get("payloadType"))) {
        throw new BundleRefusedException(
            Refused.MALFORMED, "one signature over " + PAYLOAD_TYPE + " expected");
      }
      var signature = (Map<?, ?>) signatures.get(0);
      Base64.Decoder base64 = Base64.getDecoder();
      var envelope =
          new Envelope(
              base64.decode((String) tree.get("payload")),
              (String) signature.get("keyid"),
              base64.decode((String) signature.get("sig")));
      if (!Arrays.equals(envelope.json(), json)) { // base64 has bits without meaning, for one
        throw new BundleRefusedException(Refused.MALFORMED, "not an envelope in canonical form");
      }
      return envelope;
    } catch (ClassCastException | NullPointerException | IllegalArgumentException e) {
      throw new BundleRefusedException(Refused.MALFORMED, "not an envelope: " + e.getMessage());
    }
  }
}
