package dev.newel.crds;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class GeneratedCrdsTest {
  private static final Path COMMITTED = Path.of(".");

  @Test
  void committedFilesAreWhatTheClassesSay() throws Exception {
    var generated = GeneratedCrds.files();
    if (Boolean.getBoolean("newel.regenerate")) {
      for (var e : generated.entrySet()) {
        Files.writeString(COMMITTED.resolve(e.getKey()), e.getValue());
      }
    }
    try (var list = Files.list(COMMITTED)) {
      assertThat(list.map(f -> f.getFileName().toString()).filter(n -> n.endsWith(".yaml")))
          .as("files in crds/")
          .containsExactlyInAnyOrderElementsOf(generated.keySet());
    }
    for (var e : generated.entrySet()) {
      assertThat(Files.readString(COMMITTED.resolve(e.getKey())))
          .as(e.getKey() + " is out of date; run `make generate`")
          .isEqualTo(e.getValue());
    }
  }

  @Test
  void everyFieldHasADescriptionWithAnExample() throws Exception {
    var bare = new ArrayList<String>();
    for (var e : GeneratedCrds.files().entrySet()) {
      JsonNode crd = new KubernetesSerialization().unmarshal(e.getValue(), JsonNode.class);
      for (JsonNode version : crd.get("spec").get("versions")) {
        JsonNode schema = version.get("schema").get("openAPIV3Schema");
        for (String part : List.of("spec", "status")) {
          JsonNode root = schema.get("properties").get(part);
          assertThat(root.path("description").asText()).as(e.getKey() + " " + part).isNotBlank();
          walk(e.getKey() + " " + part, root, bare);
        }
      }
    }
    assertThat(bare).as("fields without a description and an example").isEmpty();
  }

  private static void walk(String path, JsonNode schema, List<String> bare) {
    if (path.endsWith("conditions")) {
      return; // Kubernetes' own type
    }
    schema
        .path("properties")
        .properties()
        .forEach(p -> {
          String at = path + "." + p.getKey();
          if (!p.getValue().path("description").asText().contains("Example")) {
            bare.add(at);
          }
          walk(at, p.getValue(), bare);
        });
    if (schema.has("items")) {
      walk(path + "[]", schema.get("items"), bare);
    }
  }
}
