package dev.newel.cli.breakglass;

import dev.newel.cli.ExitCode;
import dev.newel.crds.BreakGlassRequest;
import dev.newel.crds.BreakGlassRequestSpec;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintStream;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Asks for access, in one's own name. */
@Command(
    name = "request",
    description = "Ask for access to a namespace, for a while.",
    footer = {
      "",
      "Ends with 0 when the request waits for approval or is active, 1 when it was refused, 2 when the"
          + " cluster could not be asked."
    })
final class RequestCommand implements Callable<Integer> {
  private final PrintStream out;
  private final PrintStream err;

  @Mixin private Connection connection;

  @Parameters(
      paramLabel = "NAME",
      arity = "0..1",
      description = "Name of the request; one is made when it is left out.")
  private String name;

  @Option(
      names = "--policy",
      required = true,
      paramLabel = "NAME",
      description = "See: kubectl get bgp")
  private String policy;

  @Option(
      names = "--role",
      required = true,
      paramLabel = "NAME",
      description = "ClusterRole that is wanted.")
  private String role;

  @Option(
      names = "--for",
      required = true,
      paramLabel = "TIME",
      description = "How long: 30m, for example.")
  private String duration;

  @Option(
      names = "--reason",
      required = true,
      paramLabel = "TEXT",
      description = "Why, for those who decide.")
  private String reason;

  @Option(
      names = "--not-before",
      paramLabel = "TIME",
      description = "When it begins, 2026-11-24T08:00:00Z for example; at once by default.")
  private String notBefore;

  @Option(names = "--emergency", description = "Without approvals, if the policy knows that.")
  private boolean emergency;

  RequestCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    try (KubernetesClient client = connection.open()) {
      var request = new BreakGlassRequest();
      var metadata = new ObjectMetaBuilder().withNamespace(connection.namespace(client));
      request.setMetadata(
          (name == null ? metadata.withGenerateName("access-") : metadata.withName(name)).build());
      request.setSpec(
          new BreakGlassRequestSpec(
              policy,
              Connection.me(client),
              role,
              duration,
              notBefore,
              reason,
              emergency ? Boolean.TRUE : null));
      BreakGlassRequest created = client.resource(request).create();
      BreakGlassRequest now =
          Connection.await(
              client,
              created,
              r -> r.getStatus() != null && (r.getStatus().phase() != null || hasReady(r)));
      Report.print(now, out);
      return outcome(now);
    } catch (KubernetesClientException e) {
      err.println("newel breakglass: " + Connection.words(e));
      return e.getCode() == 403 || e.getCode() == 422 ? ExitCode.NO : ExitCode.FAILED;
    }
  }

  private static boolean hasReady(BreakGlassRequest request) {
    return Report.ready(request.getStatus()).isPresent();
  }

  private int outcome(BreakGlassRequest now) {
    var phase = now.getStatus() == null ? null : now.getStatus().phase();
    if (phase == null) {
      out.println(
          "The operator has not looked at it yet; newel breakglass list shows when it has.");
      return ExitCode.YES;
    }
    if (now.getStatus().approveWith() != null) {
      out.printf(
          "%nSend this to somebody who may approve:%n  newel breakglass approve -n %s %s --digest"
              + " %s%nor, without newel:%n  %s%n",
          now.getMetadata().getNamespace(),
          now.getMetadata().getName(),
          now.getStatus().digest(),
          Printable.of(now.getStatus().approveWith()));
    }
    return phase.isLive() ? ExitCode.YES : ExitCode.NO;
  }
}
