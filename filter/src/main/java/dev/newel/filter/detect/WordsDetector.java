package dev.newel.filter.detect;

import dev.newel.filter.text.NormalizedText;
import dev.newel.filter.text.View;
import dev.newel.policy.Check.WordMatch;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Literal words, compared as normalised and in lower case on both sides, in every view. A phrase is
 * also found when it is written as one word.
 */
final class WordsDetector implements Detector {
  private static final Pattern SEPARATORS = Pattern.compile("[\\s_.-]+");

  /** A phrase is looked for without its spaces and hyphens when that leaves so many characters. */
  private static final int SHORTEST_JOINED = 8;

  /** Where letters stand apart, words that stand beside them are not told apart: these are. */
  private static final int SHORTEST_WITHIN = 5;

  /** The words, and phrases written as one word. */
  private final AhoCorasick exact;

  /** Further forms, for readings in which the text was made comparable, too. */
  private final AhoCorasick loose;

  private final WordMatch match;
  private final int maxLength;

  WordsDetector(Collection<String> words, WordMatch match) {
    var folded = new TreeSet<String>();
    for (String word : words) {
      folded.add(NormalizedText.of(word).folded());
    }
    folded.remove("");
    var forms = new TreeSet<String>();
    for (String word : folded) {
      String skeleton = NormalizedText.skeletonOf(word);
      forms.add(skeleton);
      forms.add(SEPARATORS.matcher(skeleton).replaceAll(" "));
    }
    for (String word : List.copyOf(folded)) {
      String joined = SEPARATORS.matcher(word).replaceAll("");
      if (joined.length() >= SHORTEST_JOINED) {
        folded.add(joined);
        forms.add(NormalizedText.skeletonOf(joined));
      }
    }
    this.maxLength = folded.stream().mapToInt(String::length).max().orElse(1);
    forms.removeAll(folded);
    forms.removeIf(form -> form.isBlank() || form.length() > maxLength);
    this.exact = new AhoCorasick(folded);
    this.loose = new AhoCorasick(forms);
    this.match = match;
  }

  @Override
  public String name() {
    return "words";
  }

  @Override
  public Set<View> views() {
    return View.ALL;
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
    window.checkDeadline();
    visit(exact, text, window, matches);
    if (text.view() != View.PLAIN) {
      visit(loose, text, window, matches);
    }
    return matches;
  }

  private void visit(
      AhoCorasick automaton, NormalizedText text, Window window, List<Match> matches) {
    String folded = text.folded();
    int to = Math.min(folded.length(), window.to() + maxLength);
    automaton.visit(
        folded,
        window.from(),
        to,
        (start, end) -> {
          if (window.contains(start) && counts(text, start, end)) {
            matches.add(new Match("WORD", start, end, 1));
          }
        });
  }

  private boolean counts(NormalizedText text, int start, int end) {
    return match == WordMatch.SUBSTRING
        || whole(text.folded(), start, end)
        || (text.view() == View.SPACED && end - start >= SHORTEST_WITHIN);
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
