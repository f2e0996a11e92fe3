package dev.newel.operator;

import dev.newel.audit.AuditRecorder;
import dev.newel.audit.Changes;
import dev.newel.audit.FileAuditRecorder;
import dev.newel.audit.Producer;
import dev.newel.audit.Trail;
import dev.newel.operator.breakglass.BreakGlassMetrics;
import dev.newel.operator.breakglass.GrantLedger;
import dev.newel.operator.bundle.SigningKeySecret;
import dev.newel.operator.kube.Applier;
import dev.newel.operator.kube.ChangeRecovery;
import dev.newel.operator.kube.StatusWriter;
import dev.newel.operator.model.FilterAdmin;
import dev.newel.operator.model.HttpFilterAdmin;
import dev.newel.operator.policy.PolicyReadings;
import dev.newel.operator.policy.WordSources;
import dev.newel.operator.rbac.Permissions;
import dev.newel.policy.bundle.BundleSigner;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.extended.leaderelection.LeaderCallbacks;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfiguration;
import io.javaoperatorsdk.operator.api.config.LeaderElectionConfigurationBuilder;
import io.micrometer.core.instrument.MeterRegistry;
import jakarta.enterprise.inject.Disposes;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import org.jboss.logging.Logger;

/** Puts the operator together: the one place where its parts are made. */
@Singleton
public class OperatorBeans {
  private static final Logger LOG = Logger.getLogger(OperatorBeans.class);

  @Produces
  @Singleton
  OperatorConfig config() {
    return OperatorConfig.of(System.getenv());
  }

  @Produces
  @Singleton
  Clock clock() {
    return Clock.systemUTC();
  }

  @Produces
  @Singleton
  AuditRecorder audit(OperatorConfig config, Clock clock) {
    return FileAuditRecorder.open(
        config.auditDir(),
        new Producer(
            config.namespace() + "/" + config.pod() + "/operator",
            "/namespaces/" + config.namespace() + "/pods/" + config.pod() + "/operator"),
        clock);
  }

  void close(@Disposes AuditRecorder audit) {
    audit.close();
  }

  @Produces
  @Singleton
  Changes changes(AuditRecorder audit, OperatorConfig config, KubernetesClient client) {
    var changes = new Changes(audit);
    int open =
        ChangeRecovery.settle(client, changes, Trail.openIntents(Trail.read(config.auditDir())));
    if (open > 0) {
      LOG.infof("event=audit.recovered intents=%d", open);
    }
    return changes;
  }

  @Produces
  @Singleton
  Applier applier(KubernetesClient client, Changes changes) {
    return new Applier(client, changes);
  }

  @Produces
  @Singleton
  StatusWriter statuses(KubernetesClient client, Clock clock) {
    return new StatusWriter(client, clock);
  }

  @Produces
  @Singleton
  WordSources words(KubernetesClient client, OperatorConfig config) {
    return new WordSources(client, config.namespace());
  }

  void close(@Disposes WordSources words) {
    words.close();
  }

  @Produces
  @Singleton
  PolicyReadings readings(WordSources words) {
    return new PolicyReadings(words);
  }

  @Produces
  @Singleton
  FilterAdmin filterAdmin() {
    return new HttpFilterAdmin();
  }

  @Produces
  @Singleton
  BundleSigner signer(KubernetesClient client, Changes changes, OperatorConfig config) {
    return SigningKeySecret.loadOrCreate(client, changes, config.namespace());
  }

  @Produces
  @Singleton
  GrantLedger ledger(AuditRecorder audit, OperatorConfig config) {
    return new GrantLedger(audit, Trail.read(config.auditDir()));
  }

  @Produces
  @Singleton
  BreakGlassMetrics breakGlassMetrics(MeterRegistry registry) {
    return new BreakGlassMetrics(registry);
  }

  /** Losing the lease ends the process: there are never two leaders. */
  @Produces
  @Singleton
  LeaderElectionConfiguration leaderElection(OperatorConfig config) {
    return election(config, LostLead::end);
  }

  /** What {@code lost} does, it must do before it returns: reconciliations go on meanwhile. */
  static LeaderElectionConfiguration election(OperatorConfig config, Runnable lost) {
    return LeaderElectionConfigurationBuilder.aLeaderElectionConfiguration(Permissions.LEASE)
        .withLeaseNamespace(config.namespace())
        .withIdentity(config.pod())
        .withLeaseDuration(Duration.ofSeconds(15))
        .withRenewDeadline(Duration.ofSeconds(10))
        .withRetryPeriod(Duration.ofSeconds(2))
        .withLeaderCallbacks(new LeaderCallbacks(() -> {}, lost, _ -> {}))
        .build();
  }
}
