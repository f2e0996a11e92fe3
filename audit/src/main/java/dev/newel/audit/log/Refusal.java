package dev.newel.audit.log;

/** Why a log does not take an event; each has a counter of its own. */
public enum Refusal {
  OVERSIZED("Oversized", 413),
  NOT_CANONICAL("NotCanonical", 400),
  DUPLICATE_MEMBER("DuplicateMember", 400),
  BAD_EVENT("BadEvent", 400),
  FUTURE_DATED("FutureDated", 400),
  WRONG_PRODUCER("WrongProducer", 403),
  NOT_ITS_TYPE("NotItsType", 403),
  REPLAYED("Replayed", 409),
  OUT_OF_ORDER("OutOfOrder", 409),
  STALE_EPOCH("StaleEpoch", 409),
  CHAIN_BROKEN("ChainBroken", 409),
  NO_TOKEN("NoToken", 401),
  TOKEN_EXPIRED("TokenExpired", 401),
  FOREIGN_TOKEN("ForeignToken", 401),
  NOT_ALLOWED("NotAllowed", 403),
  NOT_FOUND("NotFound", 404),
  BAD_REQUEST("BadRequest", 400),
  UNAVAILABLE("Unavailable", 503);

  private final String reason;
  private final int status;

  Refusal(String reason, int status) {
    this.reason = reason;
    this.status = status;
  }

  /** As answers, metrics and logs name it. */
  public String reason() {
    return reason;
  }

  /** The HTTP status that goes with it. */
  public int status() {
    return status;
  }
}
