package dev.newel.policy;

/** How much a finding matters to the people who watch; has no effect on what passes. */
public enum Severity {
  LOW,
  MEDIUM,
  HIGH,
  CRITICAL
}
