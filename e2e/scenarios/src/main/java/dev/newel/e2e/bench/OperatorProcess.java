package dev.newel.e2e.bench;

import dev.newel.e2e.harness.Await;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** The packaged operator as a process of its own, with the options of its image. */
final class OperatorProcess implements AutoCloseable {
  private static final Duration START = Duration.ofSeconds(60);

  private final Process process;
  private final int port;
  private final HttpClient http = HttpClient.newHttpClient();

  private OperatorProcess(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /**
   * Starts it and waits until it is ready.
   *
   * @param jar {@code quarkus-run.jar}
   * @param folder for its audit trail and log
   */
  static OperatorProcess start(Path jar, Path kubeconfig, Path folder) throws IOException {
    int port = freePort();
    var builder =
        new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-XX:+UseSerialGC",
            "-XX:+UseCompactObjectHeaders",
            "-Xmx256m",
            "--sun-misc-unsafe-memory-access=allow",
            "--enable-native-access=ALL-UNNAMED",
            "-jar",
            jar.toString());
    builder.environment().put("KUBECONFIG", kubeconfig.toString());
    builder.environment().put("QUARKUS_HTTP_PORT", Integer.toString(port));
    builder.environment().put("NEWEL_FILTER_IMAGE", "newel.dev/filter:bench");
    builder.environment().put("NEWEL_AUDIT_DIR", folder.resolve("audit").toString());
    builder.environment().put("NEWEL_OPERATOR_NAMESPACE", "newel-system");
    builder.redirectErrorStream(true).redirectOutput(folder.resolve("operator.log").toFile());
    var started = new OperatorProcess(builder.start(), port);
    Await.until(
        "the operator to be ready, see " + folder.resolve("operator.log"),
        START,
        () -> started.get("/q/health/ready").statusCode(),
        s -> s == 200);
    return started;
  }

  /** Bytes of live objects in the heap: what is used after the collector ran. */
  long heapBytes() {
    return get("/q/metrics")
        .body()
        .lines()
        .filter(l -> l.startsWith("jvm_gc_live_data_size_bytes"))
        .mapToLong(l -> (long) Double.parseDouble(l.substring(l.lastIndexOf(' ') + 1)))
        .sum();
  }

  /** Resident memory in bytes; Linux only. */
  long residentBytes() {
    try (var lines = Files.lines(Path.of("/proc", Long.toString(process.pid()), "status"))) {
      return lines
              .filter(l -> l.startsWith("VmRSS:"))
              .mapToLong(l -> Long.parseLong(l.replaceAll("\\D", "")))
              .findFirst()
              .orElse(0)
          * 1024;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private java.net.http.HttpResponse<String> get(String path) {
    try {
      return http.send(
          HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + path)).build(),
          BodyHandlers.ofString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  @Override
  public void close() {
    process.destroy();
    try {
      if (!process.waitFor(20, TimeUnit.SECONDS)) {
        process.destroyForcibly();
      }
    } catch (InterruptedException e) {
      process.destroyForcibly();
      Thread.currentThread().interrupt();
    }
  }
}
