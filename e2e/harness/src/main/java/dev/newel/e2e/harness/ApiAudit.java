package dev.newel.e2e.harness;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/** What the API server itself recorded of writes: how quiet and how often are counted. */
public final class ApiAudit {
  private static final Set<String> READS = Set.of("get", "list", "watch");

  private final Path log;

  public ApiAudit(Path log) {
    this.log = log;
  }

  /**
   * One accepted or refused request.
   *
   * @param user who
   * @param verb as RBAC names it
   * @param group API group; empty for the core
   * @param code HTTP status
   */
  public record Request(
      String user,
      String verb,
      String group,
      String namespace,
      String resource,
      String subresource,
      String name,
      int code) {
    boolean isWrite() {
      return !READS.contains(verb);
    }
  }

  /** All writes so far to a namespace, in order; dry runs and events are left out. */
  public List<Request> writes(String namespace) {
    return requests(l -> !l.contains("dryRun=All") && l.contains('"' + namespace + '"')).stream()
        .filter(r -> r.isWrite() && r.namespace().equals(namespace))
        .filter(r -> !r.resource().equals("events"))
        .toList();
  }

  /** Everything that this user asked for so far, reads as well where the server records them. */
  public List<Request> requestsOf(String user) {
    return requests(l -> l.contains(user)).stream().filter(r -> r.user().equals(user)).toList();
  }

  private List<Request> requests(Predicate<String> line) {
    try {
      return Files.readAllLines(log).stream()
          .filter(l -> l.endsWith("}")) // the last one may be half written
          .filter(line)
          .map(ApiAudit::request)
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Request request(String line) {
    Map<?, ?> event = Serialization.unmarshal(line, Map.class);
    Map<?, ?> ref = event.get("objectRef") instanceof Map<?, ?> m ? m : Map.of();
    Map<?, ?> status = event.get("responseStatus") instanceof Map<?, ?> m ? m : Map.of();
    return new Request(
        String.valueOf(((Map<?, ?>) event.get("user")).get("username")),
        String.valueOf(event.get("verb")),
        text(ref, "apiGroup"),
        text(ref, "namespace"),
        text(ref, "resource"),
        text(ref, "subresource"),
        text(ref, "name"),
        status.get("code") instanceof Number n ? n.intValue() : 0);
  }

  private static String text(Map<?, ?> map, String key) {
    return map.get(key) == null ? "" : map.get(key).toString();
  }
}
