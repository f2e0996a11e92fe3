package dev.newel.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ContentCommitmentTest {
  @Test
  void isTheHmacOfRfc4231() {
    // Given: test case 1 of RFC 4231, 4.2
    byte[] key = new byte[20];
    Arrays.fill(key, (byte) 0x0b);

    // When
    Map<String, Object> content =
        new ContentCommitment(key).of("input", "Hi There".getBytes(UTF_8));

    // Then
    assertThat(content)
        .isEqualTo(
            Map.of(
                "role",
                "input",
                "mode",
                "HashOnly",
                "bytes",
                8,
                "commit",
                "hmac:b0344c61d8db38535ca8afceaf0bf12b881dc200c9833da726e9376c2e32cff7"));
  }

  @Test
  void equalTextsAreEqualUnderOneKeyAndNotUnderAnother() {
    // Given
    var one = new ContentCommitment(HexFormat.of().parseHex("00".repeat(16)));
    var other = new ContentCommitment(HexFormat.of().parseHex("01".repeat(16)));
    byte[] text = "the prompt".getBytes(UTF_8);

    // Then
    assertThat(one.of("input", text)).isEqualTo(one.of("input", text.clone()));
    assertThat(one.of("input", text).get("commit"))
        .isNotEqualTo(other.of("input", text).get("commit"));
    assertThat(one.of("input", text).toString()).doesNotContain("prompt");
  }

  @Test
  void aShortKeyIsRefused() {
    assertThatThrownBy(() -> new ContentCommitment(new byte[15]))
        .hasMessage("the key has 15 bytes; 16 are the least");
  }
}
