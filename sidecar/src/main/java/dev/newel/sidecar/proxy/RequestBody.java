package dev.newel.sidecar.proxy;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;

/**
 * Reads a request whole, up to a limit. What a client sends beyond the limit is read and dropped,
 * because a client that is cut off while it sends cannot read why; but not more than once the limit
 * again.
 */
public final class RequestBody {
  /** Who wants the body. */
  public interface Reader {
    /** It is all here. */
    void whole(Buffer body);

    /** It is longer than the limit; this is its beginning. */
    void tooLong(Buffer beginning);

    /** Whether there is room for so many more bytes. */
    default boolean hold(int bytes) {
      return true;
    }

    /** There was no room. */
    default void noRoom() {}
  }

  private final HttpServerRequest request;
  private final int limit;
  private final Reader reader;
  private final Buffer body = Buffer.buffer();
  private long dropped;
  private boolean over;

  private RequestBody(HttpServerRequest request, int limit, Reader reader) {
    this.request = request;
    this.limit = limit;
    this.reader = reader;
  }

  /** Reads; the reader is told of exactly one end, unless the client goes away. */
  public static void read(HttpServerRequest request, int limit, Reader reader) {
    var reading = new RequestBody(request, limit, reader);
    request.handler(reading::add);
    request.endHandler(_ -> {
      if (!reading.over) {
        reader.whole(reading.body);
      }
    });
  }

  private void add(Buffer chunk) {
    if (over) {
      dropped += chunk.length();
      if (dropped > limit) {
        request.connection().close();
      }
    } else if (body.length() + chunk.length() > limit) {
      over = true;
      reader.tooLong(body);
    } else if (!reader.hold(chunk.length())) {
      over = true;
      reader.noRoom();
    } else {
      body.appendBuffer(chunk);
    }
  }
}
