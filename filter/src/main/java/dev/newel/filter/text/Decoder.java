package dev.newel.filter.text;

import java.util.List;

/**
 * Reads a text in another way. What it makes of a stretch depends on that stretch and a bounded
 * number of characters around it, never on where the text begins: so the same is read however a
 * stream was cut.
 */
interface Decoder {
  View view();

  /** Reads what stands in the text; of an open one only what no further character can change. */
  Decoded decode(NormalizedText text);

  /**
   * What was read.
   *
   * @param texts in order; each by itself, since nothing is known of what stands between them
   * @param pending position in the original before which nothing more will be read, except as the
   *     continuation of an open text
   */
  record Decoded(List<NormalizedText> texts, int pending) {
    /** For texts that are complete. */
    static final int NONE = Integer.MAX_VALUE;

    /** Nothing was read of this text, and nothing can become of it from this index on. */
    static Decoded nothing(NormalizedText text, int pendingIndex) {
      return new Decoded(List.of(), pending(text, pendingIndex));
    }

    /** The position of an index of an open text. */
    static int pending(NormalizedText text, int index) {
      return text.isOpen() ? text.originalStart(index) : NONE;
    }
  }
}
