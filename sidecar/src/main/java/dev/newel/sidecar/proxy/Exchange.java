package dev.newel.sidecar.proxy;

import dev.newel.filter.Engine;
import dev.newel.filter.protocol.Api;
import dev.newel.filter.protocol.Inspector;
import dev.newel.sidecar.bundle.LoadedBundle;
import io.vertx.core.Future;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

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
  private final Admission admission;
  private final List<Runnable> atTheEnd = new ArrayList<>();
  private Runnable gone = () -> {};
  private boolean settled;
  private boolean ending;
  private boolean over;
  private long held;
  private long waiting;
  private Optional<String> traceparent = Optional.empty();
  private Duration patience = Duration.ofDays(1);
  private Runnable late = () -> {};
  private volatile long due = System.nanoTime() + patience.toNanos();

  Exchange(
      HttpServerRequest request,
      Endpoint endpoint,
      String id,
      LoadedBundle bundle,
      Engine engine,
      Inspector inspector,
      Admission admission) {
    this.request = request;
    this.endpoint = endpoint;
    this.id = id;
    this.bundle = bundle;
    this.engine = engine;
    this.inspector = inspector;
    this.admission = admission;
    request
        .response()
        .closeHandler(_ -> {
          if (!request.response().ended()) {
            gone.run();
          }
          over();
        });
    // Called also when the client goes away or the answer is cut off.
    request
        .response()
        .endHandler(_ -> {
          if (!ending) {
            over();
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

  /** The span that the model's work belongs to, in the form of its header. */
  void traceparent(String header) {
    traceparent = Optional.of(header);
  }

  /** Empty when no spans are made: then what the client sent goes on. */
  Optional<String> traceparent() {
    return traceparent;
  }

  /** What is to be done when the client goes away; replaces what was said before. */
  void onGone(Runnable what) {
    gone = what;
  }

  /** What is to be done when nothing of it is left; at once when that is now. */
  void atTheEnd(Runnable what) {
    if (over) {
      what.run();
    } else {
      atTheEnd.add(what);
    }
  }

  /** True for the first caller, who then says how the exchange ended; false ever after. */
  boolean settle() {
    boolean first = !settled;
    settled = true;
    return first;
  }

  /** From now on something must move once in so long; otherwise it is late. */
  void within(Duration time, Runnable otherwise) {
    patience = time;
    late = otherwise;
    moved();
  }

  /** Something moved. */
  void moved() {
    due = System.nanoTime() + patience.toNanos();
  }

  boolean isLate() {
    return System.nanoTime() - due > 0;
  }

  /** Says that it is late, once; nothing when something moved in between. */
  void late() {
    if (isLate()) {
      Runnable what = late;
      within(Duration.ofDays(1), () -> {});
      what.run();
    }
  }

  /** True when so many more bytes may be held for this exchange; they are released at its end. */
  boolean hold(int bytes) {
    boolean room = admission.hold(bytes);
    held += room ? bytes : 0;
    return room;
  }

  /** Sends a piece of the answer; completes when it is out of this process. */
  Future<Void> write(Buffer piece) {
    waits(piece.length());
    return response()
        .write(piece)
        .onComplete(_ -> {
          waits(-piece.length());
          moved();
        });
  }

  /** Sends the last piece. */
  void end(Buffer piece) {
    ending = true;
    waits(piece.length());
    response().end(piece).onComplete(_ -> over());
  }

  /** Answers, unless the client is gone or has an answer. */
  void answer(int status, String body) {
    if (!response().ended() && !response().closed()) {
      Answers.head(response(), status);
      end(Buffer.buffer(body));
    }
  }

  private void waits(long more) {
    if (!over) {
      waiting += more;
      admission.waits(more);
    }
  }

  /** What was written to a client that went away may never be said to be out. */
  private void over() {
    if (!over) {
      admission.waits(-waiting);
      over = true;
      admission.release(held);
      atTheEnd.forEach(Runnable::run);
    }
  }
}
