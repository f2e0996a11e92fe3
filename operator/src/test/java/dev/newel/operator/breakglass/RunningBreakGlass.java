package dev.newel.operator.breakglass;

import dev.newel.audit.AuditRecorder;
import dev.newel.audit.AuditUnavailableException;
import dev.newel.audit.Changes;
import dev.newel.audit.EventDraft;
import dev.newel.audit.FileAuditRecorder;
import dev.newel.audit.Producer;
import dev.newel.audit.Receipt;
import dev.newel.audit.Trail;
import dev.newel.e2e.harness.ControlPlane;
import dev.newel.operator.OperatorConfig;
import dev.newel.operator.kube.Applier;
import dev.newel.operator.kube.ChangeRecovery;
import dev.newel.operator.kube.StatusWriter;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.Operator;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.BooleanSupplier;

/** The part of the operator that gives access, in this JVM, under the operator's own account. */
final class RunningBreakGlass implements AutoCloseable {
  final AtomicBoolean auditDown = new AtomicBoolean();
  final SimpleMeterRegistry metrics = new SimpleMeterRegistry();
  private final Path audit;
  private final FileAuditRecorder recorder;
  private final Operator operator;

  RunningBreakGlass(ControlPlane cluster, Path audit) {
    this(cluster.operator(), audit, Clock.systemUTC(), () -> false);
  }

  /**
   * One that may be out of its mind.
   *
   * @param clock of the process
   * @param dead a dead process records nothing
   */
  RunningBreakGlass(KubernetesClient client, Path audit, Clock clock, BooleanSupplier dead) {
    this.audit = audit;
    var config =
        new OperatorConfig(
            ControlPlane.OPERATOR_NAMESPACE, "filter:test", "Never", audit, "test", "");
    recorder = FileAuditRecorder.open(audit, new Producer("default/test/1", "/test"), clock);
    AuditRecorder guarded = guarded(dead);
    var changes = new Changes(guarded);
    ChangeRecovery.settle(client, changes, Trail.openIntents(Trail.read(audit)));
    var applier = new Applier(client, changes);
    var statuses = new StatusWriter(client, clock);
    var ledger = new GrantLedger(guarded, Trail.read(audit));
    operator =
        new Operator(o ->
            o.withKubernetesClient(client)
                .withCloseClientOnStop(true)
                .withConcurrentReconciliationThreads(16)
                .withInformerStoppedHandler((_, _) -> {}));
    operator.register(
        new RequestReconciler(
            client, applier, statuses, ledger, new BreakGlassMetrics(metrics), config));
    operator.register(new BreakGlassPolicyReconciler(client, statuses, ledger, config));
    operator.register(new GrantReconciler(client, applier, ledger));
    operator.start();
  }

  private AuditRecorder guarded(BooleanSupplier dead) {
    return new AuditRecorder() {
      @Override
      public List<Receipt> record(List<EventDraft> drafts) {
        if (auditDown.get() || dead.getAsBoolean()) {
          throw new AuditUnavailableException("the audit log is down", null);
        }
        return recorder.record(drafts);
      }

      @Override
      public void close() {
        recorder.close();
      }
    };
  }

  /** Types of all events about grants of a request so far, in order. */
  List<String> events(String reference) {
    return Trail.read(audit).stream()
        .filter(e -> e.text("subject").equals("breakglass/" + reference))
        .map(e -> e.text("type").replaceAll("\\.v\\d+$", ""))
        .toList();
  }

  @Override
  public void close() {
    operator.stop();
    recorder.close();
  }
}
