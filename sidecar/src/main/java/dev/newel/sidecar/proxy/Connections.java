package dev.newel.sidecar.proxy;

import dev.newel.sidecar.Limits;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.net.SocketAddress;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Closes connections that are kept open for nothing between two requests, also when a client sends
 * the next head one byte at a time. One sweep looks at all of them, so a request costs no timer
 * here. A connection is known from its first request on; before that the server's own idle limit
 * holds.
 */
final class Connections {
  private static final class Watched {
    final HttpConnection connection;
    int underWay;
    long quietSince = System.nanoTime();

    Watched(HttpConnection connection) {
      this.connection = connection;
    }

    synchronized void began() {
      underWay++;
    }

    synchronized void ended() {
      underWay--;
      quietSince = System.nanoTime();
    }

    synchronized boolean isOverdue(Limits limits) {
      return underWay == 0 && System.nanoTime() - quietSince > limits.keepAlive().toNanos();
    }
  }

  /** By the client's address: an upgrade to HTTP/2 makes a new connection of the same socket. */
  private final Map<SocketAddress, Watched> open = new ConcurrentHashMap<>();

  private final Limits limits;

  Connections(Vertx vertx, Limits limits) {
    this.limits = limits;
    long often = Math.max(10, Math.min(1000, limits.keepAlive().toMillis() / 4));
    vertx.setPeriodic(often, _ -> sweep());
  }

  /** Watches a new connection. */
  void opened(HttpConnection connection) {
    var watched = new Watched(connection);
    open.put(connection.remoteAddress(), watched);
    connection.closeHandler(_ -> open.remove(connection.remoteAddress(), watched));
  }

  /** A request is under way; what is returned is to be run once when it is over. */
  Runnable began(HttpConnection connection) {
    Watched watched = open.get(connection.remoteAddress());
    if (watched == null) {
      return () -> {};
    }
    watched.began();
    return watched::ended;
  }

  private void sweep() {
    open.values().stream().filter(w -> w.isOverdue(limits)).forEach(w -> w.connection.close());
  }
}
