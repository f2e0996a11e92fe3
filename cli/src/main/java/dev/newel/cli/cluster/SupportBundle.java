package dev.newel.cli.cluster;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.fabric8.kubernetes.api.model.HasMetadata;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What goes into a support bundle: text files by name. Pure. */
final class SupportBundle {
  private static final ObjectMapper JSON = new ObjectMapper();

  private SupportBundle() {}

  /**
   * The files.
   *
   * @param objects to show, redacted; never Secrets, whoever passes them
   * @param logs text by file name, redacted line by line
   */
  static Map<String, String> files(
      Snapshot snapshot, Collection<? extends HasMetadata> objects, Map<String, String> logs) {
    var redaction = new Redaction();
    var files = new TreeMap<String, String>();
    files.put("status.txt", redaction.text(Screen.of(ClusterView.of(snapshot))));
    for (var model : snapshot.models()) {
      files.put(
          "models/" + model.reference().replace('/', '.') + ".txt",
          redaction.text(Screen.of(ModelView.of(snapshot, model))));
    }
    for (HasMetadata object : objects) {
      if (!object.getKind().equals("Secret")) {
        files.merge(
            "objects/" + object.getKind() + ".yaml", yaml(redaction, object), (a, b) -> a + b);
      }
    }
    logs.forEach((name, text) ->
        files.put(
            "logs/" + name,
            text.lines().map(l -> redaction.text(l) + "\n").collect(Collectors.joining())));
    return files;
  }

  private static String yaml(Redaction redaction, HasMetadata object) {
    try {
      return new YAMLMapper().writeValueAsString(redaction.object(JSON.valueToTree(object)));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
