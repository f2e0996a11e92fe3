package dev.newel.e2e.harness;

import io.fabric8.kubernetes.api.model.GenericKubernetesResource;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.Watch;
import io.fabric8.kubernetes.client.Watcher;
import io.fabric8.kubernetes.client.WatcherException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What every scenario is judged by, besides its own claims. From the start to the end of a scenario
 * each version of each object of its namespace is seen by a watch.
 *
 * <ul>
 *   <li>O1 {@link #endState}: equal to that of a run in which nothing went wrong
 *   <li>O2 {@link #createsAndDeletes}: as often as in that run
 *   <li>O3 {@link #judge}: no write for {@link #QUIET}, once everything has settled
 *   <li>O5 {@link #judge}: the invariants held at every version
 * </ul>
 */
public final class Oracles implements AutoCloseable {
  /** How long nothing may be written at rest. */
  public static final Duration QUIET = Duration.ofSeconds(10);

  private static final Duration SETTLE = Duration.ofSeconds(60);
  private static final String INTENT = "newel.dev/intent";
  private static final Set<String> OURS =
      Set.of(
          "modeldeployments",
          "guardrailpolicies",
          "networkpolicies",
          "serviceaccounts",
          "configmaps",
          "services",
          "poddisruptionbudgets",
          "deployments");

  private record Seen(long version, Watcher.Action action, GenericKubernetesResource object) {}

  private final KubernetesClient client;
  private final ApiAudit log;
  private final String namespace;
  private final ConcurrentLinkedQueue<Seen> seen = new ConcurrentLinkedQueue<>();
  private final List<Watch> watches = new ArrayList<>();

  /** Begins to watch; to be called before anything happens in the namespace. */
  public Oracles(ControlPlane cluster, String namespace) {
    this.client = cluster.client();
    this.log = new ApiAudit(cluster.auditLog());
    this.namespace = namespace;
    for (EndState.Kind kind : EndState.KINDS) {
      watches.add(
          client
              .genericKubernetesResources(kind.apiVersion(), kind.kind())
              .inNamespace(namespace)
              .watch(
                  new Watcher<>() {
                    @Override
                    public void eventReceived(Action action, GenericKubernetesResource object) {
                      if (action == Action.ADDED
                          || action == Action.MODIFIED
                          || action == Action.DELETED) {
                        seen.add(
                            new Seen(
                                Long.parseLong(object.getMetadata().getResourceVersion()),
                                action,
                                object));
                      }
                    }

                    @Override
                    public void onClose(WatcherException cause) {
                      // The API server was stopped by the scenario; what was seen was seen.
                    }
                  }));
    }
  }

  /** O1: what stands there now. */
  public SortedMap<String, String> endState() {
    return EndState.of(client, namespace);
  }

  /** O2: how often each object was created and deleted so far, by whomever. */
  public SortedMap<String, Integer> createsAndDeletes() {
    var counts = new TreeMap<String, Integer>();
    for (ApiAudit.Request r : log.writes(namespace)) {
      boolean created = r.code() == 201 && r.subresource().isEmpty();
      boolean deleted = r.verb().equals("delete") && r.code() == 200;
      if (OURS.contains(r.resource()) && (created || deleted) && !r.name().equals("default")) {
        counts.merge(
            (created ? "create " : "delete ") + r.resource() + "/" + r.name(), 1, Integer::sum);
      }
    }
    return counts;
  }

  /**
   * O3 and O5.
   *
   * @param intents ids of all intents that were recorded before now
   * @throws AssertionError naming the oracle and what was seen
   */
  public void judge(Set<String> intents) {
    quiet();
    var violations = new ArrayList<String>();
    Map<String, GenericKubernetesResource> state = new HashMap<>();
    var recorded = new HashSet<>(intents);
    Map<String, Long> sequences = new HashMap<>();
    for (Seen s : seen.stream().sorted(Comparator.comparingLong(Seen::version)).toList()) {
      String key = s.object().getKind() + "/" + s.object().getMetadata().getName();
      if (s.action() == Watcher.Action.DELETED) {
        state.remove(key);
        continue;
      }
      state.put(key, s.object());
      closedBeforeItRuns(s, state, violations);
      intendedBefore(s, recorded, violations);
      sequenceGrows(s, sequences, violations);
    }
    if (!violations.isEmpty()) {
      throw new AssertionError("O5, invariants: " + String.join("; ", violations));
    }
  }

  /** O3. */
  private void quiet() {
    Await.until(
        "O3, no write in " + QUIET + " in " + namespace,
        SETTLE,
        () -> {
          int before = log.writes(namespace).size();
          try {
            Thread.sleep(QUIET); // quiet is a claim about time: it can only be watched
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          var writes = log.writes(namespace);
          return writes.subList(before, writes.size());
        },
        List::isEmpty);
  }

  /** I4: a workload never stands where its NetworkPolicy never stood. */
  private static void closedBeforeItRuns(
      Seen s, Map<String, GenericKubernetesResource> state, List<String> violations) {
    String name = s.object().getMetadata().getName();
    if (s.object().getKind().equals("Deployment")
        && s.action() == Watcher.Action.ADDED
        && s.object().getMetadata().getAnnotations() != null
        && !state.containsKey("NetworkPolicy/" + name)) {
      violations.add("I4: Deployment " + name + " was created without its NetworkPolicy");
    }
  }

  /** I3: what is written carries an intent that was recorded. */
  private static void intendedBefore(Seen s, Set<String> recorded, List<String> violations) {
    var annotations = s.object().getMetadata().getAnnotations();
    String intent = annotations == null ? null : annotations.get(INTENT);
    if (intent != null && !recorded.contains(intent)) {
      violations.add(
          "I3: %s %s carries intent %s, which nobody recorded"
              .formatted(s.object().getKind(), s.object().getMetadata().getName(), intent));
    }
  }

  /** A model's bundle never gets a lower number. */
  private static void sequenceGrows(Seen s, Map<String, Long> sequences, List<String> violations) {
    if (s.object().getKind().equals("ModelDeployment")
        && s.object().getAdditionalProperties().get("status") instanceof Map<?, ?> status
        && status.get("policy") instanceof Map<?, ?> policy
        && policy.get("sequence") instanceof Number n) {
      String uid = s.object().getMetadata().getUid();
      long last = sequences.getOrDefault(uid, 0L);
      if (n.longValue() < last) {
        violations.add("sequence of " + uid + " went from " + last + " to " + n);
      }
      sequences.put(uid, n.longValue());
    }
  }

  @Override
  public void close() {
    watches.forEach(Watch::close);
    client.close();
  }
}
