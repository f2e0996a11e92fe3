package dev.newel.sidecar.bundle;

import dev.newel.filter.Engine;
import java.time.Instant;

/**
 * A bundle in force.
 *
 * @param revision content hash of the policy
 * @param sequence its number
 * @param since when it came into force
 * @param engine the compiled policy
 */
public record LoadedBundle(String revision, long sequence, Instant since, Engine engine) {}
