package dev.newel.filter.stream;

import dev.newel.filter.Engine;
import dev.newel.filter.decide.Finding;
import dev.newel.filter.decide.Sweep;
import dev.newel.filter.detect.Block;
import dev.newel.filter.detect.Detector;
import dev.newel.filter.detect.Origin;
import dev.newel.filter.text.NormalizedText;
import dev.newel.policy.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Masks a text that arrives in pieces. What comes out, put together, is what masking the whole text
 * would give, whatever the pieces were: a match is decided once everything that can matter for it
 * has been seen, and matches are decided for each position by itself.
 *
 * <p>Held back are at most {@link Engine#holdBack} normalised characters (invisible ones, of which
 * runs are bounded, come on top). One window serves one text, on one thread at a time.
 */
public final class StreamWindow {
  /**
   * What may go out now.
   *
   * @param text may be empty
   * @param edits what was done to it, in positions of the whole text
   * @param until everything before this position of the whole text has gone out
   * @param findings decided by this piece, positions counted from the beginning of the whole text
   * @param blocked when present, this text is the last that goes out
   */
  public record Released(
      String text,
      List<Sweep.Edit> edits,
      int until,
      List<Finding> findings,
      Optional<Finding> blocked) {}

  private final Engine engine;
  private final Origin origin;
  private final int holdBack;

  /** Context that has gone out, then what has not. */
  private final StringBuilder buffer = new StringBuilder();

  /** How many characters of the whole text were dropped before the buffer. */
  private int dropped;

  /** Index in the buffer of the first character that has not gone out. */
  private int released;

  /** Index in the buffer before which every beginning of a match has been decided. */
  private int decided;

  /** Decided findings that may still cover what has not gone out; buffer indices. */
  private final List<Finding> open = new ArrayList<>();

  private boolean ended;

  public StreamWindow(Engine engine, Origin origin) {
    this.engine = engine;
    this.origin = origin;
    this.holdBack = engine.holdBack(origin.direction());
  }

  /** Takes the next piece. */
  public Released add(CharSequence piece) {
    buffer.append(piece);
    return advance(false);
  }

  /** The text is complete: everything that was held back is decided now. */
  public Released end() {
    return advance(true);
  }

  /** How many characters are held back. */
  public int held() {
    return buffer.length() - released;
  }

  private Released advance(boolean last) {
    if (ended) {
      throw new IllegalStateException("the text has ended");
    }
    // A pair of surrogates is one character: the first half waits for the second.
    boolean half =
        !last && !buffer.isEmpty() && Character.isHighSurrogate(buffer.charAt(buffer.length() - 1));
    String seen = half ? buffer.substring(0, buffer.length() - 1) : buffer.toString();
    var text = NormalizedText.of(seen);
    int cutNormalized = last ? text.length() : text.length() - holdBack;
    int cut = last ? seen.length() : cutNormalized <= 0 ? 0 : text.originalStart(cutNormalized);
    var findings = new ArrayList<Finding>();
    if (cut > decided) {
      int from = normalizedIndex(text, decided);
      for (Finding f : engine.find(text, origin, from, cutNormalized)) {
        open.add(f);
        findings.add(f.shift(dropped));
      }
      decided = cut;
    }
    Optional<Finding> block = open.stream().filter(f -> f.action() == Action.BLOCK).findFirst();
    int to = block.map(f -> Math.min(f.start(), cut)).orElse(cut);
    List<Sweep.Edit> edits = Sweep.edits(open, released, to, engine.masker());
    String out = release(to, edits, block.isPresent());
    ended = last || block.isPresent();
    var answer =
        new Released(
            out,
            edits.stream().map(e -> e.shift(dropped)).toList(),
            dropped + released,
            findings,
            block.map(f -> f.shift(dropped)));
    forget(text);
    return answer;
  }

  private String release(int to, List<Sweep.Edit> edits, boolean blocked) {
    var out = new StringBuilder();
    for (Sweep.Edit edit : edits) {
      if (edit.start() > released) {
        out.append(buffer, released, edit.start());
      }
      out.append(edit.replacement());
      released = edit.end();
    }
    if (released < to) {
      out.append(buffer, released, to);
      released = to;
    }
    if (!blocked) {
      open.removeIf(f -> f.end() <= released);
    }
    return out.toString();
  }

  /** Drops what is neither context nor held back. */
  private void forget(NormalizedText text) {
    int needed = normalizedIndex(text, Math.min(decided, released));
    int keepFrom = Block.start(text.text(), needed) - Detector.LOOK_BEHIND;
    if (keepFrom <= NormalizedText.MAX_INVISIBLE) {
      return;
    }
    int drop = text.originalStart(keepFrom);
    buffer.delete(0, drop);
    dropped += drop;
    released -= drop;
    decided -= drop;
    open.replaceAll(f -> f.shift(-drop));
  }

  /** First normalised index whose character begins at or behind this position. */
  private static int normalizedIndex(NormalizedText text, int original) {
    int low = 0;
    int high = text.length();
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (text.originalStart(middle) < original) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
