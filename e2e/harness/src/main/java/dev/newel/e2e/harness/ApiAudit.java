package dev.newel.e2e.harness;

import io.fabric8.kubernetes.client.utils.Serialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** What the API server itself recorded of writes: how quiet and how often are counted. */
public final class ApiAudit {
  private final Path log;

  public ApiAudit(Path log) {
    this.log = log;
  }

  /**
   * One accepted or refused write.
   *
   * @param user who
   * @param verb create, update, patch or delete
   * @param code HTTP status
   */
  public record Write(
      String user,
      String verb,
      String namespace,
      String resource,
      String subresource,
      String name,
      int code) {}

  /** All writes so far to a namespace, in order; dry runs and events are left out. */
  public List<Write> writes(String namespace) {
    try {
      return Files.readAllLines(log).stream()
          .filter(l -> l.endsWith("}") && !l.contains("dryRun=All"))
          .map(ApiAudit::write)
          .filter(w -> w.namespace().equals(namespace) && !w.resource().equals("events"))
          .toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Write write(String line) {
    Map<?, ?> event = Serialization.unmarshal(line, Map.class);
    Map<?, ?> ref = event.get("objectRef") instanceof Map<?, ?> m ? m : Map.of();
    Map<?, ?> status = event.get("responseStatus") instanceof Map<?, ?> m ? m : Map.of();
    return new Write(
        String.valueOf(((Map<?, ?>) event.get("user")).get("username")),
        String.valueOf(event.get("verb")),
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
