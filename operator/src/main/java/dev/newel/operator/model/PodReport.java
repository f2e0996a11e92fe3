package dev.newel.operator.model;

import java.util.Optional;

/**
 * What a pod's filter says it enforces.
 *
 * @param pod name of the pod
 * @param running whether the pod should be enforcing: it is not being deleted and has not ended
 * @param revision empty when the filter has no bundle or did not answer
 * @param sequence 0 when it has none
 */
record PodReport(String pod, boolean running, Optional<String> revision, long sequence) {}
