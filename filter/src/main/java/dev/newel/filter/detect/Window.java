package dev.newel.filter.detect;

/**
 * Which matches are asked for: those that begin at {@code from} or later and before {@code to}, in
 * indices of the normalised text. What lies outside is context.
 *
 * @param origin whose text it is, and which way it travels
 * @param deadline value of {@link System#nanoTime} after which a detector gives up with {@link
 *     DetectorTimeoutException}
 */
public record Window(int from, int to, Origin origin, long deadline) {
  /** To be called now and then in long loops. */
  public void checkDeadline() {
    if (System.nanoTime() - deadline > 0) {
      throw new DetectorTimeoutException();
    }
  }

  /** Whether a match that begins here is asked for. */
  public boolean contains(int start) {
    return start >= from && start < to;
  }
}
