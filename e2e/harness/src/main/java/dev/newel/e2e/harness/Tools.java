package dev.newel.e2e.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Helm and kubectl, as a user runs them, against a control plane. */
public final class Tools {
  private static final long LIMIT_SECONDS = 300;

  private final Path kubeconfig;
  private final Path work;

  public Tools(ControlPlane cluster) {
    this.kubeconfig = cluster.kubeconfig();
    this.work = cluster.kubeconfig().resolveSibling("helm");
  }

  /**
   * What Helm prints.
   *
   * @throws AssertionError with all it said when it fails
   */
  public String helm(String... arguments) {
    return run("", Cache.root().resolve("tools/helm"), arguments);
  }

  /**
   * What kubectl prints.
   *
   * @param input its standard input
   * @throws AssertionError with all it said when it fails
   */
  public String kubectl(String input, String... arguments) {
    return run(
        input,
        Cache.root().resolve("k8s").resolve(ControlPlane.NEWEST).resolve("kubectl"),
        arguments);
  }

  private String run(String input, Path program, String... arguments) {
    if (!Files.isExecutable(program)) {
      throw new IllegalStateException("no " + program + "; run `make k8s` to build it");
    }
    List<String> command = new ArrayList<>(List.of(program.toString()));
    command.addAll(List.of(arguments));
    try {
      Files.createDirectories(work);
      Path in = Files.writeString(Files.createTempFile(work, "in", ""), input);
      Path err = Files.createTempFile(work, "err", "");
      Path out = Files.createTempFile(work, "out", "");
      var builder =
          new ProcessBuilder(command)
              .redirectInput(in.toFile())
              .redirectOutput(out.toFile())
              .redirectError(err.toFile());
      builder.environment().put("KUBECONFIG", kubeconfig.toString());
      for (String home : List.of("HELM_CACHE_HOME", "HELM_CONFIG_HOME", "HELM_DATA_HOME")) {
        builder.environment().put(home, work.toString());
      }
      Process process = builder.start();
      if (!process.waitFor(LIMIT_SECONDS, TimeUnit.SECONDS)) {
        process.destroyForcibly();
        throw new AssertionError(String.join(" ", command) + " ran past " + LIMIT_SECONDS + " s");
      }
      if (process.exitValue() != 0) {
        throw new AssertionError(
            "%s ended with %d:\n%s%s"
                .formatted(
                    String.join(" ", command),
                    process.exitValue(),
                    Files.readString(out, UTF_8),
                    Files.readString(err, UTF_8)));
      }
      return Files.readString(out, UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
