package dev.newel.crds.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.newel.crds.GuardrailResource;
import dev.newel.crds.PolicyReading;
import dev.newel.crds.schema.CommittedCrds;
import dev.newel.crds.schema.SchemaField;
import io.fabric8.kubernetes.api.model.HasMetadata;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * What nobody should write, in every field: absent, null, empty, control characters, 1 MiB, fields
 * that do not exist. It is refused with the field's path, or it is accepted and then can be read
 * without an exception; nothing ends in an error of the server.
 */
@Tag("api")
class HostileInputTest {
  private static final JsonNodeFactory NODES = JsonNodeFactory.instance;
  private static final String MIB = "x".repeat(1 << 20);

  /**
   * Text that is the user's own, down to control characters: a pod; expressions, which compilers
   * judge.
   */
  private static final String FREE = "spec.serving.container.template.";

  private static final Set<String> EXPRESSIONS =
      Set.of(
          "spec.rules[].pattern.expressions[]",
          "spec.rules[].tools.allow[].arguments[].path",
          "spec.rules[].tools.allow[].arguments[].pattern");

  private final KubernetesSerialization yaml = new KubernetesSerialization();
  private final List<Case> cases = Case.all();

  @TestFactory
  Stream<DynamicNode> isRefusedWithThePathOrCanBeRead() {
    return Server.VERSIONS.stream()
        .map(version -> {
          var server = new Server(version);
          return dynamicContainer(
              version,
              CommittedCrds.in(CommittedCrds.CURRENT).entrySet().stream()
                  .flatMap(crd ->
                      SchemaField.of(crd.getValue(), "spec").stream()
                          .map(f ->
                              dynamicTest(
                                  crd.getKey() + " " + f.path(),
                                  () -> judge(server, crd.getKey(), f)))));
        });
  }

  private void judge(Server server, String kind, SchemaField field) {
    // Given
    Place place =
        cases.stream().flatMap(c -> Place.of(c, kind, field).stream()).findFirst().orElseThrow();
    var inputs = new ArrayList<ObjectNode>();
    inputs.add(place.without());
    inputs.add(place.with(NODES.nullNode()));
    inputs.add(place.with(place.value().isTextual() ? NODES.textNode("") : empty(place.value())));
    for (ObjectNode input : inputs) {
      // When
      Answer answer = server.judge(input);
      // Then
      assertThat(answer.code()).as("answer: " + answer).isIn(201, 422);
      assertThat(answer.accepted() || !answer.causes().isEmpty()).as("" + answer).isTrue();
      if (answer.accepted()) {
        read(answer.object());
      }
    }
    if (place.value().isTextual()) {
      refusedUnlessFree(server, field, place, "a\u0000\u001b[2Jb");
      refusedUnlessFree(server, field, place, MIB);
    }
    if (place.value().isObject() && !field.isMap() && !field.keepsUnknownFields()) {
      JsonNode more = ((ObjectNode) place.value().deepCopy()).put("nonsense", 1);
      Answer answer = server.judge(place.with(more));
      assertThat(answer.message())
          .contains("strict decoding error: unknown field \"" + place.path() + ".nonsense\"");
    }
  }

  private void refusedUnlessFree(Server server, SchemaField field, Place place, String text) {
    Answer answer = server.judge(place.with(NODES.textNode(text)));
    if (answer.accepted()) {
      assertThat(field.path().startsWith(FREE) || EXPRESSIONS.contains(field.path()))
          .as(field.path() + " takes control characters or 1 MiB")
          .isTrue();
      read(answer.object());
    } else {
      assertThat(answer.blames(place.path()) || answer.blames(list(place)))
          .as("answer: " + answer)
          .isTrue();
    }
  }

  /** A rule about all items of a list blames the list and quotes the item. */
  private static String list(Place place) {
    return place.path().replaceAll("\\[\\d+]$", "");
  }

  private static JsonNode empty(JsonNode value) {
    return value.isArray()
        ? NODES.arrayNode()
        : value.isObject() ? NODES.objectNode() : NODES.numberNode(0);
  }

  /** As the operator does. */
  private void read(JsonNode stored) {
    HasMetadata object = (HasMetadata) yaml.unmarshal(stored.toString());
    if (object instanceof GuardrailResource policy) {
      var reading = PolicyReading.of(policy, source -> Optional.of("word\n"));
      assertThat(reading.policy().isPresent()).isEqualTo(reading.problems().isEmpty());
    }
  }
}
