package dev.newel.crds.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** {@code kubectl explain} has something to say about every field, and shows a value. */
class DescriptionsTest {
  @Test
  void everyPropertyIsDescribedWithAnExample() {
    CommittedCrds.in(CommittedCrds.CURRENT)
        .forEach((kind, crd) -> {
          var fields =
              Stream.of("spec", "status").flatMap(p -> SchemaField.of(crd, p).stream()).toList();
          assertThat(fields.stream().map(SchemaField::path))
              .contains("spec", "status.conditions[].message");
          assertThat(undescribed(fields)).as("fields of " + kind).isEmpty();
          assertThat(CommittedCrds.schema(crd).path("description").asText()).isNotBlank();
        });
  }

  @ParameterizedTest
  @CsvSource({
    "'', spec.a",
    "'description: \"\"', spec.a",
    "'description: \"Only a sentence.\"', spec.a",
    "'description: \"A sentence. Example: \"', spec.a",
    "'description: \" Example: 3\"', spec.a",
    "'description: \"A sentence. Example: 3\"', ''"
  })
  void aFieldWithoutASentenceOrAnExampleIsFound(String description, String found) {
    // Given
    JsonNode crd =
        new KubernetesSerialization()
            .unmarshal(
                """
                ---
                spec:
                  versions:
                  - schema:
                      openAPIV3Schema:
                        properties:
                          spec:
                            description: The spec.
                            properties:
                              a:
                                type: integer
                                %s
                """
                    .formatted(description),
                JsonNode.class);
    // When
    List<String> undescribed = undescribed(SchemaField.of(crd, "spec"));
    // Then
    assertThat(undescribed).isEqualTo(found.isEmpty() ? List.of() : List.of(found));
  }

  /** Items of lists and values of maps are described with the list or map. */
  private static List<String> undescribed(List<SchemaField> fields) {
    return fields.stream()
        .filter(f -> !f.path().endsWith("[]"))
        .filter(f ->
            f.path().contains(".")
                ? Description.of(f.schema()).isEmpty()
                : f.schema().path("description").asText().isBlank())
        .map(SchemaField::path)
        .toList();
  }
}
