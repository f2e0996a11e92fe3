package dev.newel.filter.detect;

import dev.newel.filter.text.NormalizedText;
import dev.newel.filter.text.View;
import dev.newel.policy.Check;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Pieces of the conversation's own system prompt, and its canaries, in any view. Letters and digits
 * are compared and nothing else, so neither spaces nor punctuation hide a piece, and backwards as
 * well as forwards.
 */
final class LeakageDetector implements Detector {
  private final Check.Leakage check;

  LeakageDetector(Check.Leakage check) {
    this.check = check;
  }

  @Override
  public String name() {
    return "leakage";
  }

  @Override
  public Set<View> views() {
    return View.ALL;
  }

  @Override
  public int maxLength() {
    return Check.Leakage.REACH;
  }

  @Override
  public int lookAhead() {
    return 0;
  }

  @Override
  public List<Match> detect(NormalizedText text, Window window) {
    var matches = new ArrayList<Match>();
    Conversation conversation = window.origin().conversation();
    if (conversation.isEmpty()) {
      return matches;
    }
    window.checkDeadline();
    int to = (int) Math.min(text.length(), (long) window.to() + maxLength());
    Letters letters = Letters.of(text.folded(), window.from(), to);
    if (check.systemPrompt()) {
      letters.pieces(
          Conversation.SHARED,
          letters.length(),
          (begin, hash) -> {
            if (conversation.holds(hash)) {
              add("SYSTEM_PROMPT", letters, begin, Conversation.SHARED, window, matches);
            }
          });
    }
    if (check.canaries()) {
      for (String canary : conversation.canaries()) {
        String back = new StringBuilder(canary).reverse().toString();
        for (int i = 0; i < letters.length(); i++) {
          if (letters.startsWith(canary, i) || letters.startsWith(back, i)) {
            add("CANARY", letters, i, canary.length(), window, matches);
          }
        }
      }
    }
    return matches;
  }

  private void add(
      String entity, Letters letters, int begin, int count, Window window, List<Match> matches) {
    int start = letters.place(begin);
    int end = letters.place(begin + count - 1) + 1;
    if (window.contains(start) && end - start <= maxLength()) {
      matches.add(new Match(entity, start, end, 1));
    }
  }
}
