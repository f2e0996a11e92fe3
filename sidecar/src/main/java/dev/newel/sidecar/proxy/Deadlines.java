package dev.newel.sidecar.proxy;

import dev.newel.sidecar.Limits;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/** Ends exchanges in which nothing moves; one sweep for all of them, so none costs a timer. */
final class Deadlines {
  private final Map<Exchange, Context> underWay = new ConcurrentHashMap<>();
  private final Vertx vertx;

  Deadlines(Vertx vertx, Limits limits) {
    this.vertx = vertx;
    long shortest =
        Stream.of(limits.upload(), limits.firstByte(), limits.idle())
            .mapToLong(Duration::toMillis)
            .min()
            .orElseThrow();
    vertx.setPeriodic(Math.max(10, Math.min(500, shortest / 4)), _ -> sweep());
  }

  void watch(Exchange exchange) {
    underWay.put(exchange, vertx.getOrCreateContext());
    exchange.atTheEnd(() -> underWay.remove(exchange));
  }

  private void sweep() {
    underWay.forEach((exchange, context) -> {
      if (exchange.isLate()) {
        context.runOnContext(_ -> exchange.late());
      }
    });
  }
}
