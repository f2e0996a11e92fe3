package dev.newel.filter.detect;

/**
 * A span that a detector recognised.
 *
 * @param entity what it is, as it stands in a mask: {@code IBAN}, {@code WORD}, {@code PATTERN}
 * @param start index in the normalised text, inclusive
 * @param end index in the normalised text, exclusive; greater than start
 * @param score 0 to 1
 */
public record Match(String entity, int start, int end, double score) {
  public Match {
    if (start < 0 || end <= start) {
      throw new IllegalArgumentException("span is " + start + " to " + end);
    }
  }
}
