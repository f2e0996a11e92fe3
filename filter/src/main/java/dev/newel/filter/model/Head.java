package dev.newel.filter.model;

/** What a model is asked about a window. */
public enum Head {
  /** Does this text, typed by somebody, try to steer the model against its operator? */
  DIRECT(0),
  /** Is there an order to a model in this text, which is data? */
  DOCUMENT(1),
  HATE(2),
  VIOLENCE(3),
  SELF_HARM(4),
  SEXUAL(5),
  CRIMINAL(6);

  private final int index;

  Head(int index) {
    this.index = index;
  }

  /** Where its answer stands among those of a model, from 0. */
  public int index() {
    return index;
  }
}
