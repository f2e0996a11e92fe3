package dev.newel.cli.breakglass;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.cli.ExitCode;
import dev.newel.crds.BreakGlassRequest;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.dsl.base.PatchContext;
import io.fabric8.kubernetes.client.dsl.base.PatchType;
import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/**
 * Decides on a request: shows all of it, asks, writes the annotation that the API server judges.
 */
@Command(
    footer = {
      "",
      "Ends with 0 when the decision was recorded, 1 when it was refused or not confirmed, 2 when the"
          + " cluster could not be asked."
    })
final class DecisionCommand implements Callable<Integer> {
  private final Word word;
  private final InputStream in;
  private final PrintStream out;
  private final PrintStream err;

  @Mixin private Connection connection;

  @Parameters(paramLabel = "REQUEST", description = "Its name.")
  private String name;

  @Option(
      names = {"-y", "--yes"},
      description = "Do not ask; for scripts that have shown the request already.")
  private boolean yes;

  @Option(
      names = "--digest",
      paramLabel = "DIGEST",
      description = "Decide only if the request still has this digest.")
  private String digest;

  DecisionCommand(Word word, InputStream in, PrintStream out, PrintStream err) {
    this.word = word;
    this.in = in;
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    try (KubernetesClient client = connection.open()) {
      BreakGlassRequest request =
          client
              .resources(BreakGlassRequest.class)
              .inNamespace(connection.namespace(client))
              .withName(name)
              .get();
      if (request == null) {
        return no("there is no request " + name + " in " + connection.namespace(client));
      }
      Report.print(request, out);
      var status = request.getStatus();
      if (status == null || !word.fits(status.phase())) {
        return no(
            "it is "
                + (status == null || status.phase() == null ? "new" : status.phase().text())
                + "; there is nothing to "
                + word.text());
      }
      if (digest != null && !digest.equals(status.digest())) {
        return no("its digest is " + status.digest() + ", not " + Printable.of(digest));
      }
      return confirmed(request) ? decide(client, request) : no("not confirmed; nothing was done");
    } catch (KubernetesClientException e) {
      err.println("newel breakglass: " + Connection.words(e));
      return e.getCode() == 403 || e.getCode() == 422 ? ExitCode.NO : ExitCode.FAILED;
    }
  }

  private boolean confirmed(BreakGlassRequest request) {
    if (yes) {
      return true;
    }
    out.printf("%nTo %s it, type its name (%s): ", word.text(), request.getMetadata().getName());
    out.flush();
    try {
      String typed = new BufferedReader(new InputStreamReader(in, UTF_8)).readLine();
      return typed != null && typed.strip().equals(request.getMetadata().getName());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What was shown is what is decided on: its version goes with the write. */
  private int decide(KubernetesClient client, BreakGlassRequest request) {
    String value = Connection.me(client) + " " + request.getStatus().digest();
    client
        .resource(request)
        .patch(
            PatchContext.of(PatchType.JSON_MERGE),
            Serialization.asJson(
                Map.of("metadata", Map.of("annotations", Map.of(word.annotation(), value)))));
    BreakGlassRequest now =
        Connection.await(
            client,
            request,
            r ->
                r.getMetadata().getAnnotations() == null
                    || !r.getMetadata().getAnnotations().containsKey(word.annotation()));
    boolean waits =
        now.getMetadata().getAnnotations() != null
            && now.getMetadata().getAnnotations().containsKey(word.annotation());
    var status = now.getStatus();
    out.printf(
        "%s: %s %s%n",
        waits ? "accepted, and waits to be recorded by the operator" : "recorded",
        status.phase().text(),
        status.quorum() == null ? "" : status.quorum());
    Report.ready(status).ifPresent(c -> out.println("  " + Printable.of(c.getMessage())));
    return ExitCode.YES;
  }

  private int no(String why) {
    err.println("newel breakglass: " + why);
    return ExitCode.NO;
  }
}
