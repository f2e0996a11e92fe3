package dev.newel.audit.verify;

import dev.newel.audit.StoredEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** V10: of each resource, every generation between those that appear. */
final class Generations {
  private final List<Finding> findings;
  private final Map<String, Long> last = new HashMap<>();

  Generations(List<Finding> findings) {
    this.findings = findings;
  }

  void add(StoredEvent event) {
    if (!(event.entry().data().get("target") instanceof Map<?, ?> target)
        || !(target.get("generation") instanceof Number generation)) {
      return;
    }
    String resource = target.get("kind") + " " + target.get("uid");
    Long before = last.get(resource);
    long now = generation.longValue();
    if (before != null && now > before + 1) {
      findings.add(
          new Finding(
              Check.V10,
              event.where(),
              "generations %d to %d of %s do not appear"
                  .formatted(before + 1, now - 1, event.subject())));
    }
    last.merge(resource, now, Math::max);
  }
}
