package dev.newel.filter.detect;

import dev.newel.filter.text.NormalizedText;
import dev.newel.filter.text.View;
import java.util.List;
import java.util.Set;

/**
 * Finds spans in a text; knows nothing of requests, formats or policies.
 *
 * <p>A detector is <em>local</em>: whether {@code [start, end)} is a match depends only on the text
 * from {@value #LOOK_BEHIND} characters before {@code start} to {@link #lookAhead} characters after
 * {@code end}, and {@code end - start} is at most {@link #maxLength}; where {@code start} lies in a
 * {@link Block} of characters without spaces, also on that block and what stands before it. This is
 * what makes masking a stream equal to masking the whole.
 */
public interface Detector {
  /** The most characters before a match that may matter. */
  int LOOK_BEHIND = 320;

  /** Name of the detector, as in a manifest. */
  String name();

  /** The views it wants to see; it is shown the text in each of them, the plain one first. */
  default Set<View> views() {
    return View.EXACT;
  }

  /** The longest match in characters of a view. */
  int maxLength();

  /** The most characters of a view behind a match that may matter. */
  int lookAhead();

  /**
   * All matches that begin in the window. They may overlap.
   *
   * @throws DetectorTimeoutException after the window's deadline
   */
  List<Match> detect(NormalizedText text, Window window);
}
