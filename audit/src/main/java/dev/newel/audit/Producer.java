package dev.newel.audit;

import java.util.Objects;

/**
 * Who records.
 *
 * @param id {@code namespace/pod/uid}: never used by another process at the same time
 * @param source CloudEvents {@code source}: {@code /namespaces/team-a/pods/llm-0/filter}
 */
public record Producer(String id, String source) {
  public Producer {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(source, "source");
  }
}
