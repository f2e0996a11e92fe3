package dev.newel.e2e.stub;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** The client mode: one request, its body to the one stream, its status to the other. */
final class HttpCall {
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT");
  private static final Set<String> WITHOUT_BODY = Set.of("GET", "DELETE");

  private HttpCall() {}

  /** Ends with 0 for a 2xx answer, 1 for any other or none, 2 when the arguments are wrong. */
  static int run(List<String> args, PrintStream out, PrintStream err) {
    String method = args.getFirst().toUpperCase(Locale.ROOT);
    boolean wellFormed =
        (WITH_BODY.contains(method) && args.size() == 3)
            || (WITHOUT_BODY.contains(method) && args.size() == 2);
    if (!wellFormed) {
      err.println("model-stub: " + args + " is none of: " + String.join(" | ", Main.USAGE));
      return 2;
    }
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build()) {
      var request =
          HttpRequest.newBuilder(URI.create(args.get(1)))
              .timeout(Duration.ofSeconds(30))
              .header("Content-Type", "application/json")
              .method(
                  method,
                  args.size() == 3 ? BodyPublishers.ofString(args.get(2)) : BodyPublishers.noBody())
              .build();
      var response = client.send(request, BodyHandlers.ofByteArray());
      out.writeBytes(response.body());
      out.println();
      err.println("HTTP " + response.statusCode());
      return response.statusCode() / 100 == 2 ? 0 : 1;
    } catch (IllegalArgumentException e) {
      err.println("model-stub: " + args.get(1) + " is not a URL: " + e.getMessage());
      return 2;
    } catch (IOException e) {
      err.println("model-stub: no answer from " + args.get(1) + ": " + e);
      return 1;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return 1;
    }
  }
}
