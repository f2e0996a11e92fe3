package dev.newel.audit.merkle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.security.SecureRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class NoteTest {
  // The keys and the note in the documentation of golang.org/x/mod/sumdb/note.
  private static final String VKEY =
      "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW";
  private static final String SKEY =
      "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz";
  private static final String TEXT =
      """
      If you think cryptography is the answer to your problem,
      then you don't know what your problem is.
      """;
  private static final String NOTE =
      TEXT
          + "\n— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKv"
          + "qfqdngotpRZb6KE6RyyBwJnAM=\n";

  @Test
  void signsAsGoDoes() {
    SignerKey key = SignerKey.parse(SKEY);
    assertThat(key.verifier().text()).isEqualTo(VKEY);
    assertThat(key.secretText()).isEqualTo(SKEY);
    assertThat(SignedNote.sign(TEXT, key)).isEqualTo(NOTE);
    assertThat(SignedNote.open(NOTE, VerifierKey.parse(VKEY))).isEqualTo(TEXT);
  }

  @Test
  void everyCharacterOfANoteIsCovered() {
    VerifierKey key = VerifierKey.parse(VKEY);
    for (int i = 0; i < NOTE.length(); i++) {
      var changed = new StringBuilder(NOTE);
      changed.setCharAt(i, (char) (NOTE.charAt(i) ^ 1));
      assertThatThrownBy(() -> SignedNote.open(changed.toString(), key))
          .as("character %d", i)
          .isInstanceOf(IllegalArgumentException.class);
    }
  }

  @Test
  void signaturesOfOthersArePassedOver() {
    SignerKey other = SignerKey.generate("witness", new SecureRandom());
    String line = SignedNote.sign(TEXT, other).substring(TEXT.length() + 1);
    assertThat(SignedNote.open(NOTE + line, VerifierKey.parse(VKEY))).isEqualTo(TEXT);
    assertThatThrownBy(() -> SignedNote.open(TEXT + "\n" + line, VerifierKey.parse(VKEY)))
        .hasMessageContaining("not signed by the key");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "PeterNeumann",
        "PeterNeumann+c74f20a3+",
        "PeterNeumann+c74f20a3+????",
        "PeterNeumann+c74f20a4+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "Peter Neumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW",
        "PeterNeumann+c74f20a3+Ahpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
      })
  void whatIsNoKeyIsRefusedWithWhatWasExpected(String text) {
    assertThatThrownBy(() -> VerifierKey.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("expected <name>+<8 hex digits>+<base64>");
  }

  @Test
  void whatIsNoSignerKeyIsNotQuoted() {
    assertThatThrownBy(() -> SignerKey.parse(SKEY.replace("c74f", "c74e")))
        .hasMessageNotContaining("AYEKFALV");
    assertThat(SignerKey.parse(SKEY).toString()).doesNotContain("AYEKFALV");
  }

  @Test
  void aCheckpointHasOneForm() {
    var checkpoint = new Checkpoint("example.com/log", 7, Hash.EMPTY);
    assertThat(Checkpoint.parse(checkpoint.text())).isEqualTo(checkpoint);
    assertThat(Checkpoint.parse(checkpoint.text() + "extension\n")).isEqualTo(checkpoint);
    for (String bad : new String[] {"", "a\n1\n", "a\n-1\nx\n", "a\n07\n" + Hash.EMPTY + "\n"}) {
      assertThatThrownBy(() -> Checkpoint.parse(bad)).hasMessageContaining("no checkpoint");
    }
  }

  @Test
  void aProofTakesAnEntryToItsCheckpoint() {
    var tree = new TreeBuffer();
    for (byte i = 0; i < 9; i++) {
      tree.add(Hash.ofLeaf(new byte[] {i}));
    }
    SignerKey key = SignerKey.generate("example.com/log", new SecureRandom());
    String note = new Checkpoint("example.com/log", 9, tree.root(9)).sign(key);
    var proof = new ProofFile(4, Proofs.inclusion(tree, 4, 9), note);
    assertThat(ProofFile.parse(proof.text())).isEqualTo(proof);
    assertThat(proof.verify(new byte[] {4}, key.verifier()).size()).isEqualTo(9);
    assertThatThrownBy(() -> proof.verify(new byte[] {5}, key.verifier()))
        .hasMessageContaining("not at index 4");
  }
}
