package dev.newel.operator;

import dev.newel.audit.AuditRecorder;
import dev.newel.audit.AuditUnavailableException;
import dev.newel.audit.Changes;
import dev.newel.audit.EventDraft;
import dev.newel.audit.FileAuditRecorder;
import dev.newel.audit.Producer;
import dev.newel.audit.Receipt;
import dev.newel.audit.Trail;
import dev.newel.crds.BreakGlassRequest;
import dev.newel.e2e.harness.ControlPlane;
import dev.newel.e2e.harness.Crash;
import dev.newel.operator.breakglass.BreakGlassMetrics;
import dev.newel.operator.breakglass.BreakGlassPolicyReconciler;
import dev.newel.operator.breakglass.GrantLedger;
import dev.newel.operator.breakglass.GrantReconciler;
import dev.newel.operator.breakglass.RequestReconciler;
import dev.newel.operator.bundle.SigningKeySecret;
import dev.newel.operator.kube.Applier;
import dev.newel.operator.kube.ChangeRecovery;
import dev.newel.operator.kube.Labels;
import dev.newel.operator.kube.StatusWriter;
import dev.newel.operator.model.FilterAdmin;
import dev.newel.operator.model.ModelReconciler;
import dev.newel.operator.policy.ClusterGuardrailPolicyReconciler;
import dev.newel.operator.policy.GuardrailPolicyReconciler;
import dev.newel.operator.policy.PolicyReadings;
import dev.newel.operator.policy.WordSources;
import dev.newel.policy.bundle.Bundle;
import dev.newel.policy.bundle.BundleParts;
import dev.newel.policy.bundle.BundleVerifier;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.javaoperatorsdk.operator.Operator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Collectors;

/**
 * The operator in this JVM, against a real API server. No kubelet runs there, so the filters are
 * played: each reports the bundle that its ConfigMaps hold.
 */
final class RunningOperator implements AutoCloseable {
  /** Kept, or the setting would be collected with it. */
  private static final java.util.logging.Logger LOGS = java.util.logging.Logger.getLogger("");

  static {
    LOGS.setLevel(java.util.logging.Level.INFO);
  }

  final Path audit;
  final BundleVerifier verifier;
  private final Map<String, LongAdder> asked = new ConcurrentHashMap<>();
  private final FileAuditRecorder recorder;
  private final WordSources words;
  private final Operator operator;
  private volatile boolean closing;

  RunningOperator(ControlPlane cluster, Path audit) {
    this(cluster.client(), audit, "default", Optional.empty(), Crash.never());
  }

  /** One that will crash. */
  RunningOperator(ControlPlane cluster, Path audit, Crash crash) {
    this(crash.client(cluster), audit, "default", Optional.empty(), crash);
  }

  /** As the operator's service account; of several one leads. */
  RunningOperator(ControlPlane cluster, Path audit, String name) {
    this(cluster.operator(), audit, name);
  }

  /** With a client of the test's; of several one leads. */
  RunningOperator(KubernetesClient client, Path audit, String name) {
    this(client, audit, ControlPlane.OPERATOR_NAMESPACE, Optional.of(name), Crash.never());
  }

  private RunningOperator(
      KubernetesClient client,
      Path audit,
      String operatorNamespace,
      Optional<String> name,
      Crash crash) {
    this.audit = audit;
    var config =
        new OperatorConfig(
            operatorNamespace, "newel.dev/filter:test", "Never", audit, name.orElse("test"), "");
    recorder =
        FileAuditRecorder.open(audit, new Producer("default/test/1", "/test"), Clock.systemUTC());
    var changes = new Changes(crash(recorder, crash));
    var signer = SigningKeySecret.loadOrCreate(client, changes, config.namespace());
    verifier = new BundleVerifier(signer.publicKey());
    ChangeRecovery.settle(client, changes, Trail.openIntents(Trail.read(audit)));
    words = new WordSources(client, operatorNamespace);
    var readings = new PolicyReadings(words);
    var statuses = new StatusWriter(client, Clock.systemUTC());
    FilterAdmin admin = pod -> played(client, pod);
    operator =
        new Operator(o -> {
          o.withKubernetesClient(client)
              .withCloseClientOnStop(true)
              .withConcurrentReconciliationThreads(16)
              .withInformerStoppedHandler((_, _) -> {}); // the default ends the JVM
          name.ifPresent(
              _ -> o.withLeaderElectionConfiguration(OperatorBeans.election(config, this::lost)));
        });
    operator.register(
        new ModelReconciler(
            new Applier(client, changes),
            statuses,
            config,
            signer,
            words,
            readings,
            admin,
            Clock.systemUTC()));
    operator.register(new GuardrailPolicyReconciler(statuses, words, readings, Clock.systemUTC()));
    operator.register(
        new ClusterGuardrailPolicyReconciler(statuses, words, readings, Clock.systemUTC()));
    if (name.isPresent() && knowsBreakGlass(client)) {
      var ledger = new GrantLedger(recorder, Trail.read(audit));
      var applier = new Applier(client, changes);
      var metrics = new BreakGlassMetrics(new SimpleMeterRegistry());
      operator.register(new RequestReconciler(client, applier, statuses, ledger, metrics, config));
      operator.register(new BreakGlassPolicyReconciler(client, statuses, ledger, config));
      operator.register(new GrantReconciler(client, applier, ledger));
    }
    operator.start();
  }

  /** Not with the rights and resource definitions of a release that did not know it. */
  private static boolean knowsBreakGlass(KubernetesClient client) {
    try {
      client.resources(BreakGlassRequest.class).inAnyNamespace().list();
      return true;
    } catch (KubernetesClientException e) {
      return false;
    }
  }

  private Optional<FilterAdmin.BundleInForce> played(KubernetesClient client, Pod pod) {
    asked.computeIfAbsent(pod.getMetadata().getNamespace(), _ -> new LongAdder()).increment();
    try {
      return bundle(
              client,
              pod.getMetadata().getNamespace(),
              pod.getMetadata().getLabels().get(Labels.MODEL))
          .map(b -> new FilterAdmin.BundleInForce(b.revision(), b.sequence()));
    } catch (IllegalStateException | KubernetesClientException e) {
      return Optional.empty(); // whoever asks is dead, or cannot be answered
    }
  }

  /** What the ConfigMaps of a model hold. */
  Optional<Bundle> bundle(KubernetesClient client, String namespace, String model) {
    var parts = new HashMap<String, byte[]>();
    for (var map :
        client
            .configMaps()
            .inNamespace(namespace)
            .withLabel(Labels.MODEL, model)
            .list()
            .getItems()) {
      map.getBinaryData().forEach((k, v) -> parts.put(k, Base64.getDecoder().decode(v)));
    }
    return parts.isEmpty() ? Optional.empty() : Optional.of(verifier.open(BundleParts.join(parts)));
  }

  List<Trail.Entry> trail() {
    return Trail.read(audit);
  }

  /** Ids of all intents so far. */
  Set<String> intents() {
    return trail().stream()
        .filter(e -> e.text("phase").equals("intent"))
        .map(e -> e.text("id"))
        .collect(Collectors.toSet());
  }

  /** How often the filters of a namespace were asked. */
  long asked(String namespace) {
    return asked.getOrDefault(namespace, new LongAdder()).sum();
  }

  /** A dead process records nothing. */
  private static AuditRecorder crash(AuditRecorder recorder, Crash crash) {
    return new AuditRecorder() {
      @Override
      public List<Receipt> record(List<EventDraft> drafts) {
        if (crash.happened()) {
          throw new AuditUnavailableException("the process is dead", null);
        }
        return recorder.record(drafts);
      }

      @Override
      public void close() {
        recorder.close();
      }
    };
  }

  /** As {@link LostLead}, but stopping one operator of this JVM does not end the others. */
  private void lost() {
    if (!closing) {
      LostLead.end();
    }
  }

  @Override
  public void close() {
    closing = true;
    words.close();
    operator.stop();
    recorder.close();
  }
}
