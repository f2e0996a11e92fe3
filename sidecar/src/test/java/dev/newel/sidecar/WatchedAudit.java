package dev.newel.sidecar;

import dev.newel.audit.AuditRecorder;
import dev.newel.audit.AuditUnavailableException;
import dev.newel.audit.EventDraft;
import dev.newel.audit.EventType;
import dev.newel.audit.Receipt;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/** A trail that a test can wait on, and break. */
final class WatchedAudit implements AuditRecorder {
  private final AuditRecorder real;
  private final BlockingQueue<EventDraft> recorded = new LinkedBlockingQueue<>();
  private volatile EventType broken;

  WatchedAudit(AuditRecorder real) {
    this.real = real;
  }

  /** From now on events of this type cannot be recorded. */
  void breakFor(EventType type) {
    broken = type;
  }

  /** The next event of this type; those of other types before it are passed over. */
  EventDraft await(EventType type) throws InterruptedException {
    EventDraft draft = recorded.take();
    while (draft.type() != type) {
      draft = recorded.take();
    }
    return draft;
  }

  @Override
  public List<Receipt> record(List<EventDraft> drafts) {
    if (drafts.stream().anyMatch(d -> d.type() == broken)) {
      throw new AuditUnavailableException("the disk is full", null);
    }
    List<Receipt> receipts = real.record(drafts);
    recorded.addAll(drafts);
    return receipts;
  }

  @Override
  public void close() {
    real.close();
  }
}
