package dev.newel.sidecar.bundle;

import dev.newel.filter.Engine;
import java.time.Instant;
import java.util.Optional;

/**
 * A bundle in force.
 *
 * @param revision content hash of the policy
 * @param sequence its number
 * @param since when it came into force
 * @param engine the compiled policy; empty when the bundle says that there is none, and then
 *     nothing may pass
 */
public record LoadedBundle(
    String revision, long sequence, Instant since, Optional<Engine> engine) {}
