package dev.newel.operator;

import dev.newel.audit.Changes;
import dev.newel.audit.FileAuditRecorder;
import dev.newel.audit.Producer;
import dev.newel.audit.Trail;
import dev.newel.e2e.harness.ControlPlane;
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
import io.javaoperatorsdk.operator.Operator;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;

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
  final AtomicLong asked = new AtomicLong();
  private final FileAuditRecorder recorder;
  private final WordSources words;
  private final Operator operator;

  RunningOperator(ControlPlane cluster, Path audit) {
    this(cluster.client(), audit, "default", Optional.empty());
  }

  /** As whoever the client is, which is closed at the end; of those with a name one leads. */
  RunningOperator(
      KubernetesClient client, Path audit, String operatorNamespace, Optional<String> name) {
    this.audit = audit;
    var config =
        new OperatorConfig(
            operatorNamespace, "newel.dev/filter:test", "Never", audit, name.orElse("test"), "");
    recorder =
        FileAuditRecorder.open(audit, new Producer("default/test/1", "/test"), Clock.systemUTC());
    var changes = new Changes(recorder);
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
              .withConcurrentReconciliationThreads(16);
          name.ifPresent(_ -> o.withLeaderElectionConfiguration(OperatorBeans.election(config)));
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
    operator.start();
  }

  private Optional<FilterAdmin.BundleInForce> played(KubernetesClient client, Pod pod) {
    asked.incrementAndGet();
    return bundle(
            client,
            pod.getMetadata().getNamespace(),
            pod.getMetadata().getLabels().get(Labels.MODEL))
        .map(b -> new FilterAdmin.BundleInForce(b.revision(), b.sequence()));
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

  @Override
  public void close() {
    words.close();
    operator.stop();
    recorder.close();
  }
}
