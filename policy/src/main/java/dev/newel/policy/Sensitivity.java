package dev.newel.policy;

import com.fasterxml.jackson.annotation.JsonProperty;

/**
 * How readily a trained detector speaks up: how many innocent texts it may take for guilty ones,
 * measured on benign texts, each kind of them counted alike. What it finds grows with that.
 */
public enum Sensitivity {
  /** About one false alarm in 1,000 benign texts. */
  @JsonProperty("Low")
  LOW,
  /** About one in 100. */
  @JsonProperty("Medium")
  MEDIUM,
  /** About five in 100. */
  @JsonProperty("High")
  HIGH
}
