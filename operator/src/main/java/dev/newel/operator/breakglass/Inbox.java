package dev.newel.operator.breakglass;

import dev.newel.crds.BreakGlassRequest;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Decisions that wait on a request as annotations, as the API server let them through. */
final class Inbox {
  private Inbox() {}

  /** What somebody may decide; in the order in which they are taken: no is stronger than yes. */
  enum Kind {
    DENY,
    WITHDRAW,
    REVOKE,
    REVIEW,
    APPROVE;

    /** {@code newel.dev/approve}. */
    String key() {
      return "newel.dev/" + word();
    }

    String word() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * One decision.
   *
   * @param user who the value says it is of; the API server has compared that with who wrote it
   */
  record Attempt(Kind kind, String user, String digest) {}

  static List<Attempt> of(BreakGlassRequest request) {
    Map<String, String> annotations =
        Optional.ofNullable(request.getMetadata().getAnnotations()).orElse(Map.of());
    return Arrays.stream(Kind.values())
        .filter(k -> annotations.containsKey(k.key()))
        .map(k -> {
          String value = annotations.get(k.key());
          int blank = value.lastIndexOf(' ');
          return new Attempt(k, value.substring(0, Math.max(0, blank)), value.substring(blank + 1));
        })
        .toList();
  }
}
