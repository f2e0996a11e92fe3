package dev.newel.operator.breakglass;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * The API server's clock, in whole seconds, from the Date header of its answers (RFC 9110). Every
 * deadline is made and judged by it; the clock of this process decides nothing.
 */
final class ServerTime {
  private static final long LIMIT_SECONDS = 10;

  private final KubernetesClient client;

  ServerTime(KubernetesClient client) {
    this.client = client;
  }

  /**
   * Now, rounded down.
   *
   * @throws KubernetesClientException when the server does not say
   */
  Instant now() {
    HttpClient http = client.getHttpClient();
    String url = client.getMasterUrl().toString().replaceAll("/$", "") + "/version";
    try {
      HttpResponse<String> answer =
          http.sendAsync(http.newHttpRequestBuilder().uri(url).build(), String.class)
              .get(LIMIT_SECONDS, TimeUnit.SECONDS);
      return ZonedDateTime.parse(
              answer.header("Date") == null ? "" : answer.header("Date"),
              DateTimeFormatter.RFC_1123_DATE_TIME)
          .toInstant();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new KubernetesClientException("interrupted while the server was asked for its time", e);
    } catch (ExecutionException | TimeoutException | java.time.DateTimeException e) {
      throw new KubernetesClientException("the server does not say what time it is", e);
    }
  }
}
