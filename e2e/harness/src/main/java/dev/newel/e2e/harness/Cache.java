package dev.newel.e2e.harness;

import java.nio.file.Path;

/**
 * Where {@code make k8s} puts what it builds and fetches: outside of the working tree, once per
 * user.
 */
public final class Cache {
  private Cache() {}

  /** {@code NEWEL_CACHE}, or {@code newel} in the user's cache folder. */
  public static Path root() {
    String cache = System.getenv("NEWEL_CACHE");
    return cache != null
        ? Path.of(cache)
        : Path.of(
            System.getenv()
                .getOrDefault("XDG_CACHE_HOME", System.getProperty("user.home") + "/.cache"),
            "newel");
  }
}
