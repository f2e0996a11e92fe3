package dev.newel.sidecar.proxy;

import io.vertx.core.http.HttpMethod;
import java.util.Locale;

/** What a request asks for, as far as its shapes are known here. */
enum Endpoint {
  CHAT,
  /** The list of models or one of them: no text goes to the model. */
  MODELS,
  UNKNOWN;

  private static final String MODELS_PATH = "/v1/models";

  /** The endpoint; a path that a model's server could read as another one is UNKNOWN. */
  static Endpoint of(HttpMethod method, String path) {
    if (method.equals(HttpMethod.POST) && path.equals("/v1/chat/completions")) {
      return CHAT;
    }
    boolean models = path.equals(MODELS_PATH) || path.startsWith(MODELS_PATH + "/");
    return method.equals(HttpMethod.GET) && models && isPlain(path) ? MODELS : UNKNOWN;
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
