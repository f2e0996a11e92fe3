package dev.newel.audit;

import java.util.List;

/**
 * Where operator and filter record. Whatever stands behind it, an event is durable when the call
 * returns.
 */
public interface AuditRecorder extends AutoCloseable {

  /**
   * Records events in this order, next to each other, and returns when all are durable.
   *
   * @throws AuditUnavailableException when they cannot be made durable; then none may be relied on
   */
  List<Receipt> record(List<EventDraft> drafts);

  /** As {@link #record(List)}, for one. */
  default Receipt record(EventDraft draft) {
    return record(List.of(draft)).getFirst();
  }

  /** Ends the epoch in order. */
  @Override
  void close();
}
