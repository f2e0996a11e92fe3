package dev.newel.sidecar.bundle;

import dev.newel.audit.AuditRecorder;
import dev.newel.audit.AuditUnavailableException;
import dev.newel.audit.EventDraft;
import dev.newel.audit.EventType;
import dev.newel.filter.Engine;
import dev.newel.policy.OnFailure;
import dev.newel.policy.bundle.Bundle;
import dev.newel.policy.bundle.BundleParts;
import dev.newel.policy.bundle.BundleRefusedException;
import dev.newel.policy.bundle.BundleVerifier;
import dev.newel.policy.bundle.Refused;
import dev.newel.sidecar.Log;
import dev.newel.sidecar.admin.Metrics;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Loads what the operator mounts: verifies, compiles, then swaps in one step. A refused bundle
 * leaves the last good one in force; without any good one there is none, and nothing may pass.
 */
public final class BundleLoader {
  private final Path folder;
  private final BundleVerifier verifier;
  private final String model;
  private final AuditRecorder audit;
  private final Metrics metrics;
  private final Log log;
  private final Clock clock;
  private final byte[] maskKey = new byte[32];
  private final AtomicReference<LoadedBundle> active = new AtomicReference<>();
  private final AtomicReference<String> lastRefusal =
      new AtomicReference<>("no bundle was seen yet");

  /** What was read last, so that the same bytes are judged once. */
  private byte[] lastRead = new byte[0];

  private boolean lastReadInForce;

  public BundleLoader(
      Path folder,
      BundleVerifier verifier,
      String model,
      AuditRecorder audit,
      Metrics metrics,
      Log log,
      Clock clock) {
    this.folder = folder;
    this.verifier = verifier;
    this.model = model;
    this.audit = audit;
    this.metrics = metrics;
    this.log = log;
    this.clock = clock;
    new SecureRandom().nextBytes(maskKey);
  }

  /** The bundle in force; empty when there is none. */
  public Optional<LoadedBundle> active() {
    return Optional.ofNullable(active.get());
  }

  /** Why the newest bundle is not in force; empty when it is. */
  public Optional<String> refusal() {
    return Optional.ofNullable(lastRefusal.get());
  }

  /** Looks at the folder and loads what is new. To be called by one thread at a time. */
  public void poll() {
    byte[] bytes;
    try {
      bytes = BundleParts.join(parts());
    } catch (BundleRefusedException e) {
      if (e.reason() != Refused.INCOMPLETE || active.get() == null) {
        refused(e.reason().name(), e.getMessage());
      }
      return;
    } catch (IOException | UncheckedIOException e) {
      refused("UNREADABLE", "the folder cannot be read: " + e.getClass().getSimpleName());
      return;
    }
    if (Arrays.equals(bytes, lastRead)) {
      if (lastReadInForce) {
        // What could not be read in between is gone again.
        lastRefusal.set(null);
      }
      return;
    }
    lastReadInForce = false;
    try {
      load(bytes);
      lastRead = bytes;
      lastReadInForce = true;
      lastRefusal.set(null);
    } catch (BundleRefusedException e) {
      lastRead = bytes;
      refused(e.reason().name(), e.getMessage());
    } catch (AuditUnavailableException e) {
      refused("AUDIT_UNAVAILABLE", e.getMessage());
    } catch (RuntimeException | OutOfMemoryError e) {
      // Whatever it is, the watch goes on and the last good bundle stays.
      lastRead = bytes;
      refused("NOT_COMPILED", "the policy cannot be compiled: " + e.getMessage());
    }
  }

  private void load(byte[] bytes) {
    LoadedBundle before = active.get();
    Bundle bundle = verifier.verify(bytes, model, before == null ? 0 : before.sequence());
    Optional<Engine> engine = bundle.policy().map(p -> Engine.compile(p, maskKey));
    audit.record(
        EventDraft.fact(
            EventType.POLICY_LOADED,
            "model/" + model,
            Map.of("revision", bundle.revision(), "sequence", bundle.sequence())));
    active.set(new LoadedBundle(bundle.revision(), bundle.sequence(), clock.instant(), engine));
    metrics.bundle(bundle.revision(), open(engine), clock.millis());
    log.info("bundle.loaded", "revision", bundle.revision(), "sequence", bundle.sequence());
  }

  /** The settings that let pass what was not judged. */
  private static List<String> open(Optional<Engine> engine) {
    var open = new ArrayList<String>();
    engine
        .map(Engine::settings)
        .ifPresent(s -> {
          if (s.onUninspectable() == OnFailure.ALLOW) {
            open.add("onUninspectable");
          }
          if (s.onError() == OnFailure.ALLOW) {
            open.add("onError");
          }
        });
    return open;
  }

  private void refused(String reason, String message) {
    String text = reason + ": " + message;
    if (text.equals(lastRefusal.getAndSet(text))) {
      return;
    }
    metrics.bundleRefused(reason);
    log.warn("bundle.refused", "reason", reason, "message", message);
    try {
      audit.record(
          EventDraft.fact(EventType.POLICY_REFUSED, "model/" + model, Map.of("reason", reason)));
    } catch (AuditUnavailableException e) {
      log.error("audit.unavailable", "message", e.getMessage());
    }
  }

  /** The kubelet swaps the whole folder by one symbolic link, so a listing is consistent. */
  private Map<String, byte[]> parts() throws IOException {
    var parts = new HashMap<String, byte[]>();
    if (!Files.isDirectory(folder)) {
      return parts;
    }
    Path data = folder.resolve("..data");
    Path real = Files.exists(data) ? data.toRealPath() : folder;
    try (var files = Files.list(real)) {
      for (Path file : files.toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith("bundle.") && Files.size(file) <= BundleParts.MAX_PART) {
          parts.put(name, Files.readAllBytes(file));
        }
      }
    }
    return parts;
  }
}
