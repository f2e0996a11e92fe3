package dev.newel.filter.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.newel.filter.text.NormalizedText;
import dev.newel.policy.Check.WordMatch;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class WordsDetectorTest {
  private static final List<String> WORDS =
      List.of("Aurora", "red team", "c++", "\u00e9clair", "\u65e5\u672c", "_x_");

  private static List<String> found(WordMatch match, String written) {
    var text = NormalizedText.of(written);
    var detector = new WordsDetector(WORDS, match);
    return detector
        .detect(
            text,
            new Window(0, text.length(), Origin.PROMPT, System.nanoTime() + 1_000_000_000_000L))
        .stream()
        .map(m -> written.substring(text.originalStart(m.start()), text.originalEnd(m.end())))
        .toList();
  }

  @ParameterizedTest
  @CsvSource({
    "the aurora is up,aurora",
    "AURORA,AURORA",
    "(aurora),aurora",
    "au\u200brora,au\u200brora",
    "\uff21urora!,\uff21urora",
    "aurora's,aurora",
    "a red team,red team",
    "use c++ here,c++",
    "c++17,c++",
    "\u00c9CLAIR,\u00c9CLAIR",
    "\u65e5\u672c,\u65e5\u672c",
    "_x_,_x_",
  })
  void asAWordItStandsAlone(String text, String match) {
    assertThat(found(WordMatch.WORD, text)).containsExactly(match);
    assertThat(found(WordMatch.SUBSTRING, text)).containsExactly(match);
  }

  @ParameterizedTest
  @CsvSource({
    "auroras,aurora",
    "preaurora,aurora",
    "aurora_1,aurora",
    "red teams,red team",
    "\u65e5\u672c\u8a9e,\u65e5\u672c",
    "aurora\u0301,aurora",
    "a_x_,_x_",
  })
  void insideALongerWordItIsASubstringOnly(String text, String match) {
    assertThat(found(WordMatch.WORD, text)).isEmpty();
    assertThat(found(WordMatch.SUBSTRING, text)).containsExactly(match);
  }

  @ParameterizedTest
  @CsvSource({"auror", "au rora", "redteam", "eclair"})
  void somethingElseIsNothing(String text) {
    assertThat(found(WordMatch.SUBSTRING, text)).isEmpty();
  }

  @Test
  void onlyMatchesThatBeginInTheWindowCount() {
    var text = NormalizedText.of("aurora aurora aurora");
    var detector = new WordsDetector(WORDS, WordMatch.WORD);
    assertThat(detector.detect(text, new Window(1, 8, Origin.PROMPT, Long.MAX_VALUE)))
        .extracting(Match::start, Match::end)
        .containsExactly(org.assertj.core.api.Assertions.tuple(7, 13));
  }

  @Test
  void givesUpBehindTheDeadline() {
    var text = NormalizedText.of("aurora");
    var late = new Window(0, 6, Origin.PROMPT, System.nanoTime() - 1);
    assertThatThrownBy(() -> new WordsDetector(WORDS, WordMatch.WORD).detect(text, late))
        .isInstanceOf(DetectorTimeoutException.class);
  }
}
