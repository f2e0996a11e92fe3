package dev.newel.policy;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How much a finding matters to the people who watch; has no effect on what passes. */
public enum Severity {
  @JsonProperty("Low")
  LOW,
  @JsonProperty("Medium")
  MEDIUM,
  @JsonProperty("High")
  HIGH,
  @JsonProperty("Critical")
  CRITICAL
}
