package dev.newel.e2e.scenarios;

import dev.newel.crds.ModelDeployment;
import dev.newel.e2e.harness.Await;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import java.nio.file.Path;

/**
 * Puts the demo's team on a cluster and waits until its model is ready: {@code TryOut KUBECONFIG}.
 */
public final class TryOut {
  private TryOut() {}

  /** Exits 0 when the model is ready, 1 with why it is not otherwise. */
  public static void main(String[] args) {
    if (args.length != 1) {
      System.err.println("usage: TryOut KUBECONFIG");
      System.exit(2);
    }
    try (var live = new Live(Path.of(args[0]))) {
      live.apply("team.yaml");
      live.apply("support-bot.yaml");
      live.apply("breakglass.yaml");
      live.client
          .namespaces()
          .withName(SupportTeam.NAMESPACE)
          .patch(
              new PatchContext.Builder().withPatchType(PatchType.JSON_MERGE).build(),
              "{\"metadata\":{\"labels\":{\"guardrails\":\"baseline\"}}}");
      ModelDeployment model =
          Await.until(
              "the model to be ready with both policies",
              Live.SOON,
              () -> live.model(SupportTeam.NAMESPACE, SupportTeam.MODEL),
              m ->
                  m.getStatus() != null
                      && m.getStatus().policy() != null
                      && m.getStatus().policy().sources() == 2
                      && Live.condition(m, "Ready")
                          .filter(c -> c.getStatus().equals("True"))
                          .isPresent());
      System.out.println("support-llm is ready, revision " + model.getStatus().policy().revision());
    } catch (AssertionError e) {
      System.err.println("up: " + e.getMessage());
      System.exit(1);
    }
  }
}
