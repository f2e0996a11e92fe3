package dev.newel.audit.verify;

import dev.newel.audit.StoredEvent;
import dev.newel.audit.log.Drafts;
import dev.newel.audit.log.Logs;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** A log as operators and filters would fill it. */
final class SampleLog {
  private SampleLog() {}

  /** Writes a log of exactly {@code size} events. */
  static void write(Path folder, int size) throws IOException {
    try (var log = Logs.open(folder)) {
      var operator = new Logs.Chain("newel-system/operator-0/u1");
      var filter = new Logs.Chain("team-a/llm-0/u2");
      var changes = new ArrayList<>(List.of(operator.opened()));
      var requests = new ArrayList<>(List.of(filter.opened()));
      long generation = 0;
      // Two events of the log's own, two that open chains.
      for (int left = size - 4; left > 0; ) {
        if (left % 5 == 0) {
          changes.add(operator.next(Drafts.accepted("support", ++generation)));
          left--;
        } else if (left == 1) {
          requests.add(filter.next(Drafts.decided("last", "block")));
          left--;
        } else if (left % 3 == 0) {
          requests.add(filter.next(Drafts.decided("r" + left, "allow")));
          requests.add(filter.next(Drafts.completed("r" + left)));
          left -= 2;
        } else {
          StoredEvent intent = operator.next(Drafts.intent("c" + left));
          changes.add(intent);
          changes.add(operator.next(Drafts.outcome(intent)));
          left -= 2;
        }
      }
      log.append(changes, false);
      log.append(requests, false);
    }
  }
}
