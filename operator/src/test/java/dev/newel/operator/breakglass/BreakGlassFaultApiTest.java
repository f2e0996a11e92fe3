package dev.newel.operator.breakglass;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.audit.Trail;
import dev.newel.crds.BreakGlassPolicy;
import dev.newel.crds.BreakGlassRequest;
import dev.newel.crds.BreakGlassRequestStatus.Phase;
import dev.newel.e2e.harness.Await;
import dev.newel.e2e.harness.Clusters;
import dev.newel.e2e.harness.ControlPlane;
import dev.newel.e2e.harness.Crash;
import dev.newel.operator.OperatorRole;
import dev.newel.operator.breakglass.Town.Way;
import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Isolated;

/** The operator is killed after each of its writes; each version of each binding is looked at. */
@Isolated("operators die here")
@Tag("api")
class BreakGlassFaultApiTest {
  private static final Duration SOON = Duration.ofSeconds(60);
  @TempDir Path folder;

  private final ControlPlane cluster = Clusters.shared(ControlPlane.NEWEST);
  private final KubernetesClient admin = cluster.client();

  /** Invariant I2: a binding that is seen is the one that was asked for, approved, and in time. */
  private final Queue<String> violations = new ConcurrentLinkedQueue<>();

  @Test
  void killedAfterAnyWriteItNeitherProlongsNorWidensNorForgets() throws IOException {
    OperatorRole.install(admin);
    Town.install(admin);
    for (String d :
        List.of(
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: town-crash}
            rules: [{apiGroups: [""], resources: [configmaps], verbs: [get, list]}]
            """,
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRole
            metadata: {name: town-crash-binder}
            rules: [{apiGroups: [rbac.authorization.k8s.io], resources: [clusterroles], resourceNames: [town-crash], verbs: [bind]}]
            """,
            """
            apiVersion: rbac.authorization.k8s.io/v1
            kind: ClusterRoleBinding
            metadata: {name: town-crash-binder}
            roleRef: {apiGroup: rbac.authorization.k8s.io, kind: ClusterRole, name: town-crash-binder}
            subjects: [{kind: User, name: "%s", apiGroup: rbac.authorization.k8s.io}]
            """
                .formatted(ControlPlane.OPERATOR_USER),
            """
            apiVersion: newel.dev/v1alpha1
            kind: BreakGlassPolicy
            metadata: {name: crash}
            spec: {namespaces: {}, roles: [{name: town-crash}], approvals: {required: 1, within: 10m}}
            """)) {
      admin
          .resource(Serialization.unmarshal(d, GenericKubernetesResource.class))
          .fieldManager("test")
          .forceConflicts()
          .serverSideApply();
    }
    boolean crashed = true;
    int n = 0;
    while (crashed) {
      n++;
      Path audit = Files.createDirectory(folder.resolve("run-" + n));
      Path found = Files.createDirectory(folder.resolve("found-" + n));
      String namespace = cluster.newNamespace(admin);
      var crash = Crash.afterWrite(n);
      try (Watch _ = watch(namespace)) {
        try (var _ =
            new RunningBreakGlass(
                crash.operator(cluster), audit, Clock.systemUTC(), crash::happened)) {
          try (var alice = Town.requester(cluster, "alice")) {
            alice
                .resource(Town.request(namespace, "fix", "crash", "alice", "town-crash", "3s"))
                .create();
          }
          drive(namespace, crash);
          crashed = crash.happened();
          copy(audit, found); // a killed process closes nothing
        }
        try (var operator = new RunningBreakGlass(cluster, found)) {
          drive(namespace, Crash.never());
          BreakGlassRequest over =
              Await.until("the end of run " + n, SOON, () -> read(namespace), this::isOver);
          assertThat(bindings(namespace)).as("after write " + n).isEmpty();
          List<String> events = operator.events(over.reference());
          for (String once : List.of("grant.requested", "grant.approved", "grant.activated")) {
            assertThat(Collections.frequency(events, once))
                .as(once + " after write " + n + " in " + events)
                .isLessThanOrEqualTo(1);
          }
        }
        assertThat(Trail.verify(Trail.lines(found), true)).as("trail after write " + n).isEmpty();
      }
      admin.namespaces().withName(namespace).delete();
    }
    assertThat(n).isGreaterThan(8);
    assertThat(violations).isEmpty();
    admin.resources(BreakGlassPolicy.class).withName("crash").delete();
    admin.close();
  }

  /** Approves as soon as it can, and goes on until the request is over or the operator dead. */
  private void drive(String namespace, Crash crash) {
    Await.until(
        "the request to go on",
        SOON,
        () -> {
          BreakGlassRequest r = read(namespace);
          boolean pending = r.getStatus() != null && r.getStatus().phase() == Phase.PENDING;
          boolean decided =
              r.getMetadata().getAnnotations() != null
                  && !r.getMetadata().getAnnotations().isEmpty();
          if (pending && !decided) {
            try (var bob = Town.approver(cluster, "bob")) {
              Way.MERGE_PATCH.annotate(
                  bob, r, "newel.dev/approve", "bob " + r.getStatus().digest());
            }
          }
          return crash.happened() || isOver(r);
        },
        over -> over);
  }

  private boolean isOver(BreakGlassRequest r) {
    return r.getStatus() != null
        && r.getStatus().phase() != null
        && !r.getStatus().phase().isLive();
  }

  private BreakGlassRequest read(String namespace) {
    return admin.resources(BreakGlassRequest.class).inNamespace(namespace).withName("fix").get();
  }

  private List<RoleBinding> bindings(String namespace) {
    return admin
        .rbac()
        .roleBindings()
        .inNamespace(namespace)
        .withLabel(GrantObjects.LABEL)
        .list()
        .getItems();
  }

  private Watch watch(String namespace) {
    return admin
        .rbac()
        .roleBindings()
        .inNamespace(namespace)
        .withLabel(GrantObjects.LABEL)
        .watch(
            new Watcher<>() {
              @Override
              public void eventReceived(Action action, RoleBinding b) {
                if (action == Action.ADDED || action == Action.MODIFIED) {
                  var status = read(namespace).getStatus();
                  boolean good =
                      status != null
                          && status.expiresAt() != null
                          && status.approvals() != null
                          && b.getSubjects().size() == 1
                          && b.getSubjects().getFirst().getName().equals("alice")
                          && b.getRoleRef().getName().equals("town-crash")
                          && Instant.parse(b.getMetadata().getCreationTimestamp())
                              .isBefore(Instant.parse(status.expiresAt()));
                  if (!good) {
                    violations.add(namespace + ": " + b + " with " + status);
                  }
                }
              }

              @Override
              public void onClose(WatcherException cause) {}
            });
  }

  private static void copy(Path from, Path to) throws IOException {
    try (var files = Files.list(from)) {
      for (Path file : files.toList()) {
        Files.copy(file, to.resolve(file.getFileName()));
      }
    }
  }
}
