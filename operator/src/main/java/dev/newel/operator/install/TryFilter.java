package dev.newel.operator.install;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.Instant;

/**
 * What {@code helm test} runs: {@code TryFilter URL WORD}. A filter must refuse a request with the
 * word because of policy, and must let one without it through to a model, which does not exist. The
 * first shows that the policy is enforced, the second that not simply everything is refused.
 */
public final class TryFilter {
  private static final Duration LIMIT = Duration.ofMinutes(3);
  private static final Duration PAUSE = Duration.ofSeconds(1);

  private TryFilter() {}

  /** Exits 0 when both held, 1 with what was seen last otherwise. */
  public static void main(String[] args) throws InterruptedException {
    if (args.length != 2) {
      System.err.println("usage: TryFilter URL WORD");
      System.exit(2);
    }
    String failure = run(URI.create(args[0] + "/v1/chat/completions"), args[1], LIMIT);
    if (!failure.isEmpty()) {
      System.err.println(failure);
      System.exit(1);
    }
    System.out.println("The filter refused what policy forbids, and let the other request pass.");
  }

  /**
   * Asks until the filter answers.
   *
   * @return empty when both requests ended as they should
   */
  static String run(URI uri, String word, Duration limit) throws InterruptedException {
    Instant end = Instant.now().plus(limit);
    String seen;
    try (var client =
        HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build()) {
      do {
        Answer forbidden = ask(client, uri, "What is " + word + "?");
        if (forbidden.status == 403 && forbidden.body.contains("\"guardrail_blocked\"")) {
          Answer harmless = ask(client, uri, "What is the capital of France?");
          return harmless.status == 502 || harmless.status == 504
              ? ""
              : "a harmless request got %d, not a word of the missing model: %s"
                  .formatted(harmless.status, harmless.body);
        }
        seen = forbidden.status + " " + forbidden.body;
        Thread.sleep(PAUSE);
      } while (Instant.now().isBefore(end));
    }
    return "the forbidden request was not refused within %s; the last answer was %s. See: kubectl describe modeldeployment newel-test"
        .formatted(limit, seen);
  }

  private record Answer(int status, String body) {}

  private static Answer ask(HttpClient client, URI uri, String text) throws InterruptedException {
    try {
      var answer =
          client.send(
              HttpRequest.newBuilder(uri)
                  .timeout(Duration.ofSeconds(30))
                  .header("content-type", "application/json")
                  .POST(
                      BodyPublishers.ofString(
                          "{\"model\":\"newel-test\",\"messages\":[{\"role\":\"user\",\"content\":\""
                              + text
                              + "\"}]}"))
                  .build(),
              BodyHandlers.ofString());
      return new Answer(answer.statusCode(), answer.body());
    } catch (IOException e) {
      return new Answer(0, "none: " + e);
    }
  }
}
