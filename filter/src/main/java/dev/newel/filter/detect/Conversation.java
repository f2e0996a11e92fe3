package dev.newel.filter.detect;

import dev.newel.filter.text.NormalizedText;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What an answer may give away: the fingerprints of a conversation's own system prompt. Made from
 * the request, kept until its answer has ended; holds no text but the canaries.
 *
 * <p>A <em>canary</em> is a value that stands in the system prompt for no other reason than to be
 * recognised. It is marked ({@code canary: WINTER-42-HERON}, also with {@code =} and in quotes), or
 * looks like nothing a person would say: 12 characters or more in which letters and digits take
 * turns four times or more, as in a UUID or a random key, but not as a part of an address.
 */
public final class Conversation {
  /** Nothing is known. */
  public static final Conversation NONE = new Conversation(new LongSet(0), List.of());

  /** Letters and digits in a row that an answer must share with the prompt: about eight words. */
  static final int SHARED = 40;

  /** How much of the system prompts is looked at, in letters and digits. */
  private static final int MAX_PROMPT = 200_000;

  private static final int MAX_CANARIES = 32;
  private static final int LONGEST_CANARY = 64;
  private static final int SHORTEST_MARKED = 6;
  private static final int SHORTEST_LEARNT = 12;
  private static final int FEWEST_TURNS = 4;

  private static final Pattern MARKED =
      Pattern.compile("(?i)\\bcanary\\b[\"']?\\s{0,3}[:=]\\s{0,3}[\"'`<\\[]{0,2}([\\w.-]{4,80})");

  private static final Pattern TOKEN = Pattern.compile("(?<![\\w/=?&#.@:-])[A-Za-z0-9_-]{12,80}");

  private final LongSet pieces;
  private final List<String> canaries;

  private Conversation(LongSet pieces, List<String> canaries) {
    this.pieces = pieces;
    this.canaries = canaries;
  }

  /**
   * The fingerprints of a conversation.
   *
   * @param system the texts of its system prompt
   * @param known what whoever asks has said or been told otherwise: repeating that gives nothing
   *     away
   */
  public static Conversation of(Collection<String> system, Collection<String> known) {
    if (system.isEmpty()) {
      return NONE;
    }
    List<Letters> prompts = system.stream().map(Conversation::letters).toList();
    List<Letters> others = known.stream().map(Conversation::letters).toList();
    var pieces = new LongSet(prompts.stream().mapToInt(Letters::length).sum() * 2);
    int left = MAX_PROMPT;
    for (Letters prompt : prompts) {
      int length = Math.min(left, prompt.length());
      left -= length;
      prompt.pieces(SHARED, length, (_, hash) -> pieces.add(hash));
      prompt.reversed(length).pieces(SHARED, length, (_, hash) -> pieces.add(hash));
    }
    for (Letters other : others) {
      other.pieces(SHARED, other.length(), (_, hash) -> pieces.remove(hash));
    }
    var canaries = new TreeSet<String>();
    system.forEach(text -> canaries(text, canaries));
    canaries.removeIf(c -> others.stream().anyMatch(o -> o.text().contains(c)));
    return new Conversation(pieces, canaries.stream().limit(MAX_CANARIES).toList());
  }

  private static Letters letters(String text) {
    String folded = NormalizedText.of(text).folded();
    return Letters.of(folded, 0, folded.length());
  }

  private static void canaries(String text, Collection<String> canaries) {
    String plain = NormalizedText.of(text).text();
    for (Matcher m = MARKED.matcher(plain); m.find(); ) {
      add(m.group(1), SHORTEST_MARKED, canaries);
    }
    for (Matcher m = TOKEN.matcher(plain); m.find(); ) {
      if (turns(m.group()) >= FEWEST_TURNS) {
        add(m.group(), SHORTEST_LEARNT, canaries);
      }
    }
  }

  private static void add(String token, int shortest, Collection<String> canaries) {
    String letters = letters(token).text();
    if (letters.length() >= shortest && letters.length() <= LONGEST_CANARY) {
      canaries.add(letters);
    }
  }

  /** How often a letter follows a digit or a digit a letter. */
  private static int turns(String token) {
    int turns = 0;
    int before = 0;
    for (int i = 0; i < token.length(); i++) {
      char c = token.charAt(i);
      int kind = Recognizer.isDigit(c) ? 1 : Recognizer.isLetter(c) ? 2 : 0;
      if (kind != 0) {
        turns += before != 0 && kind != before ? 1 : 0;
        before = kind;
      }
    }
    return turns;
  }

  /** Whether a piece of {@link #SHARED} letters and digits with this hash is of the prompt. */
  boolean holds(long piece) {
    return pieces.contains(piece);
  }

  /** In lower case, letters and digits only. */
  List<String> canaries() {
    return new ArrayList<>(canaries);
  }

  boolean isEmpty() {
    return pieces.isEmpty() && canaries.isEmpty();
  }

  /** Never a text. */
  @Override
  public String toString() {
    return "Conversation[" + canaries.size() + " canaries]";
  }
}
