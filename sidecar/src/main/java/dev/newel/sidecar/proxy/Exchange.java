package dev.newel.sidecar.proxy;

import dev.newel.filter.Engine;
import dev.newel.filter.protocol.Api;
import dev.newel.filter.protocol.Inspector;
import dev.newel.sidecar.bundle.LoadedBundle;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;

/**
 * One request and its answer, under the bundle it began with. It ends exactly once: {@link #settle}
 * says who may say how. Lives on the event loop of its connection.
 */
final class Exchange {
  private final HttpServerRequest request;
  private final Endpoint endpoint;
  private final String id;
  private final LoadedBundle bundle;
  private final Engine engine;
  private final Inspector inspector;
  private Runnable gone = () -> {};
  private boolean settled;

  Exchange(
      HttpServerRequest request,
      Endpoint endpoint,
      String id,
      LoadedBundle bundle,
      Engine engine,
      Inspector inspector) {
    this.request = request;
    this.endpoint = endpoint;
    this.id = id;
    this.bundle = bundle;
    this.engine = engine;
    this.inspector = inspector;
    request
        .response()
        .closeHandler(_ -> {
          if (!request.response().ended()) {
            gone.run();
          }
        });
  }

  HttpServerRequest request() {
    return request;
  }

  HttpServerResponse response() {
    return request.response();
  }

  Endpoint endpoint() {
    return endpoint;
  }

  /** Whose shapes everything that is said in it has. */
  Api api() {
    return endpoint.api();
  }

  String id() {
    return id;
  }

  Engine engine() {
    return engine;
  }

  LoadedBundle bundle() {
    return bundle;
  }

  Inspector inspector() {
    return inspector;
  }

  /** What is to be done when the client goes away; replaces what was said before. */
  void onGone(Runnable what) {
    gone = what;
  }

  /** True for the first caller, who then says how the exchange ended; false ever after. */
  boolean settle() {
    boolean first = !settled;
    settled = true;
    return first;
  }

  /** Answers, unless the client is gone or has an answer. */
  void answer(int status, String body) {
    if (!response().ended() && !response().closed()) {
      Answers.send(response(), status, body);
    }
  }
}
