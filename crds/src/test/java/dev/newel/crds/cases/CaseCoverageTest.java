package dev.newel.crds.cases;

import static org.assertj.core.api.Assertions.assertThat;

import dev.newel.crds.schema.CommittedCrds;
import dev.newel.crds.schema.SchemaField;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Nothing in the schemas goes without a case, and no case file without a test. */
class CaseCoverageTest {
  private final List<Case> cases = Case.all();

  @Test
  void everyFileIsACase() {
    assertThat(Case.strays()).as("files in src/test/cases that no test reads").isEmpty();
    assertThat(cases.stream().map(Case::kind).distinct())
        .containsExactlyInAnyOrderElementsOf(CommittedCrds.in(CommittedCrds.CURRENT).keySet());
  }

  @Test
  void everyValidationRuleHasAnInvalidCase() {
    CommittedCrds.in(CommittedCrds.CURRENT)
        .forEach((kind, crd) ->
            assertThat(
                    SchemaField.of(crd, "spec").stream()
                        .flatMap(f -> f.rules().stream())
                        .filter(r -> !r.rule().contains("oldSelf")) // ImmutableSpecTest
                        .filter(r ->
                            cases.stream().noneMatch(c -> c.kind().equals(kind) && c.shows(r))))
                .as("validation rules of %s without an invalid case", kind)
                .isEmpty());
  }

  @Test
  void everyFieldStandsInAValidCase() {
    CommittedCrds.in(CommittedCrds.CURRENT)
        .forEach((kind, crd) ->
            assertThat(
                    SchemaField.of(crd, "spec").stream()
                        .filter(
                            f -> cases.stream().noneMatch(c -> Place.of(c, kind, f).isPresent())))
                .as("fields of %s that no valid case sets", kind)
                .isEmpty());
  }
}
