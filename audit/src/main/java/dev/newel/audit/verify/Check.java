package dev.newel.audit.verify;

/** What is checked; the names are those of docs/audit.md. */
public enum Check {
  V1("signature", "The checkpoint is signed by the key that was given."),
  V2("tree", "The leaves have the signed root; every tile is what the leaves make it."),
  V3("consistency", "Every checkpoint at hand is of this tree, and none is of a larger one."),
  V4("contiguous", "Each producer's events are all there, once and in order."),
  V5("chain", "Each event names the hash of the producer's event before it."),
  V6("pairs", "Every intent has one outcome, every request that went on one end."),
  V7("time", "A producer's clock runs forward."),
  V8("form", "Every event is in canonical form and of the schema."),
  V9("fresh", "The log reaches up to the time that was asked for."),
  V10("generations", "Every generation of a resource that was taken into account appears.");

  private final String title;
  private final String promise;

  Check(String title, String promise) {
    this.title = title;
    this.promise = promise;
  }

  public String title() {
    return title;
  }

  /** What holds when it finds nothing. */
  public String promise() {
    return promise;
  }
}
