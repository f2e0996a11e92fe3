package dev.newel.e2e.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Argo CD's check and kstatus say the same of each status. */
class GitOpsHealthTest {
  private static final Path ARGOCD = Path.of("../../gitops/argocd");
  private static final YAMLMapper YAML = new YAMLMapper();
  private static final Map<String, KStatus> SAME =
      Map.of(
          "Healthy", KStatus.CURRENT,
          "Progressing", KStatus.IN_PROGRESS,
          "Degraded", KStatus.FAILED);

  @TestFactory
  Stream<DynamicTest> theCheckSaysWhatKstatusSays() throws IOException {
    String lua = Files.readString(ARGOCD.resolve("health.lua"));
    return tests().stream()
        .map(test ->
            dynamicTest(
                test.path("inputPath").asText(),
                () -> {
                  JsonNode object =
                      YAML.readTree(ARGOCD.resolve(test.path("inputPath").asText()).toFile());
                  var health = ArgoHealth.of(lua, object);
                  JsonNode wanted = test.path("healthStatus");
                  assertThat(health)
                      .isEqualTo(
                          new ArgoHealth(
                              wanted.path("status").asText(), wanted.path("message").asText()));
                  assertThat(KStatus.of(object)).isEqualTo(SAME.get(health.status()));
                }));
  }

  @Test
  void everyObjectIsTestedAndEveryStatusIsAmongThem() throws IOException {
    var named = new TreeSet<String>();
    var statuses = new TreeSet<String>();
    for (JsonNode test : tests()) {
      named.add(test.path("inputPath").asText());
      statuses.add(test.path("healthStatus").path("status").asText());
    }
    try (var files = Files.list(ARGOCD.resolve("testdata"))) {
      assertThat(files.map(f -> "testdata/" + f.getFileName()))
          .containsExactlyInAnyOrderElementsOf(named);
    }
    assertThat(statuses).containsExactlyInAnyOrderElementsOf(SAME.keySet());
  }

  @Test
  void argoCdsConfigMapHoldsTheSameCheck() throws IOException {
    JsonNode map = YAML.readTree(ARGOCD.resolve("argocd-cm.yaml").toFile());
    JsonNode all = YAML.readTree(map.path("data").path("resource.customizations").asText());
    assertThat(all.path("newel.dev/*").path("health.lua").asText())
        .isEqualTo(Files.readString(ARGOCD.resolve("health.lua")));
  }

  private static List<JsonNode> tests() throws IOException {
    JsonNode tests = YAML.readTree(ARGOCD.resolve("health_test.yaml").toFile()).path("tests");
    assertThat(tests).isNotEmpty();
    return tests.valueStream().toList();
  }
}
