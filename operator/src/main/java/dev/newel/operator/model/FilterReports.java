package dev.newel.operator.model;

import dev.newel.operator.model.FilterAdmin.BundleInForce;
import dev.newel.policy.wire.FilterContract;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.Pod;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * What the filters report, asked only when it may have changed: once a filter has said that it
 * enforces what it should, it is not asked again until that changes or its container restarts.
 */
final class FilterReports {
  private record Known(String incarnation, BundleInForce bundle) {}

  private final FilterAdmin admin;
  private final Map<String, Known> known = new ConcurrentHashMap<>();

  FilterReports(FilterAdmin admin) {
    this.admin = admin;
  }

  /** What is known now, without asking. */
  List<PodReport> cached(Collection<Pod> pods) {
    return pods.stream().map(this::cached).toList();
  }

  /** Asks, at the same time, every running filter that is not known to enforce this revision. */
  List<PodReport> ask(Collection<Pod> pods, String revision) {
    List<Thread> asking =
        pods.stream()
            .filter(FilterReports::isRunning)
            .filter(p -> cached(p).revision().filter(revision::equals).isEmpty())
            .map(p -> Thread.startVirtualThread(() -> ask(p)))
            .toList();
    for (Thread thread : asking) {
      try {
        thread.join();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        break;
      }
    }
    return cached(pods);
  }

  /** Drops what was remembered of pods that are gone. */
  void forgetAllBut(Stream<String> livingUids) {
    known.keySet().retainAll(livingUids.collect(Collectors.toSet()));
  }

  private void ask(Pod pod) {
    admin
        .bundle(pod)
        .ifPresent(b -> known.put(pod.getMetadata().getUid(), new Known(incarnation(pod), b)));
  }

  private PodReport cached(Pod pod) {
    Optional<BundleInForce> bundle =
        Optional.ofNullable(known.get(pod.getMetadata().getUid()))
            .filter(k -> k.incarnation().equals(incarnation(pod)))
            .map(Known::bundle);
    return new PodReport(
        pod.getMetadata().getName(),
        isRunning(pod),
        bundle.map(BundleInForce::revision),
        bundle.map(BundleInForce::sequence).orElse(0L));
  }

  private static boolean isRunning(Pod pod) {
    String phase = pod.getStatus() == null ? null : pod.getStatus().getPhase();
    return pod.getMetadata().getDeletionTimestamp() == null
        && !"Succeeded".equals(phase)
        && !"Failed".equals(phase);
  }

  /** Changes when the filter's container is started again. */
  private static String incarnation(Pod pod) {
    if (pod.getStatus() == null) {
      return "";
    }
    var containers = new ArrayList<ContainerStatus>();
    Optional.ofNullable(pod.getStatus().getInitContainerStatuses()).ifPresent(containers::addAll);
    Optional.ofNullable(pod.getStatus().getContainerStatuses()).ifPresent(containers::addAll);
    return containers.stream()
        .filter(c -> c.getName().equals(FilterContract.CONTAINER))
        .map(c -> String.valueOf(c.getContainerID()))
        .findFirst()
        .orElse("");
  }
}
