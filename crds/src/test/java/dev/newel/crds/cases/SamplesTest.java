package dev.newel.crds.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.newel.crds.GuardrailResource;
import dev.newel.crds.PolicyReading;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Samples are what people copy: they are applied, read, and explained where they stand. */
class SamplesTest {
  private static final Path SAMPLES = Path.of("../samples");
  private static final Pattern LINK = Pattern.compile("]\\(([^)]+)\\)");
  private static final KubernetesSerialization YAML = new KubernetesSerialization();

  @TestFactory
  @Tag("api")
  Stream<DynamicTest> theServerTakesEveryFile() throws IOException {
    List<Path> files = files();
    return Server.VERSIONS.stream()
        .flatMap(version -> {
          var server = new Server(version);
          return files.stream()
              .map(file ->
                  dynamicTest(
                      version + " " + file,
                      () -> {
                        ObjectNode object = tree(file);
                        for (ObjectNode each : withPods(object)) {
                          Answer answer = server.judge(each);
                          assertThat(answer.accepted()).as("answer: " + answer).isTrue();
                        }
                      }));
        });
  }

  /** The pods of a model are of no use if a Deployment with them would be refused. */
  private static List<ObjectNode> withPods(ObjectNode object) {
    JsonNode template = object.at("/spec/serving/container/template");
    if (template.isMissingNode()) {
      return List.of(object);
    }
    ObjectNode deployment =
        Case.tree(
            """
            apiVersion: apps/v1
            kind: Deployment
            metadata: {name: pods}
            spec: {selector: {matchLabels: {a: b}}}
            """);
    ObjectNode pods = template.deepCopy();
    pods.withObject("/metadata/labels").put("a", "b");
    ((ObjectNode) deployment.get("spec")).set("template", pods);
    return List.of(object, deployment);
  }

  @Test
  void everyPolicyCanBeEnforced() throws IOException {
    for (Path file : files()) {
      HasMetadata object = YAML.unmarshal(Files.readString(file));
      if (object instanceof GuardrailResource policy) {
        var reading =
            PolicyReading.of(
                policy,
                source -> {
                  JsonNode words = tree(file.resolveSibling("words.yaml"));
                  assertThat(words.at("/metadata/name").asText()).isEqualTo(source.configMap());
                  return Optional.of(words.path("data").path(source.key()).asText());
                });
        assertThat(reading.problems()).as("" + file).isEmpty();
      }
    }
  }

  @Test
  void everyFolderExplainsItsFilesAndTheListNamesEveryFolder() throws IOException {
    assertThat(links(SAMPLES))
        .containsExactlyElementsOf(
            folders().stream().map(Path::getFileName).map(Path::toString).toList());
    for (Path folder : folders()) {
      assertThat(folder.resolve("README.md")).exists();
      assertThat(links(folder)).allSatisfy(l -> assertThat(folder.resolve(l)).exists());
      try (var files = Files.list(folder)) {
        assertThat(files.map(f -> f.getFileName().toString()).filter(f -> !f.equals("README.md")))
            .as("files of %s, each linked by its README", folder)
            .isNotEmpty()
            .allSatisfy(f -> assertThat(f).endsWith(".yaml").isIn(links(folder)));
      }
    }
  }

  private static List<String> links(Path folder) throws IOException {
    return LINK.matcher(Files.readString(folder.resolve("README.md")))
        .results()
        .map(m -> m.group(1))
        .toList();
  }

  private static List<Path> folders() throws IOException {
    try (var folders = Files.list(SAMPLES)) {
      return folders.filter(Files::isDirectory).sorted().toList();
    }
  }

  private static List<Path> files() throws IOException {
    try (var files = Files.walk(SAMPLES)) {
      return files.filter(f -> f.toString().endsWith(".yaml")).sorted().toList();
    }
  }

  private static ObjectNode tree(Path file) {
    try {
      return Case.tree(Files.readString(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
