package dev.newel.filter.detect;

import dev.newel.filter.text.NormalizedText;
import dev.newel.policy.Check.WordMatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/** Literal words, compared as normalised and in lower case on both sides. */
final class WordsDetector implements Detector {
  private final AhoCorasick automaton;
  private final WordMatch match;
  private final int maxLength;

  WordsDetector(Collection<String> words, WordMatch match) {
    var folded = new TreeSet<String>();
    for (String word : words) {
      folded.add(NormalizedText.of(word).folded());
    }
    folded.remove("");
    this.automaton = new AhoCorasick(folded);
    this.match = match;
    this.maxLength = folded.stream().mapToInt(String::length).max().orElse(1);
  }

  @Override
  public String name() {
    return "words";
  }

  @Override
  public int maxLength() {
    return maxLength;
  }

  @Override
  public int lookAhead() {
    return 1;
  }

  @Override
  public List<Match> detect(NormalizedText text, Window window) {
    var matches = new ArrayList<Match>();
    String folded = text.folded();
    window.checkDeadline();
    int to = Math.min(folded.length(), window.to() + maxLength);
    automaton.visit(
        folded,
        window.from(),
        to,
        (start, end) -> {
          if (window.contains(start)
              && (match == WordMatch.SUBSTRING || whole(folded, start, end))) {
            matches.add(new Match("WORD", start, end, 1));
          }
        });
    return matches;
  }

  private static boolean whole(String text, int start, int end) {
    boolean left =
        start == 0
            || !isWordCharacter(text.charAt(start - 1))
            || !isWordCharacter(text.charAt(start));
    boolean right =
        end == text.length()
            || !isWordCharacter(text.charAt(end))
            || !isWordCharacter(text.charAt(end - 1));
    return left && right;
  }

  private static boolean isWordCharacter(char c) {
    return Character.isLetterOrDigit(c)
        || c == '_'
        || Character.getType(c) == Character.NON_SPACING_MARK;
  }
}
