package dev.newel.policy;

/** Whether the rules of one policy act, or only report. */
public enum Mode {
  /** Every action of this policy becomes a finding without effect. */
  DETECT,
  /** The actions take effect. */
  ENFORCE
}
