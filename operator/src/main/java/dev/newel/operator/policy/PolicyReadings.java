package dev.newel.operator.policy;

import dev.newel.crds.GuardrailResource;
import dev.newel.crds.PolicyReading;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Readings of policies, each made once for a generation and its word lists: a thousand models share
 * one. A cache of pure results, nothing more.
 */
public final class PolicyReadings {
  private record Cached(String version, PolicyReading reading) {}

  private final WordSources sources;
  private final Map<String, Cached> cache = new ConcurrentHashMap<>();

  public PolicyReadings(WordSources sources) {
    this.sources = sources;
  }

  public PolicyReading of(GuardrailResource policy) {
    String version = policy.getMetadata().getGeneration() + " " + sources.version(policy);
    return cache
        .compute(
            policy.getMetadata().getUid(),
            (_, had) ->
                had != null && had.version().equals(version)
                    ? had
                    : new Cached(version, PolicyReading.of(policy, sources.of(policy))))
        .reading();
  }

  public void forget(GuardrailResource policy) {
    cache.remove(policy.getMetadata().getUid());
  }
}
