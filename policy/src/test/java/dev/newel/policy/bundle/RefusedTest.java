package dev.newel.policy.bundle;

import static dev.newel.policy.bundle.Bundles.MODEL;
import static dev.newel.policy.bundle.Bundles.bundle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.EnumMap;
import java.util.Map;
import java.util.zip.GZIPOutputStream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Each reason can be had, and only by what it is for. */
class RefusedTest {
  private static final BundleKey.Pair KEY = BundleKey.generate();
  private static final BundleSigner SIGNER = new BundleSigner(KEY);
  private static final BundleVerifier VERIFIER = new BundleVerifier(KEY.publicKey());

  @Test
  void everyReasonIsReached() throws Exception {
    // Given
    byte[] signed = SIGNER.sign(bundle(7));
    byte[] gzip = BundleVerifierTest.compress("{}".getBytes(UTF_8));
    byte[] zeros = zeros(Envelope.MAX_EXPANDED + 1);
    byte[] newer = signed(text(bundle(7)).replace("\"version\":1}", "\"version\":2}"));
    byte[] misnamed = signed(text(bundle(7)).replace(bundle(7).revision(), "0123456789abcdef"));
    byte[] broken =
        new Envelope(
                bundle(7).payload(),
                BundleKey.id(BundleKey.publicKey(KEY.publicKey())),
                new byte[64])
            .compress();

    // When
    Map<Refused, ThrowingCallable> ways = new EnumMap<>(Refused.class);
    ways.put(Refused.INCOMPLETE, () -> BundleParts.join(Map.of()));
    ways.put(Refused.TOO_LARGE, () -> VERIFIER.open(zeros));
    ways.put(Refused.MALFORMED, () -> VERIFIER.open(gzip));
    ways.put(
        Refused.UNSIGNED, () -> new BundleVerifier(BundleKey.generate().publicKey()).open(signed));
    ways.put(Refused.BAD_SIGNATURE, () -> VERIFIER.open(broken));
    ways.put(Refused.UNKNOWN_VERSION, () -> VERIFIER.open(newer));
    ways.put(Refused.WRONG_MODEL, () -> VERIFIER.verify(signed, "team-b/llm", 0));
    ways.put(Refused.OLDER, () -> VERIFIER.verify(signed, MODEL, 8));
    ways.put(Refused.REVISION_MISMATCH, () -> VERIFIER.open(misnamed));

    // Then
    assertThat(ways).containsOnlyKeys(Refused.values());
    ways.forEach((reason, way) ->
        assertThat(catchThrowableOfType(BundleRefusedException.class, way).reason())
            .isEqualTo(reason));
  }

  @Test
  void anEnvelopeWithoutSignatureIsUnsigned() throws IOException {
    // Given
    String json = new String(BundleVerifierTest.expand(SIGNER.sign(bundle(7))), UTF_8);
    byte[] stripped =
        BundleVerifierTest.compress(
            json.replaceFirst("\"signatures\":\\[.*]", "\"signatures\":[]").getBytes(UTF_8));

    // Then
    Bundles.assertRefused(Refused.UNSIGNED, () -> VERIFIER.open(stripped))
        .hasMessage("the bundle carries no signature");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "[]",
        "\"text\"",
        "{\"version\":1}",
        "{\"model\":\"llm\",\"policy\":{},\"revision\":\"\",\"sequence\":1,\"version\":1}",
        "{\"model\":7,\"policy\":{},\"revision\":\"\",\"sequence\":1,\"version\":1}",
        "{\"model\":\"a/b\",\"policy\":{\"version\":1},\"revision\":\"\",\"sequence\":1,\"version\":1}",
        "{\"model\":\"a/b\",\"policy\":{\"version\":2},\"revision\":\"\",\"sequence\":1,\"version\":1}",
        "{\"model\":\"a/b\",\"policy\":{\"version\":1,\"rules\":[],\"settings\":{\"scope\":[\"USER\"],"
            + "\"maxHoldBack\":9999999999,\"onUninspectable\":\"BLOCK\",\"onError\":\"BLOCK\"}},"
            + "\"revision\":\"\",\"sequence\":1,\"version\":1}",
      })
  void aSignedPayloadOfAnotherShapeIsMalformedAndNeverAnotherException(String payload)
      throws GeneralSecurityException {
    // Given
    byte[] signed = signed(payload);

    // Then
    Bundles.assertRefused(Refused.MALFORMED, () -> VERIFIER.open(signed));
  }

  private static String text(Bundle bundle) {
    return new String(bundle.payload(), UTF_8);
  }

  private static byte[] signed(String payload) throws GeneralSecurityException {
    byte[] bytes = payload.getBytes(UTF_8);
    var signature = Signature.getInstance("Ed25519");
    signature.initSign(BundleKey.privateKey(KEY.privateKey()));
    signature.update(Envelope.preAuthEncoding(bytes));
    return new Envelope(bytes, BundleKey.id(BundleKey.publicKey(KEY.publicKey())), signature.sign())
        .compress();
  }

  private static byte[] zeros(int count) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      byte[] block = new byte[1 << 16];
      for (int left = count; left > 0; left -= block.length) {
        gzip.write(block, 0, Math.min(left, block.length));
      }
    }
    return out.toByteArray();
  }
}
