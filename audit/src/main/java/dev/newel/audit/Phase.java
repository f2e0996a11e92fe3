package dev.newel.audit;

import java.util.Locale;

/** Where an event stands in a change. */
public enum Phase {
  /** Before the change. */
  INTENT,
  /** After it; exactly one for each intent. */
  OUTCOME,
  /** Stands alone. */
  FACT;

  /** As it stands in an event. */
  public String wire() {
    return name().toLowerCase(Locale.ROOT);
  }
}
