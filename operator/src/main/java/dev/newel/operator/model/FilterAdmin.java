package dev.newel.operator.model;

import io.fabric8.kubernetes.api.model.Pod;
import java.util.Optional;

/** Asks a filter what it enforces. */
public interface FilterAdmin {
  /** A filter's answer. */
  record BundleInForce(String revision, long sequence) {}

  /** Empty when the filter has none in force, cannot be reached or does not answer in time. */
  Optional<BundleInForce> bundle(Pod pod);
}
