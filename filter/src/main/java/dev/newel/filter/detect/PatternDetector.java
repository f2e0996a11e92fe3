package dev.newel.filter.detect;

import com.google.re2j.Matcher;
import com.google.re2j.Pattern;
import dev.newel.filter.text.NormalizedText;
import dev.newel.policy.compile.MatchLength;
import java.util.ArrayList;
import java.util.List;

/**
 * Expressions of users, by RE2/J: time linear in the text. At each position the match that RE2
 * prefers counts, also where it overlaps one that began earlier; so what is found does not depend
 * on where the search began.
 */
final class PatternDetector implements Detector {
  /** Stands for "no bound": such a rule acts on whole texts only, which the compiler sees to. */
  private static final int UNBOUNDED = Integer.MAX_VALUE / 4;

  private final List<Pattern> patterns;
  private final int maxLength;

  PatternDetector(List<String> expressions) {
    this.patterns = expressions.stream().map(Pattern::compile).toList();
    this.maxLength =
        expressions.stream().mapToInt(e -> MatchLength.of(e).orElse(UNBOUNDED)).max().orElse(1);
  }

  @Override
  public String name() {
    return "pattern";
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
    for (Pattern pattern : patterns) {
      Matcher matcher = pattern.matcher(text.text());
      int from = window.from();
      while (from <= text.length() && matcher.find(from) && matcher.start() < window.to()) {
        window.checkDeadline();
        if (matcher.end() > matcher.start()) {
          matches.add(new Match("PATTERN", matcher.start(), matcher.end(), 1));
        }
        from =
            maxLength == UNBOUNDED
                ? Math.max(matcher.end(), matcher.start() + 1)
                : matcher.start() + 1;
      }
    }
    return matches;
  }
}
