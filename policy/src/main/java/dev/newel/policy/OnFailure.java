package dev.newel.policy;

/** What happens to a text that could not be judged. The later is the stricter. */
public enum OnFailure {
  /** It passes, and every byte of it is counted as uninspected. */
  ALLOW,
  /** It is refused. */
  BLOCK;

  /** The stricter of the two. */
  public OnFailure join(OnFailure other) {
    return this == BLOCK ? BLOCK : other;
  }
}
