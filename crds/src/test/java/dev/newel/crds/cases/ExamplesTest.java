package dev.newel.crds.cases;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.newel.crds.schema.CommittedCrds;
import dev.newel.crds.schema.Description;
import dev.newel.crds.schema.SchemaField;
import dev.newel.e2e.harness.ControlPlane;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.TestFactory;

/** The example in a field's description is one that the server takes. */
@Tag("api")
class ExamplesTest {
  private final List<Case> cases = Case.all();

  @TestFactory
  Stream<DynamicTest> theExampleOfADescriptionIsAccepted() {
    var server = new Server(ControlPlane.NEWEST);
    return CommittedCrds.in(CommittedCrds.CURRENT).entrySet().stream()
        .flatMap(crd ->
            SchemaField.of(crd.getValue(), "spec").stream()
                .filter(f -> Description.of(f.schema()).isPresent())
                .map(f ->
                    dynamicTest(
                        crd.getKey() + " " + f.path(), () -> judge(server, crd.getKey(), f))));
  }

  private void judge(Server server, String kind, SchemaField field) {
    // Given
    Place place =
        cases.stream().flatMap(c -> Place.of(c, kind, field).stream()).findFirst().orElseThrow();
    var example = Description.of(field.schema()).orElseThrow().value(field);
    // When
    Answer answer = server.judge(place.with(example));
    // Then
    assertThat(answer.accepted()).as("%s; answer: %s", example, answer).isTrue();
  }
}
