package dev.newel.filter.detect;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class AhoCorasickTest {
  private record Span(int start, int end) {}

  private static List<Span> found(AhoCorasick automaton, String text, int from, int to) {
    var spans = new ArrayList<Span>();
    automaton.visit(text, from, to, (start, end) -> spans.add(new Span(start, end)));
    return spans;
  }

  private static Set<Span> naive(Set<String> words, String text, int from, int to) {
    var spans = new HashSet<Span>();
    for (String word : words) {
      for (int i = text.indexOf(word, from); i >= 0; i = text.indexOf(word, i + 1)) {
        if (i + word.length() <= to) {
          spans.add(new Span(i, i + word.length()));
        }
      }
    }
    return spans;
  }

  @Test
  void findsWhatANaiveSearchFindsEachOnce() {
    long seed = Long.getLong("newel.seed", 20261130L);
    System.out.println("seed " + seed);
    var random = new Random(seed);
    for (int round = 0; round < 3000; round++) {
      // Few letters make many overlaps; some words need far characters.
      String letters = random.nextBoolean() ? "ab" : "abc\u00e9\uffff\ud83d";
      var words = new HashSet<String>();
      for (int n = 1 + random.nextInt(12); n > 0; n--) {
        words.add(word(letters, 1 + random.nextInt(6), random));
      }
      String text = word(letters, random.nextInt(60), random);
      int from = text.isEmpty() ? 0 : random.nextInt(text.length());
      var automaton = new AhoCorasick(words);
      assertThat(found(automaton, text, from, text.length()))
          .as("round %d, words %s, text %s from %d", round, words, text, from)
          .doesNotHaveDuplicates()
          .containsExactlyInAnyOrderElementsOf(naive(words, text, from, text.length()));
    }
  }

  @Test
  void manyWordsAreAllFound() {
    // Given more words than the table holds at first
    long seed = 20261201L;
    System.out.println("seed " + seed);
    var random = new Random(seed);
    var words = new HashSet<String>();
    while (words.size() < 20_000) {
      words.add(word("abcdefghij", 4 + random.nextInt(8), random));
    }
    var automaton = new AhoCorasick(words);
    // Then
    for (String word : words) {
      assertThat(found(automaton, word, 0, word.length())).contains(new Span(0, word.length()));
    }
  }

  @Test
  void noWordsFindNothing() {
    assertThat(found(new AhoCorasick(List.of()), "text", 0, 4)).isEmpty();
  }

  private static String word(String letters, int length, Random random) {
    var out = new StringBuilder();
    for (int i = 0; i < length; i++) {
      out.append(letters.charAt(random.nextInt(letters.length())));
    }
    return out.toString();
  }
}
