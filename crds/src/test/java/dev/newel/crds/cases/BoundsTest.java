package dev.newel.crds.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import com.fasterxml.jackson.databind.JsonNode;
import dev.newel.crds.schema.CommittedCrds;
import dev.newel.crds.schema.SchemaField;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicNode;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/**
 * Every bound of every field, from both sides: the schemas say which there are, the valid cases say
 * where. A keyword that nothing here knows, and a field that no valid case sets, fail.
 */
@Tag("api")
class BoundsTest {
  private final List<Case> cases = Case.all();

  @TestFactory
  Stream<DynamicNode> justOutsideIsRefusedAndTheLimitItselfIsNot() {
    return Server.VERSIONS.stream()
        .map(version -> {
          var server = new Server(version);
          return dynamicContainer(
              version,
              CommittedCrds.in(CommittedCrds.CURRENT).entrySet().stream()
                  .flatMap(crd ->
                      SchemaField.of(crd.getValue(), "spec").stream()
                          .flatMap(f -> Bound.of(f).stream())
                          .map(b ->
                              dynamicTest(
                                  crd.getKey() + " " + b, () -> judge(server, crd.getKey(), b)))));
        });
  }

  private void judge(Server server, String kind, Bound bound) {
    // Given
    Place place =
        cases.stream()
            .flatMap(c -> Place.of(c, kind, bound.field()).stream())
            .findFirst()
            .orElseThrow(() -> new AssertionError("no valid case sets " + bound.field().path()));
    // When
    Answer refused = server.judge(place.with(bound.outside(place.value())));
    // Then
    assertThat(refused.accepted()).as("accepted one outside: " + refused).isFalse();
    assertThat(refused.code()).as("answer: " + refused).isEqualTo(422);
    assertThat(refused.blames(place.path() + bound.blamed()))
        .as("blames %s; answer: %s", place.path(), refused)
        .isTrue();
    for (JsonNode value : bound.atTheLimit(place.value())) {
      Answer answer = server.judge(place.with(value));
      // another rule may speak elsewhere: an operator that takes no values, a range turned round
      assertThat(answer.accepted() || !answer.names(place.path()))
          .as("%s; answer: %s", value, answer)
          .isTrue();
    }
  }
}
