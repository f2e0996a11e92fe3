package dev.newel.crds.schema;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.kubernetes.client.utils.KubernetesSerialization;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The present CRDs can be applied over every release; and the checker sees what would break that.
 */
class CrdCompatibilityTest {
  private static final Path ACCEPTED = CommittedCrds.RELEASED.resolve("accepted-changes.txt");

  @Test
  void objectsOfEveryReleaseStayValid() throws IOException {
    // Given
    Map<String, JsonNode> now = CommittedCrds.in(CommittedCrds.CURRENT);
    List<Path> releases;
    try (var folders = Files.list(CommittedCrds.RELEASED)) {
      releases = folders.filter(Files::isDirectory).sorted().toList();
    }
    assertThat(releases).isNotEmpty();
    // When
    var breaks = new ArrayList<String>();
    for (Path release : releases) {
      CommittedCrds.in(release)
          .forEach((kind, before) -> {
            if (now.containsKey(kind)) {
              breaks.addAll(CrdCompatibility.breaks(before, now.get(kind)));
            } else {
              breaks.add(kind + ": removed; objects of it would be deleted");
            }
          });
    }
    // Then
    List<String> accepted =
        Files.readAllLines(ACCEPTED).stream()
            .filter(l -> !l.startsWith("#") && !l.isBlank())
            .toList();
    assertThat(breaks)
        .as(
            "breaks for whoever upgrades; undo it, or list it in crds/released/accepted-changes.txt")
        .containsExactlyInAnyOrderElementsOf(accepted);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {type: string}                          | null                                     | T spec.a: removed; keep the field and say in its description that it does nothing
          {type: string}                          | {type: integer}                          | T spec.a type: is "integer", was "string"; keep it
          {enum: [A, B]}                          | {enum: [A]}                              | T spec.a: enum lacks B; objects may hold it, keep it
          {type: string}                          | {type: string, enum: [A]}                | T spec.a: enum is new; other values were valid before
          {maxLength: 63}                         | {maxLength: 62}                          | T spec.a: maxLength is 62, was 63; a bound may only be loosened
          {maxItems: 64}                          | {maxItems: 8}                            | T spec.a: maxItems is 8, was 64; a bound may only be loosened
          {type: integer}                         | {type: integer, maximum: 9}              | T spec.a: maximum is 9, was absent; a bound may only be loosened
          {minimum: 1}                            | {minimum: 2}                             | T spec.a: minimum is 2, was 1; a bound may only be loosened
          {minLength: 1}                          | {minLength: 3}                           | T spec.a: minLength is 3, was 1; a bound may only be loosened
          {type: string}                          | {type: string, pattern: x}               | T spec.a pattern: is "x", was absent; keep it
          {default: A}                            | {default: B}                             | T spec.a default: is "B", was "A"; keep it
          {type: object}                          | {type: object, required: [b]}            | T spec.a: requires b; objects may lack it, give it a default instead
          {type: object}                          | {type: object, x-kubernetes-validations: [{rule: self.b > 1}]} | T spec.a: validation rule is new: self.b > 1
          {items: {maxLength: 5}}                 | {items: {maxLength: 4}}                  | T spec.a[]: maxLength is 4, was 5; a bound may only be loosened
          {additionalProperties: {type: string}}  | {additionalProperties: {type: integer}}  | T spec.a[] type: is "integer", was "string"; keep it
          {properties: {b: {type: string}}}       | {properties: {}}                         | T spec.a.b: removed; keep the field and say in its description that it does nothing
          {x-kubernetes-list-type: atomic}        | {x-kubernetes-list-type: set}            | T spec.a x-kubernetes-list-type: is "set", was "atomic"; keep it
          """)
  void whatRefusesOrChangesOldObjectsIsFound(String before, String after, String found) {
    assertThat(CrdCompatibility.breaks(crd(before), crd(after))).containsExactly(found);
  }

  @ParameterizedTest(name = "{0} -> {1}")
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          null                                    | {type: string, maxLength: 5}
          {enum: [A]}                             | {enum: [A, B]}
          {enum: [A]}                             | {type: string}
          {maxLength: 62}                         | {maxLength: 63}
          {maximum: 9}                            | {description: no bound any more}
          {minimum: 2}                            | {minimum: 1}
          {required: [b]}                         | {required: []}
          {x-kubernetes-validations: [{rule: a}]} | {x-kubernetes-validations: [{rule: a, message: clearer}]}
          {x-kubernetes-validations: [{rule: a}]} | {description: no rule any more}
          {properties: {}}                        | {properties: {b: {type: string, maxLength: 5}}}
          """)
  void whatOnlyLoosensIsNot(String before, String after) {
    assertThat(CrdCompatibility.breaks(crd(withoutType(before)), crd(withoutType(after))))
        .isEmpty();
  }

  /** An enum that goes may leave a type behind; types are compared elsewhere. */
  private static String withoutType(String schema) {
    return schema.replace("{type: string}", "{}");
  }

  private static JsonNode crd(String field) {
    return new KubernetesSerialization()
        .unmarshal(
            """
            ---
            spec:
              names: {kind: T}
              versions:
              - schema:
                  openAPIV3Schema:
                    properties:
                      spec: {properties: {%s}}
                      status: {}
            """
                .formatted(field.equals("null") ? "" : "a: " + field),
            JsonNode.class);
  }
}
