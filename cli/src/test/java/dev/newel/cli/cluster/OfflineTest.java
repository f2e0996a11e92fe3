package dev.newel.cli.cluster;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import dev.newel.cli.Ran;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is said of a cluster, from files that were taken from it. */
class OfflineTest {
  private static final String FILE = "src/test/resources/cluster/objects.yaml";
  @TempDir Path folder;

  private static Ran newel(String... arguments) {
    var all = new java.util.ArrayList<>(java.util.List.of(arguments));
    all.addAll(java.util.List.of("-f", FILE));
    return Ran.newel("", all.toArray(String[]::new));
  }

  @Test
  void explainNamesRulesRevisionPodsClientsAndWhoMayBypass() {
    // When
    var ran = newel("explain", "support-llm", "-n", "team-a");
    // Then
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.out())
        .contains("no, PartiallyProgrammed")
        .contains("7f3c9a12b0c4d5e6 on 1 of 2 pods; the oldest is 0011223344556677")
        .contains("\"role\":\"frontend\"")
        .contains("alice until 2026-11-26T10:00:00Z (BreakGlassRequest fix-db)")
        .contains(
            "ClusterGuardrailPolicy/org-baseline/payment  sensitive  High      Mask   Mask    Enforce")
        .contains(
            "GuardrailPolicy/embargo/words                words      Critical  Block  -       Detect")
        .contains("! GuardrailPolicy/embargo is not enforced as written: InvalidPattern")
        .doesNotContain("elsewhere")
        .doesNotContain("mallory");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"support-llm-5d8f-x2x4z", "pod/support-llm-5d8f-x2x4z", "model/support-llm"})
  void explainTakesAPodOrAModel(String name) {
    assertThat(newel("explain", name, "-n", "team-a").out()).contains("team-a/support-llm");
  }

  @Test
  void explainEndsWithYesWhenAllIsInForce() throws IOException {
    var ran = newel("explain", "other", "-n", "team-b", "-o", "json");
    assertThat(ran.code()).isZero();
    JsonNode json = new ObjectMapper().readTree(ran.out());
    assertThat(json.path("ready").asBoolean()).isTrue();
    assertThat(json.path("clients").path(0).asText()).isEqualTo("pods of namespace team-b");
    assertThat(json.path("policies")).isEmpty();
  }

  @Test
  void explainSaysWhatThereIsWhenThereIsNoSuchModel() {
    var ran = newel("explain", "nonsense", "-n", "team-a");
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("nonsense").contains("team-a/support-llm, team-b/other");
  }

  @Test
  void statusIsOneScreen() {
    // When
    var ran = newel("status");
    // Then
    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.lines()).hasSizeLessThan(25);
    assertThat(ran.out())
        .contains("1 of 1 in newel-system, newel.dev/operator:0.1.0")
        .contains("1 of 2 ready, 1 drifting")
        .contains("2 of 3 ready")
        .contains("1 live, 2 in all")
        .contains("! GuardrailPolicy/embargo in namespace team-a: InvalidPattern");
  }

  @Test
  void statusHasTheSameFieldsInJsonAndYaml() throws IOException {
    JsonNode json = new ObjectMapper().readTree(newel("status", "-o", "json").out());
    JsonNode yaml = new YAMLMapper().readTree(newel("status", "-o", "yaml").out());
    assertThat(yaml).isEqualTo(json);
    assertThat(json.path("modelsReady").asInt()).isEqualTo(1);
    assertThat(json.path("grants").path(0).path("requester").asText()).isEqualTo("alice");
  }

  @Test
  void whatCannotBeReadIsNamed() throws IOException {
    Path bad = Files.writeString(folder.resolve("bad.yaml"), "a: [");
    var ran = Ran.newel("", "status", "-f", bad.toString());
    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("bad.yaml cannot be read");
    assertThat(Ran.newel("", "status", "-f", folder.resolve("none").toString()).code())
        .isEqualTo(2);
    assertThat(Ran.newel("", "status", "--kubeconfig", folder.resolve("none").toString()).code())
        .isEqualTo(2);
  }

  @Test
  void aSupportBundleHoldsNothingThatWasPlanted() throws IOException {
    // When
    Path zip = folder.resolve("bundle.zip");
    var ran = newel("support-bundle", "--to", zip.toString());
    // Then
    assertThat(ran.code()).as(ran.err()).isZero();
    Map<String, String> files = files(zip);
    assertThat(files)
        .containsKeys(
            "status.txt", "models/team-a.support-llm.txt", "objects/ModelDeployment.yaml");
    assertThat(files.values()).allSatisfy(text -> assertThat(text).doesNotContain("planted-"));
    assertThat(files.get("objects/ModelDeployment.yaml"))
        .contains("example.com/vllm:1")
        .contains("HF_TOKEN");
    assertThat(Files.getPosixFilePermissions(zip)).hasSize(2);
  }

  @Test
  void aSupportBundleOverwritesNothing() throws IOException {
    Path zip = Files.writeString(folder.resolve("bundle.zip"), "mine");
    assertThat(newel("support-bundle", "--to", zip.toString()).code()).isEqualTo(2);
    assertThat(zip).hasContent("mine");
  }

  @Test
  void credentialsAndPersonalDataInLogsAreMasked() {
    var files =
        SupportBundle.files(
            Snapshot.of(java.util.List.of(), java.util.List.of()),
            java.util.List.of(),
            Map.of(
                "a.log",
                "starting\nkey AKIAZ7QW3ERTY5UIOP2A\npassword=planted1\nanna.kowalska@bikes-example.com wrote\nDE89 3704 0044 0532 0130 00\n"));
    assertThat(files.get("logs/a.log"))
        .startsWith("starting\nkey ")
        .contains("<EMAIL> wrote")
        .doesNotContain("AKIAZ7QW3ERTY5UIOP2A")
        .doesNotContain("planted1")
        .doesNotContain("3704");
  }

  @Test
  void completionIsAScriptForTheShell() {
    var ran = Ran.newel("", "completion");
    assertThat(ran.code()).isZero();
    assertThat(ran.out()).contains("complete ").contains("explain").contains("support-bundle");
  }

  private static Map<String, String> files(Path zip) throws IOException {
    var files = new TreeMap<String, String>();
    try (var opened = new ZipFile(zip.toFile())) {
      for (var entry : java.util.Collections.list(opened.entries())) {
        files.put(entry.getName(), new String(opened.getInputStream(entry).readAllBytes(), UTF_8));
      }
    }
    return files;
  }
}
