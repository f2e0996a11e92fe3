package dev.newel.sidecar;

import dev.newel.policy.wire.FilterContract;
import java.time.Duration;

/**
 * What one client, and all of them together, can take of a filter.
 *
 * @param body the longest body of a request or of an unstreamed answer in bytes, decoded
 * @param requests the most requests under way at once; those beyond get 429
 * @param keepAlive how long a connection is kept open between two requests
 * @param upload how long the body of a request may take to arrive
 * @param firstByte how long the model may take to begin its answer
 * @param idle how long nothing may move in either direction, also on a connection that has not sent
 *     a request yet; at least as long as {@code firstByte}
 * @param drain how long answers under way may take to end when the filter is told to stop
 */
public record Limits(
    int body,
    int requests,
    Duration keepAlive,
    Duration upload,
    Duration firstByte,
    Duration idle,
    Duration drain) {
  private static final int MEBIBYTE = 1 << 20;

  public static final Limits DEFAULT =
      new Limits(
          10 * MEBIBYTE,
          256,
          Duration.ofSeconds(75),
          Duration.ofSeconds(60),
          Duration.ofMinutes(5),
          Duration.ofMinutes(5),
          Duration.ofSeconds(20));

  public Limits {
    if (body < 1 || requests < 1) {
      throw new IllegalArgumentException("a limit of nothing lets nothing pass");
    }
    if (idle.compareTo(firstByte) < 0) {
      throw new FilterConfig.InvalidException(
          "%s is %d ms, %s is %d ms; the first must be at least as long"
              .formatted(
                  FilterContract.ENV_IDLE_TIMEOUT,
                  idle.toMillis(),
                  FilterContract.ENV_FIRST_BYTE_TIMEOUT,
                  firstByte.toMillis()));
    }
  }

  static Limits of(Environment env) {
    return new Limits(
        env.number(FilterContract.ENV_MAX_BODY, 1024, 64 * MEBIBYTE, DEFAULT.body),
        env.number(FilterContract.ENV_MAX_REQUESTS, 1, 65_536, DEFAULT.requests),
        env.duration(FilterContract.ENV_KEEP_ALIVE, DEFAULT.keepAlive),
        env.duration(FilterContract.ENV_BODY_TIMEOUT, DEFAULT.upload),
        env.duration(FilterContract.ENV_FIRST_BYTE_TIMEOUT, DEFAULT.firstByte),
        env.duration(FilterContract.ENV_IDLE_TIMEOUT, DEFAULT.idle),
        env.duration(FilterContract.ENV_DRAIN_TIMEOUT, DEFAULT.drain));
  }
}
