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
import java.util.Optional;
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

  /** What a client proves itself with; the model's own credential takes its place. */
  private static final Set<String> CREDENTIALS =
      Set.of("authorization", "x-api-key", "api-key", "x-goog-api-key", "cookie");

  /** Say something about the very bytes, or would lead a client past the filter. */
  private static final Set<String> NOT_BACK =
      Set.of(
          "content-encoding",
          "etag",
          "content-md5",
          "digest",
          "content-digest",
          "repr-digest",
          "accept-ranges",
          "alt-svc");

  private final FilterConfig config;

  UpstreamHeaders(FilterConfig config) {
    this.config = config;
  }

  /**
   * What the model gets: never compressed answers, and its own credential instead of the client's.
   *
   * @param asSent whether the body was not looked at, so that it goes on as what the client says it
   *     is; otherwise it is what was looked at: JSON, without a coding
   */
  MultiMap of(HttpServerRequest request, int length, boolean asSent) {
    MultiMap out = MultiMap.caseInsensitiveMultiMap();
    copy(request.headers(), out);
    out.set("accept-encoding", "identity");
    out.set("content-length", Integer.toString(length));
    if (!asSent) {
      out.remove("content-encoding");
      if (length > 0) {
        out.set("content-type", "application/json");
      }
    }
    if (config.credential().isPresent()) {
      CREDENTIALS.forEach(out::remove);
      if (config.api().equals("Anthropic")) {
        out.set("x-api-key", credential());
      } else {
        out.set("authorization", "Bearer " + credential());
      }
    }
    return out;
  }

  /**
   * What the client gets.
   *
   * @param asSent whether the body was not looked at and goes on in the coding it came with
   */
  void back(HttpClientResponse upstream, HttpServerResponse response, boolean asSent) {
    String id = response.headers().get("x-request-id");
    MultiMap out = MultiMap.caseInsensitiveMultiMap();
    copy(upstream.headers(), out);
    Optional<String> coding = Optional.ofNullable(out.get("content-encoding")).filter(_ -> asSent);
    NOT_BACK.forEach(out::remove);
    coding.ifPresent(c -> out.set("content-encoding", c));
    if (config.credential().isPresent()) {
      out.remove("set-cookie"); // belongs to the credential's session, which is not the client's
    }
    response.headers().addAll(out).set("x-request-id", id);
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
