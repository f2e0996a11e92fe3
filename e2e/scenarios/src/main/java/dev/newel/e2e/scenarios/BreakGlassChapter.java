package dev.newel.e2e.scenarios;

import dev.newel.crds.BreakGlassRequest;
import dev.newel.crds.BreakGlassRequestSpec;
import dev.newel.crds.BreakGlassRequestStatus.Phase;
import dev.newel.e2e.harness.Await;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.api.model.rbac.RoleBinding;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/** Somebody must get in: others agree, and the access ends although the operator is dead. */
final class BreakGlassChapter {
  private static final String NAME = "stuck-orders";
  private static final String DURATION = "30s";
  private static final String DEVELOPERS = "demo-developers";
  private static final String SRE = "demo-sre";

  private final Live live;
  private final Transcript out;

  BreakGlassChapter(Live live, Transcript out) {
    this.live = live;
    this.out = out;
  }

  void tell() {
    live.apply("breakglass.yaml");
    asked();
    BreakGlassRequest active = agreed();
    endedWithoutOperator(active);
  }

  private void asked() {
    long began = System.nanoTime();
    check(!mayListPods(), "nobody has standing access");
    var request = new BreakGlassRequest();
    request.setMetadata(
        new ObjectMetaBuilder().withNamespace(SupportTeam.NAMESPACE).withName(NAME).build());
    request.setSpec(
        new BreakGlassRequestSpec(
            "production",
            "alice",
            "demo-repair",
            DURATION,
            null,
            "INC-4711 orders are stuck in the queue",
            null));
    try (var alice = live.as("alice", DEVELOPERS)) {
      alice.resource(request).create();
    }
    BreakGlassRequest pending = await(Phase.PENDING);
    String refusal = "";
    try (var herself = live.as("alice@example.com", SRE)) {
      decide(herself, "approve", "alice@example.com");
    } catch (KubernetesClientException e) {
      refusal = e.getStatus().getMessage();
    }
    check(refusal.contains("you cannot decide on your own request"), "refused: " + refusal);
    out.done(
        "Alice asks for access to production. Under another name she cannot approve it.", began);
    out.shown("request", pending.getStatus().summary() + ": 0 of 2");
    out.shown("refused", refusal.substring(refusal.indexOf("you cannot")).replaceAll(";.*", ""));
  }

  private BreakGlassRequest agreed() {
    long began = System.nanoTime();
    for (String name : List.of("bob", "carol")) {
      check(bindings().isEmpty(), "nothing is given before both agree");
      try (var approver = live.as(name, SRE)) {
        decide(approver, "approve", name);
      }
      Await.until(
          "the approval of " + name + " to be recorded",
          Live.SOON,
          this::request,
          r ->
              r.getMetadata().getAnnotations() == null
                  || r.getMetadata().getAnnotations().isEmpty());
    }
    BreakGlassRequest active = await(Phase.ACTIVE);
    check(mayListPods(), "alice has what was agreed to");
    out.done("Bob and Carol approve exactly what they saw; Alice is in.", began);
    return active;
  }

  private void endedWithoutOperator(BreakGlassRequest active) {
    live.operators(0);
    check(bindings().size() == 1, "the grant outlives the operator");
    long began = System.nanoTime();
    Instant end = Instant.parse(active.getStatus().expiresAt());
    Await.until("Kubernetes to end the access", Live.SOON, this::bindings, List::isEmpty);
    long late = Math.max(0, java.time.Duration.between(end, Instant.now()).toSeconds());
    check(late <= 5, "the access ended " + late + " s after its deadline");
    check(!mayListPods(), "alice is out");
    live.operators(1);
    await(Phase.REVIEW_PENDING);
    try (var carol = live.as("carol", SRE)) {
      decide(carol, "review", "carol");
    }
    await(Phase.CLOSED);
    out.done(
        "The operator is stopped; Kubernetes ends the access on time (within %d s). Carol reviews it."
            .formatted(late + 1),
        began);
  }

  private void decide(KubernetesClient as, String word, String user) {
    as.resource(request())
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            io.fabric8.kubernetes.client.utils.Serialization.asJson(
                Map.of(
                    "metadata",
                    Map.of(
                        "annotations",
                        Map.of(
                            "newel.dev/" + word, user + " " + request().getStatus().digest())))));
  }

  private BreakGlassRequest request() {
    return live.client
        .resources(BreakGlassRequest.class)
        .inNamespace(SupportTeam.NAMESPACE)
        .withName(NAME)
        .require();
  }

  private BreakGlassRequest await(Phase phase) {
    return Await.until(
        "the request to be " + phase.text(),
        Live.SOON,
        this::request,
        r -> r.getStatus() != null && r.getStatus().phase() == phase);
  }

  private List<RoleBinding> bindings() {
    return live.client
        .rbac()
        .roleBindings()
        .inNamespace(SupportTeam.NAMESPACE)
        .withLabel("newel.dev/breakglass")
        .list()
        .getItems();
  }

  private boolean mayListPods() {
    try (var alice = live.as("alice", DEVELOPERS)) {
      alice.pods().inNamespace(SupportTeam.NAMESPACE).list();
      return true;
    } catch (KubernetesClientException e) {
      return false;
    }
  }

  private static void check(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("this does not hold: " + what);
    }
  }
}
