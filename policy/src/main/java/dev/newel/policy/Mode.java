package dev.newel.policy;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Whether the rules of one policy act, or only report. */
public enum Mode {
  /** Every action of this policy becomes a finding without effect. */
  @JsonProperty("Detect")
  DETECT,
  /** The actions take effect. */
  @JsonProperty("Enforce")
  ENFORCE
}
