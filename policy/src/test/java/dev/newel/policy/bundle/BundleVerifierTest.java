package dev.newel.policy.bundle;

import static dev.newel.policy.bundle.Bundles.MODEL;
import static dev.newel.policy.bundle.Bundles.assertRefused;
import static dev.newel.policy.bundle.Bundles.bundle;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.newel.policy.RandomPolicies;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.security.GeneralSecurityException;
import java.security.Signature;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class BundleVerifierTest {
  private static final BundleKey.Pair KEY = BundleKey.generate();
  private static final BundleSigner SIGNER = new BundleSigner(KEY);
  private static final BundleVerifier VERIFIER = new BundleVerifier(KEY.publicKey());

  @Test
  void whatWasSignedIsWhatIsRead() {
    var policies = new RandomPolicies(20261128);
    for (int i = 1; i <= 200; i++) {
      // Given
      var bundle = new Bundle(MODEL, i, policies.next());

      // When
      byte[] signed = SIGNER.sign(bundle);

      // Then
      assertThat(VERIFIER.verify(signed, MODEL, i)).isEqualTo(bundle);
      assertThat(VERIFIER.open(signed)).isEqualTo(bundle);
      assertThat(SIGNER.sign(bundle)).isEqualTo(signed);
    }
  }

  @Test
  void everyChangedByteOfTheEnvelopeIsRefused() throws IOException {
    // Given
    byte[] json = expand(SIGNER.sign(bundle(7)));

    for (int at = 0; at < json.length; at++) {
      for (int flip : new int[] {0x01, 0x08, 0x80}) {
        // When
        byte[] changed = json.clone();
        changed[at] ^= (byte) flip;

        // Then
        assertThatThrownBy(() -> VERIFIER.verify(compress(changed), MODEL, 0))
            .as("byte %d of %s", at, new String(json, UTF_8))
            .isInstanceOf(BundleRefusedException.class);
      }
    }
  }

  @Test
  void aChangedByteOfTheCompressedFormIsRefusedOrWithoutEffect() {
    // Given
    var bundle = bundle(7);
    byte[] signed = SIGNER.sign(bundle);

    int refused = 0;
    for (int at = 0; at < signed.length; at++) {
      // When
      byte[] changed = signed.clone();
      changed[at] ^= 0x01;

      // Then: gzip's own header has bytes without meaning, such as the time
      try {
        assertThat(VERIFIER.verify(changed, MODEL, 0)).as("byte %d", at).isEqualTo(bundle);
        assertThat(at).isLessThan(10);
      } catch (BundleRefusedException e) {
        refused++;
      }
    }
    assertThat(refused).isGreaterThan(signed.length - 10);
  }

  @Test
  void everyTruncationIsRefused() {
    // Given
    byte[] signed = SIGNER.sign(bundle(7));

    for (int length = 0; length < signed.length; length++) {
      byte[] cut = java.util.Arrays.copyOf(signed, length);
      assertThatThrownBy(() -> VERIFIER.verify(cut, MODEL, 0))
          .as("%d of %d bytes", length, signed.length)
          .isInstanceOf(BundleRefusedException.class);
    }
  }

  @Test
  void anOlderSequenceIsRefusedAndTheSameIsNot() {
    // Given
    byte[] signed = SIGNER.sign(bundle(7));

    // Then
    assertThat(VERIFIER.verify(signed, MODEL, 7).sequence()).isEqualTo(7);
    assertRefused(Refused.OLDER, () -> VERIFIER.verify(signed, MODEL, 8))
        .hasMessage("the bundle has sequence 7; 8 is in force");
  }

  @Test
  void anotherModelsBundleIsRefused() {
    assertRefused(
            Refused.WRONG_MODEL, () -> VERIFIER.verify(SIGNER.sign(bundle(7)), "team-a/other", 0))
        .hasMessage("the bundle is for team-a/llm, not for team-a/other");
  }

  @Test
  void anotherKeyIsRefusedAlsoWhenItClaimsToBeTheExpectedOne() throws GeneralSecurityException {
    // Given
    var other = BundleKey.generate();
    byte[] payload = bundle(7).payload();
    var signature = Signature.getInstance("Ed25519");
    signature.initSign(BundleKey.privateKey(other.privateKey()));
    signature.update(Envelope.preAuthEncoding(payload));
    String expectedId = BundleKey.id(BundleKey.publicKey(KEY.publicKey()));
    byte[] pretender = new Envelope(payload, expectedId, signature.sign()).compress();

    // Then
    assertRefused(Refused.UNSIGNED, () -> VERIFIER.open(new BundleSigner(other).sign(bundle(7))));
    assertRefused(Refused.BAD_SIGNATURE, () -> VERIFIER.open(pretender));
  }

  @Test
  void aSignerNeedsTwoHalvesOfOneKey() {
    // Given
    var mixed = new BundleKey.Pair(KEY.privateKey(), BundleKey.generate().publicKey());

    // Then
    assertThatThrownBy(() -> new BundleSigner(mixed))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("private and public key are not two halves of one key");
  }

  @Test
  void aKeyThatIsNoneIsRefusedAndAPrivateOneNeverQuoted() {
    assertThatThrownBy(() -> BundleKey.privateKey("c2VjcmV0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageNotContaining("c2VjcmV0");
    assertThatThrownBy(() -> BundleKey.publicKey("c2VjcmV0"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("c2VjcmV0");
    assertThat(KEY.toString()).doesNotContain(KEY.privateKey());
  }

  static byte[] expand(byte[] compressed) throws IOException {
    try (var in = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
      return in.readAllBytes();
    }
  }

  static byte[] compress(byte[] json) throws IOException {
    var out = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(out)) {
      gzip.write(json);
    }
    return out.toByteArray();
  }
}
