package dev.newel.audit.log;

import dev.newel.audit.EventDraft;
import dev.newel.audit.StoredEvent;
import java.util.List;

/** What somebody wants appended; all of it or nothing. */
sealed interface Submission {
  /** About how many bytes it has. */
  long bytes();

  /**
   * Events as a producer made them.
   *
   * @param acceptGap whether what is missing before them is lost for good
   */
  record Of(List<StoredEvent> events, boolean acceptGap) implements Submission {
    @Override
    public long bytes() {
      return events.stream().mapToLong(e -> e.bytes().array().length).sum();
    }
  }

  /** Events of the log's own. */
  record Own(List<EventDraft> drafts) implements Submission {
    @Override
    public long bytes() {
      return 1024L * drafts.size();
    }
  }
}
