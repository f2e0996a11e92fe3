package dev.newel.cli.breakglass;

import dev.newel.crds.BreakGlassRequest;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Predicate;
import picocli.CommandLine.Option;

/** Which cluster, as whom, in which namespace: as kubectl understands it. */
final class Connection {
  /** How long a decision may take to be recorded before somebody is told. */
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private static final long POLL_MILLIS = 250;

  @Option(
      names = "--kubeconfig",
      paramLabel = "FILE",
      description = "Instead of $KUBECONFIG and ~/.kube/config.")
  private Path kubeconfig;

  @Option(names = "--context", paramLabel = "NAME", description = "Of the kubeconfig.")
  private String context;

  @Option(
      names = {"-n", "--namespace"},
      paramLabel = "NAME",
      description = "Where the access is wanted; the context's by default.")
  private String namespace;

  @Option(names = "--as", paramLabel = "USER", description = "Somebody whom you may impersonate.")
  private String as;

  @Option(names = "--as-group", paramLabel = "GROUP", description = "Of --as; may be repeated.")
  private String[] groups = {};

  KubernetesClient open() {
    Config config =
        kubeconfig == null
            ? Config.autoConfigure(context)
            : Config.fromKubeconfig(context, kubeconfig.toFile());
    var builder = new ConfigBuilder(config);
    if (as != null) {
      builder.withImpersonateUsername(as).withImpersonateGroups(groups);
    }
    return new KubernetesClientBuilder().withConfig(builder.build()).build();
  }

  String namespace(KubernetesClient client) {
    return namespace != null
        ? namespace
        : client.getNamespace() == null ? "default" : client.getNamespace();
  }

  /** Who the API server says that we are. */
  static String me(KubernetesClient client) {
    String answer =
        client.raw(
            "/apis/authentication.k8s.io/v1/selfsubjectreviews",
            "POST",
            Map.of("apiVersion", "authentication.k8s.io/v1", "kind", "SelfSubjectReview"));
    var review = Serialization.unmarshal(answer, Map.class);
    var info = (Map<?, ?>) ((Map<?, ?>) review.get("status")).get("userInfo");
    return String.valueOf(info.get("username"));
  }

  /** The request once it fits, or as it is when patience ends. */
  static BreakGlassRequest await(
      KubernetesClient client, BreakGlassRequest request, Predicate<BreakGlassRequest> fits) {
    long end = System.nanoTime() + PATIENCE.toNanos();
    while (true) {
      BreakGlassRequest now = client.resource(request).require();
      if (fits.test(now) || System.nanoTime() > end) {
        return now;
      }
      try {
        Thread.sleep(POLL_MILLIS);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return now;
      }
    }
  }

  /** The server's own words. */
  static String words(KubernetesClientException e) {
    String text =
        e.getStatus() != null && e.getStatus().getMessage() != null
            ? e.getStatus().getMessage()
            : e.getMessage();
    int denied = text == null ? -1 : text.indexOf("denied request: ");
    return Printable.of(
        denied < 0 ? String.valueOf(text) : text.substring(denied + "denied request: ".length()));
  }
}
