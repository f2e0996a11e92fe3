package dev.newel.sidecar.proxy;

import dev.newel.filter.protocol.Api;
import dev.newel.filter.protocol.ErrorBody;
import java.util.Locale;

/**
 * Ways in which an exchange ends without a decision on what it says; each has a name of its own.
 */
enum Refused {
  /** The head can be read in more than one way. */
  BAD_REQUEST(400, "invalid_request_error"),
  /** The client did not send its request in time. */
  REQUEST_TIMEOUT(408, "timeout"),
  /** As many requests, or bytes of them, are under way as there may be. */
  OVERLOADED(429, "rate_limited"),
  /** The model cannot be reached, or broke off. */
  UPSTREAM(502, "unavailable"),
  /** The model did not begin, or go on with, its answer in time. */
  UPSTREAM_TIMEOUT(504, "timeout");

  private final int status;
  private final String type;

  Refused(int status, String type) {
    this.status = status;
    this.type = type;
  }

  int status() {
    return status;
  }

  /** In the answer, in the metric's label and in the trail. */
  String code() {
    return name().toLowerCase(Locale.ROOT);
  }

  String body(Api api, String message, String requestId) {
    return ErrorBody.json(api, type, code(), message, requestId);
  }
}
