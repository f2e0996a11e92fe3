package dev.newel.filter.decide;

import dev.newel.policy.Action;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Turns findings into edits, from left to right. Every character that any masking finding covers is
 * replaced; what replaces it depends only on the findings that cover it, never on how far the text
 * has been seen.
 */
public final class Sweep {
  private Sweep() {}

  /**
   * Replaces {@code [start, end)} of the original by {@code replacement}.
   *
   * @param start inclusive
   * @param end exclusive
   * @param replacement what stands there instead
   */
  public record Edit(int start, int end, String replacement) {
    /** Moved by this many characters. */
    public Edit shift(int by) {
      return new Edit(start + by, end + by, replacement);
    }
  }

  /**
   * The text with edits applied.
   *
   * @param edits in order, not overlapping
   */
  public static String apply(String text, List<Edit> edits) {
    var out = new StringBuilder(text.length());
    int at = 0;
    for (Edit edit : edits) {
      out.append(text, at, edit.start()).append(edit.replacement());
      at = edit.end();
    }
    return out.append(text, at, text.length()).toString();
  }

  /**
   * The edits between two positions.
   *
   * @param findings all that begin before {@code to}, in any order
   * @param from first character that is not yet written
   * @param to edits that begin at or behind this position are left for later
   * @return in order, not overlapping; the last may end behind {@code to}
   */
  public static List<Edit> edits(List<Finding> findings, int from, int to, Masker masker) {
    List<Finding> masking =
        findings.stream()
            .filter(f -> f.action() == Action.MASK)
            .sorted(Comparator.comparingInt(Finding::start))
            .toList();
    var edits = new ArrayList<Edit>();
    // What is shown is first of all what reaches farthest. So of all that began it is the only one
    // to ask: where it has ended, all have.
    Finding farthest = null;
    int next = 0;
    int at = from;
    while (at < to) {
      while (next < masking.size() && masking.get(next).start() <= at) {
        Finding begun = masking.get(next++);
        farthest = farthest == null ? begun : Masker.shown(begun, farthest);
      }
      if (farthest != null && farthest.end() > at) {
        edits.add(new Edit(at, farthest.end(), masker.replacement(farthest)));
        at = farthest.end();
      } else {
        at = next < masking.size() ? masking.get(next).start() : to;
      }
    }
    return edits;
  }
}
