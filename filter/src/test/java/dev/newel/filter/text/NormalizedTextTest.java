package dev.newel.filter.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalizedTextTest {
  @ParameterizedTest
  @CsvSource({
    "plain,plain",
    "\uff26\uff55\uff4c\uff4c,Full",
    "\ufb01x,fix",
    "a\u200bb\u00adc\u2060d,abcd",
    "\udb40\udc68\udb40\udc69x,x",
    "e\u0301,e\u0301",
    "\u2460,1",
    "\ud835\udc00,A",
    "a\ud800b,a\ufffdb",
    "\u0130,\u0130",
  })
  void readsLikeWhatAReaderSees(String written, String normalized) {
    assertThat(NormalizedText.of(written).text()).isEqualTo(normalized);
  }

  @Test
  void foldingKeepsTheIndices() {
    var text = NormalizedText.of("\u0130\u1e9eABC\u03a3\ud801\udc00");
    assertThat(text.folded()).hasSameSizeAs(text.text()).contains("abc\u03c3");
  }

  @Test
  void plainTextIsItsOwnNormalForm() {
    var text = NormalizedText.of("Plain TEXT");
    assertThat(text.text()).isEqualTo("Plain TEXT");
    assertThat(text.folded()).isEqualTo("plain text");
    assertThat(text.originalStart(3)).isEqualTo(3);
    assertThat(text.originalEnd(3)).isEqualTo(3);
    assertThat(text.originalStart(text.length())).isEqualTo(10);
  }

  @Test
  void aSpanLeadsBackToWhatWasWritten() {
    // Given
    String written = "x\u200b\ufb01\u200b\uff21\u00ad!";
    var text = NormalizedText.of(written);
    assertThat(text.text()).isEqualTo("xfiA!");
    // Then invisible characters inside belong to the span, those around it do not
    assertThat(written.substring(text.originalStart(1), text.originalEnd(4)))
        .isEqualTo("\ufb01\u200b\uff21");
    assertThat(text.originalStart(text.length())).isEqualTo(written.length());
    assertThat(text.originalEnd(0)).isZero();
  }

  @Test
  void longRunsOfInvisibleCharactersPartWhatStandsAround() {
    int limit = NormalizedText.MAX_INVISIBLE;
    assertThat(NormalizedText.of("a" + "\u200b".repeat(limit - 1) + "b").text()).isEqualTo("ab");
    assertThat(NormalizedText.of("a" + "\u200b".repeat(limit) + "b").text()).isEqualTo("a\uffffb");
    assertThat(NormalizedText.of("a" + "\u200b".repeat(3 * limit) + "b").text())
        .isEqualTo("a" + "\uffff".repeat(2 * limit + 1) + "b");
  }

  @Test
  void everyIndexLiesInTheCharacterItCameFrom() {
    long seed = Long.getLong("newel.seed", 20261128L);
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      String written = random(random);
      var text = NormalizedText.of(written);
      int before = 0;
      for (int i = 0; i < text.length(); i++) {
        int start = text.originalStart(i);
        int end = text.originalEnd(i + 1);
        assertThat(start).isGreaterThanOrEqualTo(before);
        int point = written.codePointAt(start);
        assertThat(end).isEqualTo(start + Character.charCount(point));
        assertThat(Normalizer.normalize(written.substring(start, end), Normalizer.Form.NFKC))
            .as("round %d", round)
            .contains(text.text().substring(i, i + 1));
        before = start;
      }
    }
  }

  @Test
  void cuttingBetweenCharactersDoesNotChangeHowTheyAreRead() {
    long seed = Long.getLong("newel.seed", 20261129L);
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int round = 0; round < 2000; round++) {
      String written = random(random);
      int cut =
          written.offsetByCodePoints(
              0, random.nextInt(written.codePointCount(0, written.length())));
      assertThat(
              NormalizedText.of(written.substring(0, cut)).text()
                  + NormalizedText.of(written.substring(cut)).text())
          .isEqualTo(NormalizedText.of(written).text());
    }
  }

  /** Any assigned characters but surrogates, with a liking for what is treated specially. */
  private static String random(Random random) {
    var out = new StringBuilder();
    for (int n = 1 + random.nextInt(30); n > 0; n--) {
      int point =
          switch (random.nextInt(4)) {
            case 0 -> 'a' + random.nextInt(26);
            case 1 -> 0x2000 + random.nextInt(0x70);
            case 2 -> 0xf900 + random.nextInt(0x6ff);
            default -> random.nextInt(0x110000);
          };
      if (point < 0xd800 || point > 0xdfff) {
        out.appendCodePoint(point);
      } else {
        out.append('x');
      }
    }
    return out.toString();
  }
}
