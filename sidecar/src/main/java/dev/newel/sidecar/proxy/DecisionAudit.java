package dev.newel.sidecar.proxy;

import dev.newel.audit.AuditRecorder;
import dev.newel.audit.ContentCommitment;
import dev.newel.audit.EventDraft;
import dev.newel.audit.EventType;
import dev.newel.filter.protocol.Verdict;
import dev.newel.sidecar.FilterConfig;
import io.vertx.core.json.JsonObject;
import java.security.SecureRandom;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** Records what the filter decides: rule ids, actions and keyed hashes, never a text. */
public final class DecisionAudit {
  /** The most rules that one event names. */
  private static final int MAX_RULES = 32;

  private final AuditRecorder recorder;
  private final ContentCommitment commitment;
  private final Map<String, Object> target;
  private final Map<String, Object> model;

  public DecisionAudit(AuditRecorder recorder, FilterConfig config) {
    this.recorder = recorder;
    byte[] key = new byte[32];
    new SecureRandom().nextBytes(key);
    this.commitment = new ContentCommitment(key);
    this.target = Map.of("kind", "ModelDeployment", "reference", config.model());
    this.model = strings(new JsonObject(config.modelInfo()));
  }

  /**
   * Records the decision on a request, before it goes on. Blocks until it is durable.
   *
   * @throws dev.newel.audit.AuditUnavailableException then the request may not go on
   */
  void decided(String requestId, Verdict verdict, String revision, byte[] body) {
    var data = data("request.decide", verdict, revision);
    data.put("content", List.of(commitment.of("input", body)));
    recorder.record(EventDraft.fact(EventType.REQUEST_DECIDED, "req/" + requestId, data));
  }

  /** Records how an answer ended. */
  void completed(String requestId, Verdict verdict, String revision, int status) {
    var data = data("answer.decide", verdict, revision);
    data.put("status", status);
    recorder.record(EventDraft.fact(EventType.REQUEST_COMPLETED, "req/" + requestId, data));
  }

  /**
   * Records that there was no whole answer.
   *
   * @param soFar what was decided on the part that came
   */
  void failed(String requestId, String reason, Optional<Verdict> soFar, String revision) {
    Map<String, Object> data =
        soFar
            .map(verdict -> data("answer.decide", verdict, revision))
            .orElseGet(() -> new HashMap<>(Map.of("target", target)));
    data.put("reason", reason);
    recorder.record(EventDraft.fact(EventType.REQUEST_FAILED, "req/" + requestId, data));
  }

  private Map<String, Object> data(String action, Verdict verdict, String revision) {
    List<String> rules =
        verdict.findings().stream()
            .map(f -> f.rule().id().toString())
            .distinct()
            .limit(MAX_RULES)
            .toList();
    var decision = new HashMap<String, Object>();
    decision.put("action", verdict.action().name().toLowerCase(Locale.ROOT));
    decision.put("rules", rules);
    decision.put("findings", verdict.findings().size());
    decision.put("revision", revision);
    verdict.refusal().ifPresent(r -> decision.put("code", r.code()));
    var data = new HashMap<String, Object>();
    data.put("action", action);
    data.put("target", target);
    data.put("model", model);
    data.put("decision", decision);
    return data;
  }

  private static Map<String, Object> strings(JsonObject json) {
    var out = new HashMap<String, Object>();
    json.forEach(e -> out.put(e.getKey(), String.valueOf(e.getValue())));
    return out;
  }
}
