package dev.newel.e2e.stub;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;
import java.util.TreeMap;

/**
 * Asks the same thing again and again, each time over a new connection, as many clients would, and
 * says how the answers ended: {@code 200=371}, a line for each status; 0 is no answer at all.
 */
final class Load {
  private static final Duration PAUSE = Duration.ofMillis(20);

  private Load() {}

  static int run(URI uri, String body, Duration howLong, PrintStream out)
      throws InterruptedException {
    var counts = new TreeMap<Integer, Integer>();
    Instant end = Instant.now().plus(howLong);
    while (Instant.now().isBefore(end)) {
      counts.merge(ask(uri, body), 1, Integer::sum);
      Thread.sleep(PAUSE);
    }
    counts.forEach((status, count) -> out.println(status + "=" + count));
    return 0;
  }

  private static int ask(URI uri, String body) throws InterruptedException {
    try (HttpClient client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build()) {
      return client
          .send(
              HttpRequest.newBuilder(uri)
                  .timeout(Duration.ofSeconds(30))
                  .header("Content-Type", "application/json")
                  .POST(BodyPublishers.ofString(body))
                  .build(),
              BodyHandlers.discarding())
          .statusCode();
    } catch (IOException e) {
      return 0;
    }
  }
}
