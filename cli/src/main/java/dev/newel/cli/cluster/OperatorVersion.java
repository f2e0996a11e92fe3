package dev.newel.cli.cluster;

import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;

/** Which operators run on the cluster, as far as it can be reached. */
public final class OperatorVersion {
  @Mixin private Source source;

  /**
   * Whether somebody set up a cluster here; without one nobody wants to read that there is none.
   */
  public static boolean configured() {
    return System.getenv("KUBECONFIG") != null
        || Files.exists(Path.of(System.getProperty("user.home"), ".kube", "config"));
  }

  /** One line for each operator, or one on standard error that says why there is none. */
  public void print(PrintStream out, PrintStream err) {
    try (var client = source.client()) {
      var found =
          client
              .apps()
              .deployments()
              .inAnyNamespace()
              .withLabel("app.kubernetes.io/name", "newel-operator")
              .list()
              .getItems();
      found.forEach(d ->
          out.println(
              "operator %s in namespace %s"
                  .formatted(
                      d.getSpec().getTemplate().getSpec().getContainers().getFirst().getImage(),
                      d.getMetadata().getNamespace())));
      if (found.isEmpty()) {
        err.println("newel version: no operator on this cluster");
      }
    } catch (KubernetesClientException e) {
      err.println("newel version: " + Source.why(e));
    } catch (UnreachableException e) {
      err.println("newel version: " + e.getMessage());
    }
  }
}
