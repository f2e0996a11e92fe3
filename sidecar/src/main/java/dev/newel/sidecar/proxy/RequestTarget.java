package dev.newel.sidecar.proxy;

import io.vertx.core.http.HttpMethod;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;

/**
 * Whether a request's target means the same to everybody. Servers differ in how they read {@code
 * //}, dots, encoded characters, parameters behind a semicolon, case and a trailing slash; a target
 * that one of them could take for an endpoint that is inspected here, while it is none here, is
 * refused, whatever the policy says.
 */
final class RequestTarget {
  /** A model's id may hold an encoded slash; nothing else needs one. */
  private static final String MODEL_IDS = "/v1/models/";

  /** Characters that need no encoding (RFC 3986, 2.3), and those that are read as structure. */
  private static final Set<Character> NEVER_ENCODED =
      Set.of('-', '.', '_', '~', '/', '\\', ';', '%', '?', '#', '\0', '\r', '\n');

  private RequestTarget() {}

  /** What is wrong with the target; empty when nothing is. */
  static Optional<String> problem(HttpMethod method, String uri, String path) {
    if (!isPrintable(uri) || uri.indexOf('#') >= 0) {
      return Optional.of("the target holds characters that must be encoded");
    }
    if (path == null || !path.startsWith("/")) {
      return Optional.of("the target has no path");
    }
    if (uri.charAt(0) != '/' && !uri.matches("(?i)https?://[^/?@\\\\]+/.*")) {
      return Optional.of("the target is neither a path nor an http URL");
    }
    if (path.indexOf('\\') >= 0 || path.indexOf(';') >= 0) {
      return Optional.of("the path holds a backslash or a semicolon");
    }
    for (String segment : path.substring(1).replaceAll("(?i)%2f", "/").split("/", -1)) {
      if (segment.equals(".") || segment.equals("..")) {
        return Optional.of("the path has a segment of dots");
      }
    }
    if (path.replaceAll("(?i)%2f", "/").contains("//")) {
      return Optional.of("the path has an empty segment");
    }
    if (!isPlainlyEncoded(path)) {
      return Optional.of("the path encodes what needs no encoding, or cannot be decoded");
    }
    return looksLikeAnother(method, path)
        ? Optional.of("the path differs from an endpoint's only in case or a trailing slash")
        : Optional.empty();
  }

  private static boolean isPrintable(String uri) {
    return uri.chars().allMatch(c -> c > 0x20 && c < 0x7f);
  }

  private static boolean isPlainlyEncoded(String path) {
    boolean modelId = path.startsWith(MODEL_IDS);
    for (int at = path.indexOf('%'); at >= 0; at = path.indexOf('%', at + 3)) {
      if (at + 3 > path.length()) {
        return false;
      }
      int high = Character.digit(path.charAt(at + 1), 16);
      int low = Character.digit(path.charAt(at + 2), 16);
      if (high < 0 || low < 0) {
        return false;
      }
      char c = (char) ((high << 4) | low);
      boolean plain = c < 0x80 && (Character.isLetterOrDigit(c) || NEVER_ENCODED.contains(c));
      if (plain && !(c == '/' && modelId)) {
        return false;
      }
    }
    return true;
  }

  private static boolean looksLikeAnother(HttpMethod method, String path) {
    String plain = path.toLowerCase(Locale.ROOT).replaceAll("/+$", "");
    return !Endpoint.isServed(method, path) && Endpoint.isServed(method, plain);
  }
}
