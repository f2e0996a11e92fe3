package dev.newel.sidecar.proxy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import java.util.function.Consumer;

/**
 * Reads a request whole, up to a limit. What a client sends beyond the limit is read and dropped,
 * because a client that is cut off while it sends cannot read why; but not more than once the limit
 * again.
 */
public final class RequestBody {
  private final HttpServerRequest request;
  private final int limit;
  private final Buffer body = Buffer.buffer();
  private long dropped;
  private boolean over;

  private RequestBody(HttpServerRequest request, int limit) {
    this.request = request;
    this.limit = limit;
  }

  /**
   * Reads.
   *
   * @param whole gets the body once it is all here
   * @param tooLong gets the beginning of a body as soon as it is longer than the limit
   */
  public static void read(
      HttpServerRequest request, int limit, Consumer<Buffer> whole, Consumer<Buffer> tooLong) {
    var reading = new RequestBody(request, limit);
    request.handler(chunk -> reading.add(chunk, tooLong));
    request.endHandler(_ -> {
      if (!reading.over) {
        whole.accept(reading.body);
      }
    });
  }

  private void add(Buffer chunk, Consumer<Buffer> tooLong) {
    if (over) {
      dropped += chunk.length();
      if (dropped > limit) {
        request.connection().close();
      }
    } else if (body.length() + chunk.length() > limit) {
      over = true;
      tooLong.accept(body);
    } else {
      body.appendBuffer(chunk);
    }
  }
}
