package dev.newel.filter.model;

/**
 * A neural encoder: judges windows with more understanding, and at more cost, than the {@link
 * LinearModel}. A module that carries one provides it as a service ({@link
 * java.util.ServiceLoader}).
 */
public interface Encoder {
  /**
   * Judges a window; may be called by many threads and bounds by itself how many work at a time.
   *
   * @param window a text as {@link TextWindows} cuts them
   * @param deadline value of {@link System#nanoTime} after which it gives up
   * @return a logit for each {@link Head}
   * @throws dev.newel.filter.detect.DetectorTimeoutException after the deadline
   */
  float[] judge(String window, long deadline);
}
