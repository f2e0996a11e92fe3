package dev.newel.operator;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * An operator in a process of its own, {@code KUBECONFIG FOLDER NAME}, one of several of which one
 * leads. Once {@code FOLDER/stop} is there it stops itself (SIGSTOP) between the decision to write
 * a NetworkPolicy and the request: what a long pause of the machine does at the worst moment.
 */
public final class StoppableOperator {
  private StoppableOperator() {}

  /** Runs until its standard input ends or it loses its lead. */
  public static void main(String[] args) throws IOException {
    Path folder = Path.of(args[1]);
    KubernetesClient client =
        new KubernetesClientBuilder()
            .withConfig(Config.fromKubeconfig(Files.readString(Path.of(args[0]))))
            .withHttpClientBuilderConsumer(
                b -> b.addOrReplaceInterceptor("stop", stopping(folder.resolve("stop"))))
            .build();
    try (var _ = new RunningOperator(client, folder.resolve("audit"), args[2])) {
      while (System.in.read() >= 0) {
        // until whoever started it closes the stream
      }
    }
    System.exit(0); // threads of the framework would keep the process
  }

  private static Interceptor stopping(Path order) {
    return new Interceptor() {
      @Override
      public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        boolean writes =
            request.method().equals("PATCH")
                && request.uri().getPath().contains("/networkpolicies/");
        try {
          if (writes && Files.deleteIfExists(order)) {
            new ProcessBuilder("kill", "-STOP", Long.toString(ProcessHandle.current().pid()))
                .start()
                .waitFor();
          }
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
        }
      }
    };
  }
}
