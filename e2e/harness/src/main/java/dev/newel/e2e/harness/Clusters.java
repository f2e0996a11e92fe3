package dev.newel.e2e.harness;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** One control plane for each version and test JVM, with the CRDs installed. */
public final class Clusters {
  private static final Map<String, ControlPlane> RUNNING = new ConcurrentHashMap<>();

  private Clusters() {}

  /** Started at first use; ends with the JVM. */
  public static ControlPlane shared(String version) {
    return RUNNING.computeIfAbsent(
        version,
        v -> {
          var plane = ControlPlane.start(v);
          if (v.equals(ControlPlane.NEWEST)) {
            plane.withControllers();
          }
          plane.installCrds(Path.of(System.getProperty("newel.crds", "../crds")));
          return plane;
        });
  }
}
