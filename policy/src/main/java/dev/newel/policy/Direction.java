package dev.newel.policy;

/** Which way a text travels through the filter. */
public enum Direction {
  /** From the client to the model. */
  INPUT,
  /** From the model to the client. */
  OUTPUT
}
