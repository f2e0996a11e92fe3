package dev.newel.operator.breakglass;

import dev.newel.audit.AuditRecorder;
import dev.newel.audit.EventDraft;
import dev.newel.audit.EventType;
import dev.newel.audit.Trail;
import dev.newel.operator.breakglass.RequestDecision.Transition;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * What the audit log says about requests: each transition once, also over crashes, and what has
 * ended, also when the cluster has forgotten it.
 */
public final class GrantLedger {
  private static final Set<EventType> ENDS =
      Set.of(
          EventType.GRANT_DENIED,
          EventType.GRANT_WITHDRAWN,
          EventType.GRANT_TIMED_OUT,
          EventType.GRANT_REVOKED,
          EventType.GRANT_EXPIRED,
          EventType.GRANT_REVIEWED);

  private final AuditRecorder recorder;
  private final Set<String> recorded = ConcurrentHashMap.newKeySet();
  private final Map<String, String> ended = new ConcurrentHashMap<>();

  /**
   * A ledger.
   *
   * @param trail all that was recorded so far
   */
  public GrantLedger(AuditRecorder recorder, List<Trail.Entry> trail) {
    this.recorder = recorder;
    for (Trail.Entry entry : trail) {
      if (entry.text("type").startsWith("grant.") && entry.data().get("key") instanceof String k) {
        remember(entry.type(), k);
      }
    }
  }

  /**
   * Records it, unless it is recorded.
   *
   * @throws dev.newel.audit.AuditUnavailableException then it is not, and may be tried again
   */
  synchronized void record(HasMetadata target, Transition transition) {
    if (recorded.contains(transition.key())) {
      return;
    }
    var data = new HashMap<>(transition.data());
    var meta = target.getMetadata();
    data.put("key", transition.key());
    data.put(
        "target",
        Map.of(
            "apiVersion", target.getApiVersion(),
            "kind", target.getKind(),
            "namespace", meta.getNamespace(),
            "name", meta.getName(),
            "uid", meta.getUid()));
    recorder.record(
        EventDraft.fact(
            transition.type(), "breakglass/" + meta.getNamespace() + "/" + meta.getName(), data));
    remember(transition.type(), transition.key());
  }

  private void remember(EventType type, String key) {
    recorded.add(key);
    String uid = key.substring(0, key.indexOf('|'));
    if (ENDS.contains(type)) {
      ended.put(uid, type.wire().replaceAll("\\.v\\d+$", ""));
    } else if (type == EventType.GRANT_REFUSED && key.endsWith("|request")) {
      ended.put(uid, "grant.refused");
    }
  }

  /** How the request with this uid ended, if it did. */
  Optional<String> ended(String uid) {
    return Optional.ofNullable(ended.get(uid));
  }
}
