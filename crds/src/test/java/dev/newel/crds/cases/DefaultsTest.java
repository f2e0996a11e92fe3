package dev.newel.crds.cases;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What the API server fills in, on the smallest objects there are. */
@Tag("api")
class DefaultsTest {
  static Stream<String> versions() {
    return Server.VERSIONS.stream();
  }

  @ParameterizedTest
  @MethodSource("versions")
  void aFreshPolicyEnforcesAndIsNotReadyForAnybody(String version) throws IOException {
    // When
    JsonNode stored = new Server(version).store(smallest("GuardrailPolicy")).object();
    // Then
    assertThat(stored.path("status")).isEqualTo(json("{'observedGeneration': -1}"));
    assertThat(stored.path("spec"))
        .isEqualTo(
            json(
                """
                {'rules': [{'name': 'mail', 'severity': 'Medium', 'sensitive': {'entities': ['EMAIL']}, 'input': 'Mask'}],
                 'mode': 'Enforce', 'scope': ['System', 'User', 'Assistant', 'ToolCall', 'ToolResult'],
                 'onUninspectable': 'Block', 'onError': 'Block', 'explain': false}
                """));
  }

  @ParameterizedTest
  @MethodSource("versions")
  void aFreshModelHasOnePodBehindItsFilter(String version) throws IOException {
    // When
    JsonNode stored = new Server(version).store(smallest("ModelDeployment")).object();
    // Then
    assertThat(stored.path("status")).isEqualTo(json("{'observedGeneration': -1}"));
    assertThat(stored.at("/spec/serving/container/port").asInt()).isEqualTo(8000);
    assertThat(stored.at("/spec/serving/container/replicas").asInt()).isEqualTo(1);
    assertThat(stored.at("/spec/api").asText()).isEqualTo("OpenAI");
    assertThat(stored.at("/spec/riskTier").asText()).isEqualTo("Limited");
  }

  private static ObjectNode smallest(String kind) throws IOException {
    ObjectNode base = Case.tree(Files.readString(Case.ROOT.resolve(kind).resolve("base.yaml")));
    return base.put("apiVersion", "newel.dev/v1alpha1").put("kind", kind);
  }

  private static JsonNode json(String text) throws IOException {
    return new ObjectMapper().readTree(text.replace('\'', '"'));
  }
}
