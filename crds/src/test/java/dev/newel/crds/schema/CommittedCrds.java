package dev.newel.crds.schema;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/** CRD files as trees, by the kind they define. */
public final class CommittedCrds {
  /** The files of this build. */
  public static final Path CURRENT = Path.of(".");

  /** One folder for each release, in it the files as they were published. */
  public static final Path RELEASED = Path.of("released");

  private CommittedCrds() {}

  public static Map<String, JsonNode> in(Path folder) {
    var crds = new TreeMap<String, JsonNode>();
    try (var files = Files.list(folder)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".yaml")).toList()) {
        JsonNode crd =
            new KubernetesSerialization().unmarshal(Files.readString(file), JsonNode.class);
        crds.put(crd.at("/spec/names/kind").asText(), crd);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return crds;
  }

  /** The schema of the only version there is. */
  public static JsonNode schema(JsonNode crd) {
    return crd.at("/spec/versions/0/schema/openAPIV3Schema");
  }
}
