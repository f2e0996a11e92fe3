package dev.newel.sidecar.proxy;

import dev.newel.filter.protocol.Api;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a request asks for.
 *
 * @param kind what is to be done with it
 * @param api whose shapes its body and its answer have, also an answer that says no
 */
record Endpoint(Kind kind, Api api) {

  /** What is to be done with a request. */
  enum Kind {
    /** Its texts are judged. */
    JUDGED,
    /** The list of models or one of them: no text goes to the model. */
    MODELS,
    /** Its shapes are not known here. */
    UNKNOWN
  }

  /** What is asked by POST. Counting tokens takes what messages take. */
  private static final Map<String, Api> JUDGED =
      Map.of(
          "/v1/chat/completions", Api.CHAT,
          "/v1/completions", Api.COMPLETIONS,
          "/v1/responses", Api.RESPONSES,
          "/v1/embeddings", Api.EMBEDDINGS,
          "/v1/messages", Api.MESSAGES,
          "/v1/messages/count_tokens", Api.MESSAGES);

  private static final String MODELS_PATH = "/v1/models";

  /** The endpoint; a path that a model's server could read as another one is UNKNOWN. */
  static Endpoint of(HttpServerRequest request) {
    // A request without a path ("OPTIONS *") has no endpoint here either.
    String path = Optional.ofNullable(request.path()).orElse("");
    Api judged = JUDGED.get(path);
    if (judged != null && request.method().equals(HttpMethod.POST)) {
      return new Endpoint(Kind.JUDGED, judged);
    }
    Api spoken =
        judged != null
            ? judged
            : request.headers().contains("anthropic-version") ? Api.MESSAGES : Api.CHAT;
    return request.method().equals(HttpMethod.GET) && isOfModels(path)
        ? new Endpoint(Kind.MODELS, spoken)
        : new Endpoint(Kind.UNKNOWN, spoken);
  }

  /** Whether something is served here, whoever asks. */
  static boolean isServed(HttpMethod method, String path) {
    return (method.equals(HttpMethod.POST) && JUDGED.containsKey(path))
        || (method.equals(HttpMethod.GET) && isOfModels(path));
  }

  private static boolean isOfModels(String path) {
    return (path.equals(MODELS_PATH) || path.startsWith(MODELS_PATH + "/")) && isPlain(path);
  }

  /**
   * Model ids may hold slashes, so any number of segments may follow; but none that a server could
   * resolve to a place outside of {@code /v1/models}.
   */
  private static boolean isPlain(String path) {
    for (String segment : path.toLowerCase(Locale.ROOT).replace("%2f", "/").split("/", -1)) {
      if (!segment.matches("[a-z0-9._:@-]*") || segment.matches("\\.+")) {
        return false;
      }
    }
    return true;
  }
}
