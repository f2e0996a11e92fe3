package dev.newel.sidecar.proxy;

import io.vertx.core.http.HttpServerResponse;

/** Answers that come from the filter and not from the model. */
final class Answers {
  private Answers() {}

  /** A JSON body; what may work later says when to try again. */
  static void send(HttpServerResponse response, int status, String body) {
    if (status == 503 || status == 429) {
      response.putHeader("retry-after", "1");
    }
    response.setStatusCode(status).putHeader("content-type", "application/json").end(body);
  }
}
