package dev.newel.filter.detect.secrets;

import dev.newel.filter.detect.AhoCorasick;
import dev.newel.filter.detect.Block;
import dev.newel.filter.detect.Detector;
import dev.newel.filter.detect.Match;
import dev.newel.filter.detect.Window;
import dev.newel.filter.text.NormalizedText;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Credentials. One pass finds the words by which each kind begins; only there is looked closer: at
 * the form of a known token, at what is assigned to a telling name, at a password in an address, at
 * a private key.
 *
 * <p>Secrets may be longer than a stream may hold back. They are given out in pieces of {@value
 * #PIECE} characters, each a match of its own: a piece is one because of how its secret begins,
 * which {@link Block} finds again.
 */
public final class SecretsDetector implements Detector {
  private static final int PIECE = 200;

  /** Whether a secret begins here is decided by so many characters. */
  private static final int DECIDED = 245;

  private static final String ADDRESS = "://";
  private static final String OPTION = " -u ";

  private final Map<String, List<SecretFormat>> formats = new HashMap<>();
  private final AhoCorasick words;

  public SecretsDetector() {
    for (SecretFormat format : SecretFormats.all()) {
      formats
          .computeIfAbsent(
              format.shape().keyword().toLowerCase(Locale.ROOT), _ -> new ArrayList<>())
          .add(format);
    }
    var all = new ArrayList<>(formats.keySet());
    all.addAll(Assignment.PASSWORDS);
    all.addAll(Assignment.KEYS);
    all.addAll(Vendors.NAMES);
    all.add(ADDRESS);
    all.add(OPTION);
    all.add(PrivateKey.BEGIN);
    words = new AhoCorasick(all);
  }

  @Override
  public String name() {
    return "secrets";
  }

  @Override
  public int maxLength() {
    return PIECE;
  }

  @Override
  public int lookAhead() {
    return DECIDED + 5 - PIECE;
  }

  @Override
  public List<Match> detect(NormalizedText normalized, Window window) {
    String text = normalized.text();
    String folded = normalized.folded();
    window.checkDeadline();
    int from = Math.max(0, Block.start(text, window.from()) - LOOK_BEHIND);
    int to = (int) Math.min(text.length(), (long) window.to() + DECIDED);
    var candidates = new ArrayList<Candidate>();
    words.visit(
        folded,
        from,
        to,
        (start, end) -> look(text, folded.substring(start, end), start, end, candidates));
    return matches(text, candidates, window);
  }

  private void look(String text, String word, int start, int end, List<Candidate> found) {
    for (SecretFormat format : formats.getOrDefault(word, List.of())) {
      add(token(text, format, start), found);
    }
    if (Vendors.NAMES.contains(word)) {
      add(Vendors.at(text, end), found);
    } else if (Assignment.PASSWORDS.contains(word) || Assignment.KEYS.contains(word)) {
      add(Assignment.at(text, word, start, end), found);
    } else if (word.equals(ADDRESS)) {
      add(UrlPassword.at(text, start), found);
    } else if (word.equals(OPTION)) {
      add(UrlPassword.option(text, end), found);
    } else if (word.equals(PrivateKey.BEGIN)) {
      int keyEnd = PrivateKey.end(text, start);
      if (keyEnd > 0) {
        found.add(new Candidate("PRIVATE_KEY", start, keyEnd, null));
      }
    }
  }

  private static void add(Candidate candidate, List<Candidate> found) {
    if (candidate != null) {
      found.add(candidate);
    }
  }

  private static Candidate token(String text, SecretFormat format, int keyword) {
    Shape.Span span = format.shape().at(text, keyword, keyword + DECIDED);
    if (span == null) {
      return null;
    }
    int end = span.to();
    while (end > span.from() && ".-_~".indexOf(text.charAt(end - 1)) >= 0 && span.endless()) {
      end--;
    }
    boolean inWord =
        span.from() > 0
            && CharSet.ALPHANUMERIC.has(text.charAt(span.from() - 1))
            && CharSet.ALPHANUMERIC.has(text.charAt(span.from()))
            && !afterEscape(text, span.from());
    return inWord || Placeholder.isToken(text.substring(span.from(), end))
        ? null
        : new Candidate(format.label(), span.from(), end, span.endless() ? span.set() : null);
  }

  /** In {@code \nghp_…} the letter before belongs to the line end. */
  private static boolean afterEscape(String text, int at) {
    return at > 1 && text.charAt(at - 2) == '\\' && "nrt".indexOf(text.charAt(at - 1)) >= 0;
  }

  /** The pieces that begin in the window. Of two secrets in one place the better known counts. */
  private static List<Match> matches(String text, List<Candidate> candidates, Window window) {
    candidates.sort(Comparator.comparingInt(Candidate::start));
    var matches = new ArrayList<Match>();
    Candidate last = null;
    for (Candidate c : candidates) {
      if (last != null && last.start() == c.start() && last.end() >= c.end()) {
        continue;
      }
      last = c;
      int limit = Math.min(text.length(), c.start() + PrivateKey.MAX);
      for (int at = c.start(); at < limit; at += PIECE) {
        int end = Math.min(at + PIECE, end(text, c, Math.min(at + PIECE, limit)));
        if (end <= at) {
          break;
        }
        if (window.contains(at)) {
          matches.add(new Match(c.label(), at, end, 1));
        }
      }
    }
    return matches;
  }

  /** Where a secret ends, looked for no farther than the limit. */
  private static int end(String text, Candidate c, int limit) {
    int end = c.end();
    while (c.tail() != null && end < limit && c.tail().has(text.charAt(end))) {
      end++;
    }
    return end;
  }
}
