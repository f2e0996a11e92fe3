package dev.newel.cli.breakglass;

import dev.newel.cli.ExitCode;
import dev.newel.crds.BreakGlassRequest;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.PrintStream;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Who has asked for what, and how far it is. */
@Command(name = "list", description = "List requests; one by one with the name of a request.")
final class ListCommand implements Callable<Integer> {
  private static final String ROW = "%-16s %-20s %-16s %-16s %-14s %-9s %-21s %s%n";

  private final PrintStream out;
  private final PrintStream err;

  @Mixin private Connection connection;

  @Option(
      names = {"-A", "--all-namespaces"},
      description = "In every namespace.")
  private boolean all;

  @picocli.CommandLine.Parameters(
      paramLabel = "REQUEST",
      arity = "0..1",
      description = "Show everything of one.")
  private String name;

  ListCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    try (KubernetesClient client = connection.open()) {
      var requests = client.resources(BreakGlassRequest.class);
      if (name != null) {
        BreakGlassRequest one =
            requests.inNamespace(connection.namespace(client)).withName(name).get();
        if (one == null) {
          err.println("newel breakglass: there is no request " + Printable.of(name));
          return ExitCode.NO;
        }
        Report.print(one, out);
        return ExitCode.YES;
      }
      List<BreakGlassRequest> found =
          all
              ? requests.inAnyNamespace().list().getItems()
              : requests.inNamespace(connection.namespace(client)).list().getItems();
      out.printf(
          ROW, "NAMESPACE", "NAME", "REQUESTER", "ROLE", "PHASE", "APPROVALS", "UNTIL", "WHY");
      found.stream()
          .sorted(Comparator.comparing(r -> r.getMetadata().getCreationTimestamp()))
          .forEach(this::row);
      return ExitCode.YES;
    } catch (KubernetesClientException e) {
      err.println("newel breakglass: " + Connection.words(e));
      return ExitCode.FAILED;
    }
  }

  private void row(BreakGlassRequest r) {
    var s = r.getStatus();
    out.printf(
        ROW,
        r.getMetadata().getNamespace(),
        r.getMetadata().getName(),
        Printable.of(r.getSpec().requester()),
        Printable.of(r.getSpec().role()),
        s == null || s.phase() == null ? "-" : s.phase().text(),
        s == null || s.quorum() == null ? "-" : s.quorum(),
        s == null || s.expiresAt() == null ? "-" : s.expiresAt(),
        Printable.of(r.getSpec().reason()));
  }
}
