package dev.newel.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.newel.cli.ExitCode;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.Supplier;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "support-bundle",
    description = {
      "Write what somebody needs who is to help you into one zip file: status, models, policies,"
          + " children, events, logs of operator and filters. Secrets are never read; environment,"
          + " arguments, word lists and annotations are removed; the rest passes Newel's own"
          + " detectors. Look into it before you give it away."
    },
    footer = {"", "Ends with 0 when the file is written, 2 when not."})
public final class SupportBundleCommand implements Callable<Integer> {
  private static final String MANAGED = "app.kubernetes.io/managed-by=newel";
  private static final String OPERATOR = "app.kubernetes.io/name=newel-operator";
  private static final int LOG_LINES = 500;
  private static final int MAX_PODS = 20;

  private final PrintStream out;
  private final PrintStream err;

  @Mixin private Source source;

  @Option(
      names = "--to",
      paramLabel = "FILE",
      defaultValue = "newel-support.zip",
      description = "The file to write; it must not exist yet. Default: ${DEFAULT-VALUE}")
  private Path to;

  public SupportBundleCommand(PrintStream out, PrintStream err) {
    this.out = out;
    this.err = err;
  }

  @Override
  public Integer call() {
    try {
      Snapshot snapshot = source.look();
      var objects = new ArrayList<HasMetadata>();
      objects.addAll(snapshot.models());
      objects.addAll(snapshot.policies());
      objects.addAll(snapshot.pods());
      objects.addAll(snapshot.others());
      var logs = new TreeMap<String, String>();
      if (!source.offline()) {
        try (KubernetesClient client = source.client()) {
          children(client, objects);
          logs(client, logs);
        }
      }
      Map<String, String> files = SupportBundle.files(snapshot, objects, logs);
      write(files);
      out.println(to + " holds " + files.size() + " files; look into it before you give it away");
      return ExitCode.YES;
    } catch (UnreachableException e) {
      err.println("newel support-bundle: " + e.getMessage());
    } catch (IOException e) {
      err.println(
          "newel support-bundle: %s cannot be written (%s); name another file with --to"
              .formatted(to, e.getClass().getSimpleName()));
    }
    return ExitCode.FAILED;
  }

  private void children(KubernetesClient client, List<HasMetadata> to) {
    read(
        "deployments",
        to,
        () ->
            client
                .apps()
                .deployments()
                .inAnyNamespace()
                .withLabelSelector(MANAGED)
                .list()
                .getItems());
    read(
        "operators",
        to,
        () ->
            client
                .apps()
                .deployments()
                .inAnyNamespace()
                .withLabelSelector(OPERATOR)
                .list()
                .getItems());
    read(
        "services",
        to,
        () -> client.services().inAnyNamespace().withLabelSelector(MANAGED).list().getItems());
    read(
        "network policies",
        to,
        () ->
            client
                .network()
                .networkPolicies()
                .inAnyNamespace()
                .withLabelSelector(MANAGED)
                .list()
                .getItems());
    read(
        "events",
        to,
        () ->
            client.events().v1().events().inAnyNamespace().list().getItems().stream()
                .filter(e ->
                    e.getRegarding() != null
                        && String.valueOf(e.getRegarding().getApiVersion())
                            .startsWith("newel.dev/"))
                .toList());
  }

  private void read(
      String what, List<HasMetadata> to, Supplier<? extends List<? extends HasMetadata>> read) {
    try {
      to.addAll(read.get());
    } catch (KubernetesClientException e) {
      err.println("newel support-bundle: without " + what + ": " + Source.why(e));
    }
  }

  private void logs(KubernetesClient client, Map<String, String> to) {
    var pods = new ArrayList<HasMetadata>();
    read(
        "operator logs",
        pods,
        () -> client.pods().inAnyNamespace().withLabelSelector(OPERATOR).list().getItems());
    read(
        "filter logs",
        pods,
        () -> client.pods().inAnyNamespace().withLabelSelector(MANAGED).list().getItems());
    for (HasMetadata object : pods.subList(0, Math.min(MAX_PODS, pods.size()))) {
      Pod pod = (Pod) object;
      String name = pod.getMetadata().getNamespace() + "." + pod.getMetadata().getName();
      boolean filter =
          !"newel-operator".equals(pod.getMetadata().getLabels().get("app.kubernetes.io/name"));
      try {
        // Of a model's pod only the filter: what a model logs is not ours to take.
        to.put(
            name + ".log",
            client
                .pods()
                .inNamespace(pod.getMetadata().getNamespace())
                .withName(pod.getMetadata().getName())
                .inContainer(filter ? "newel-filter" : "operator")
                .tailingLines(LOG_LINES)
                .getLog());
      } catch (KubernetesClientException e) {
        err.println("newel support-bundle: without the log of " + name + ": " + Source.why(e));
      }
    }
  }

  private void write(Map<String, String> files) throws IOException {
    Files.createFile(
        to, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    try (var zip = new ZipOutputStream(Files.newOutputStream(to, StandardOpenOption.WRITE))) {
      for (var file : files.entrySet()) {
        zip.putNextEntry(new ZipEntry(file.getKey()));
        zip.write(file.getValue().getBytes(UTF_8));
        zip.closeEntry();
      }
    }
  }
}
