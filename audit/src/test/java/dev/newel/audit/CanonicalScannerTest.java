package dev.newel.audit;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** The fast judge says what the slow one says: parse, write anew, compare. */
class CanonicalScannerTest {
  private static final String EVENT =
      CanonicalEvents.write(
          Map.of(
              "a",
              "text \"quoted\" \\ / \b\f\n\r\t \u0001 ümläut \ud83d\ude00 \u007f",
              "b",
              Map.of("x", 1, "y", -20, "z", java.util.List.of(true, false, "s", Map.of())),
              "é",
              9007199254740991L,
              "list",
              java.util.List.of()));

  @Test
  void findsTheMembersAndTheirTexts() {
    byte[] bytes = EVENT.getBytes(UTF_8);
    Map<String, CanonicalScanner.Value> members = CanonicalScanner.members(bytes);
    assertThat(members.keySet()).containsExactly("a", "b", "list", "é");
    assertThat(CanonicalScanner.text(bytes, members.get("a")))
        .isEqualTo(CanonicalEvents.read(EVENT).get("a"));
  }

  @Test
  void judgesEveryMutationAsTheSlowOneDoes() {
    long seed = Long.getLong("newel.seed", 8785);
    var random = new Random(seed);
    byte[] good = EVENT.getBytes(UTF_8);
    int refused = 0;
    String interesting = "\"\\{}[],:0123456789-.eEu+ntf \u0000/aé";
    for (int i = 0; i < 60_000; i++) {
      // Given
      byte[] bytes = good.clone();
      for (int n = random.nextInt(3); n >= 0; n--) {
        int at = random.nextInt(bytes.length);
        switch (random.nextInt(4)) {
          case 0 -> bytes[at] = (byte) random.nextInt(256);
          case 1 -> bytes[at] = (byte) interesting.charAt(random.nextInt(interesting.length()));
          case 2 -> bytes = Arrays.copyOf(bytes, at + 1);
          default -> {
            byte[] longer = Arrays.copyOf(bytes, bytes.length + 1);
            System.arraycopy(bytes, at, longer, at + 1, bytes.length - at);
            longer[at] = (byte) interesting.charAt(random.nextInt(interesting.length()));
            bytes = longer;
          }
        }
      }

      // When
      boolean fast = accepts(bytes);

      // Then
      assertThat(fast).as("seed %d: %s", seed, new String(bytes, UTF_8)).isEqualTo(isGood(bytes));
      refused += fast ? 0 : 1;
    }
    assertThat(refused).isBetween(20_000, 59_000);
  }

  private static boolean accepts(byte[] bytes) {
    try {
      CanonicalScanner.members(bytes);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean isGood(byte[] bytes) {
    try {
      String text = new String(bytes, UTF_8);
      CanonicalEvents.read(text);
      return Arrays.equals(text.getBytes(UTF_8), bytes);
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
