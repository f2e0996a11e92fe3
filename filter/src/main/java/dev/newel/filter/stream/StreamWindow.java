package dev.newel.filter.stream;

import dev.newel.filter.Engine;
import dev.newel.filter.decide.Finding;
import dev.newel.filter.decide.Sweep;
import dev.newel.filter.detect.Origin;
import dev.newel.filter.text.Views;
import dev.newel.policy.Action;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Masks a text that arrives in pieces. What comes out, put together, is what masking the whole text
 * would give, whatever the pieces were: a match is decided once everything that can matter for it
 * has been seen, and matches are decided for each position by itself.
 *
 * <p>Held back are at most {@link Engine#holdBack} characters as detectors read them: normalised,
 * and where the text is encoded, decoded. Invisible characters, of which runs are bounded, and the
 * length of an encoding come on top. One window serves one text, on one thread at a time.
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
    Views text = Views.of(seen, last);
    int cut = last ? seen.length() : engine.decidedBefore(text, origin.direction());
    var findings = new ArrayList<Finding>();
    if (cut > decided) {
      for (Finding f : engine.find(text, origin, decided, cut)) {
        open.add(f);
        findings.add(f.shift(dropped));
      }
      decided = cut;
    }
    Optional<Finding> block = open.stream().filter(f -> f.action() == Action.BLOCK).findFirst();
    int to = block.map(f -> Math.min(f.start(), decided)).orElse(decided);
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
  private void forget(Views text) {
    int drop = engine.contextStart(text, Math.min(decided, released));
    if (drop == 0) {
      return;
    }
    buffer.delete(0, drop);
    dropped += drop;
    released -= drop;
    decided -= drop;
    open.replaceAll(f -> f.shift(-drop));
  }
}
