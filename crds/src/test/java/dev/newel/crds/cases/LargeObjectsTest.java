package dev.newel.crds.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Objects of more than a megabyte, stored for real: etcd takes 1.5 MiB, a request 3 MiB. */
@Tag("api")
class LargeObjectsTest {
  static Stream<String> versions() {
    return Server.VERSIONS.stream();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void aPolicyOf1400KilobytesIsStoredWhole(String version) {
    // Given
    ObjectNode policy = valid("GuardrailPolicy");
    var rules = policy.withArray("/spec/rules").removeAll();
    for (int r = 0; r < 2; r++) {
      var rule = rules.addObject().put("name", "r" + r).put("input", "Block");
      var values = rule.withArray("/words/values");
      for (int i = 0; i < 10_000; i++) {
        values.add(("%05d".formatted(i) + "-").repeat(11));
      }
    }
    assertThat(policy.toString().length()).isBetween(1_380_000, 1_420_000);
    // When
    Answer answer = new Server(version).store(policy);
    // Then
    assertThat(answer.code()).as("answer: " + answer).isEqualTo(201);
    assertThat(answer.object().at("/spec/rules/0/words/values"))
        .isEqualTo(policy.at("/spec/rules/0/words/values"));
    assertThat(answer.object().at("/metadata/managedFields"))
        .as("who owns what; the server drops it where it would grow with the number of words")
        .isNotEmpty();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void aPodTemplateOf1400KilobytesComesBackByteForByte(String version) {
    // Given
    ObjectNode model = valid("ModelDeployment");
    var template = (ObjectNode) model.at("/spec/serving/container/template");
    template.put("unknown", "ü\u0000\u2028".repeat(100_000));
    // When
    Answer answer = new Server(version).store(model);
    // Then
    assertThat(answer.code()).as("answer: " + answer).isEqualTo(201);
    assertThat(answer.object().at("/spec/serving/container/template")).isEqualTo(template);
  }

  @ParameterizedTest
  @MethodSource("versions")
  void whatIsLargerThanARequestMayBeIsRefusedWithTheLimit(String version) {
    // Given
    ObjectNode model = valid("ModelDeployment");
    ((ObjectNode) model.at("/spec/serving/container/template")).put("x", "x".repeat(4 << 20));
    // When
    Answer answer = new Server(version).store(model);
    // Then
    assertThat(answer.code()).isEqualTo(413);
    assertThat(answer.message()).contains("limit is 3145728");
  }

  private static ObjectNode valid(String kind) {
    return Case.all().stream()
        .filter(c -> c.valid() && c.kind().equals(kind))
        .findFirst()
        .orElseThrow()
        .object()
        .deepCopy();
  }
}
