package dev.newel.sidecar.proxy;

import dev.newel.sidecar.FilterConfig;
import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** Which headers pass in which direction. */
final class UpstreamHeaders {
  /** Belong to one connection (RFC 9110, 7.6.1), or are set anew. */
  private static final Set<String> HOP_BY_HOP =
      Set.of(
          "connection",
          "keep-alive",
          "proxy-authenticate",
          "proxy-authorization",
          "proxy-connection",
          "te",
          "trailer",
          "transfer-encoding",
          "upgrade",
          "content-length",
          "host",
          "expect");

  private final FilterConfig config;

  UpstreamHeaders(FilterConfig config) {
    this.config = config;
  }

  /**
   * What the model gets: never compressed answers, and its own credential instead of the client's.
   */
  MultiMap of(HttpServerRequest request, int length) {
    MultiMap out = MultiMap.caseInsensitiveMultiMap();
    copy(request.headers(), out);
    out.remove("accept-encoding");
    out.set("accept-encoding", "identity");
    out.set("content-length", Integer.toString(length));
    if (config.credential().isPresent()) {
      out.remove("x-api-key");
      out.set("authorization", "Bearer " + credential());
    }
    return out;
  }

  /** What the client gets. */
  static void back(HttpClientResponse upstream, HttpServerResponse response) {
    String id = response.headers().get("x-request-id");
    copy(upstream.headers(), response.headers());
    response.headers().set("x-request-id", id);
  }

  private static void copy(MultiMap from, MultiMap to) {
    Set<String> dropped = new HashSet<>(HOP_BY_HOP);
    List<String> connection = from.getAll("connection");
    connection.forEach(value -> {
      for (String name : value.split(",", -1)) {
        dropped.add(name.strip().toLowerCase(Locale.ROOT));
      }
    });
    from.forEach((name, value) -> {
      if (!dropped.contains(name.toLowerCase(Locale.ROOT))) {
        to.add(name, value);
      }
    });
  }

  /** Read each time: the kubelet replaces the file when the Secret changes. */
  private String credential() {
    try {
      return Files.readString(config.credential().orElseThrow()).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("the credential file cannot be read", e);
    }
  }
}
