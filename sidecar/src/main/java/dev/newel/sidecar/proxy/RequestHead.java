package dev.newel.sidecar.proxy;

import io.vertx.core.MultiMap;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Whether the head of a request means the same to everybody on its way (RFC 9112, 11.2). What it
 * refuses is never forwarded, whatever the policy says. The bodies that go on are framed anew, so a
 * client's framing never reaches the model; this is about a proxy in front that reads it otherwise.
 */
final class RequestHead {
  /** Said once or not at all. */
  private static final List<String> SINGLE =
      List.of("host", "content-length", "content-type", "authorization", "transfer-encoding");

  /** RFC 9110, 5.6.2; the colon is of HTTP/2's own fields. */
  private static final Pattern TOKEN = Pattern.compile(":?[!#$%&'*+.^_`|~0-9A-Za-z-]+");

  private RequestHead() {}

  /** What is wrong with it; empty when nothing is. */
  static Optional<String> problem(HttpServerRequest request) {
    MultiMap headers = request.headers();
    if (!headers.names().stream().allMatch(n -> TOKEN.matcher(n).matches())) {
      return Optional.of("a header's name is none");
    }
    for (String name : SINGLE) {
      if (headers.getAll(name).size() > 1) {
        return Optional.of("the header " + name + " is there twice");
      }
    }
    boolean http1 = request.version() != HttpVersion.HTTP_2;
    if (http1 && request.version() == HttpVersion.HTTP_1_1 && !headers.contains("host")) {
      return Optional.of("the header host is missing");
    }
    String coding = headers.get("transfer-encoding");
    if (coding != null) {
      if (!coding.equalsIgnoreCase("chunked")) {
        return Optional.of("the only transfer-encoding that is read is chunked");
      }
      if (request.version() == HttpVersion.HTTP_1_0 || headers.contains("content-length")) {
        return Optional.of("transfer-encoding stands where it may not, or beside content-length");
      }
    }
    HttpMethod method = request.method();
    if (method.equals(HttpMethod.CONNECT) || method.equals(HttpMethod.TRACE)) {
      return Optional.of("the method " + method + " is not served");
    }
    return RequestTarget.problem(method, request.uri(), request.path());
  }
}
