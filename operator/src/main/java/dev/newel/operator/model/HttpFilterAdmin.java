package dev.newel.operator.model;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.newel.policy.wire.FilterContract;
import io.fabric8.kubernetes.api.model.Pod;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Optional;

/** Asks over the admin port of the pod. */
public final class HttpFilterAdmin implements FilterAdmin {
  private static final Duration TIMEOUT = Duration.ofMillis(800);

  private final HttpClient client =
      HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(TIMEOUT).build();
  private final ObjectMapper mapper = new ObjectMapper();

  @Override
  public Optional<BundleInForce> bundle(Pod pod) {
    String ip = pod.getStatus() == null ? null : pod.getStatus().getPodIP();
    if (ip == null) {
      return Optional.empty();
    }
    String host = ip.indexOf(':') >= 0 ? "[" + ip + "]" : ip;
    var request =
        HttpRequest.newBuilder(
                URI.create("http://" + host + ":" + FilterContract.ADMIN_PORT + "/bundle"))
            .timeout(TIMEOUT)
            .build();
    try {
      HttpResponse<byte[]> response = client.send(request, HttpResponse.BodyHandlers.ofByteArray());
      if (response.statusCode() != 200) {
        return Optional.empty();
      }
      JsonNode body = mapper.readTree(response.body());
      return Optional.of(
          new BundleInForce(body.path("revision").asText(), body.path("sequence").asLong()));
    } catch (IOException e) {
      return Optional.empty();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return Optional.empty();
    }
  }
}
