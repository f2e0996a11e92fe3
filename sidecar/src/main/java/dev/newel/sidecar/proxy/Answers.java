package dev.newel.sidecar.proxy;

import io.vertx.core.http.HttpServerResponse;

/** Answers that come from the filter and not from the model. */
final class Answers {
  private Answers() {}

  /** A JSON body. */
  static void send(HttpServerResponse response, int status, String body) {
    head(response, status).end(body);
  }

  /** The head of a JSON body; what may work later says when to try again. */
  static HttpServerResponse head(HttpServerResponse response, int status) {
    if (status == 503 || status == 429) {
      response.putHeader("retry-after", "1");
    }
    return response.setStatusCode(status).putHeader("content-type", "application/json");
  }
}
