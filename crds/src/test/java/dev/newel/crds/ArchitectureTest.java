package dev.newel.crds;

import static com.tngtech.archunit.lang.conditions.ArchConditions.have;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(packages = "dev.newel.crds", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule KNOWS_POLICY_AND_THE_KUBERNETES_MODEL_ONLY =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "dev.newel.crds..",
              "dev.newel.policy..",
              "com.fasterxml.jackson..",
              "io.fabric8.kubernetes.api.model..",
              "io.fabric8.kubernetes.model..",
              "io.fabric8.kubernetes.client",
              "io.fabric8.kubernetes.client.utils",
              "io.fabric8.crd.generator.annotation..",
              "io.fabric8.crdv2.generator..",
              "io.fabric8.generator.annotation..");

  @ArchTest
  static final ArchRule SPEAKS_TO_NO_SERVER =
      noClasses()
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.fabric8.kubernetes.client.KubernetesClient")
          .because("resources are values; reading and writing them is the operator's");

  /** {@code PolicyReading} is what a resource means, and no part of one. */
  @ArchTest
  static final ArchRule WRITES_NO_NULLS =
      classes()
          .that()
          .areRecords()
          .and()
          .areNotAssignableTo(PolicyReading.class)
          .should(have(nullsLeftOut()))
          .because("a null that is applied takes a field from its owner");

  @Test
  void aRecordThatWouldWriteNullsIsFound() {
    // Given
    var bare = new ClassFileImporter().importClasses(Bare.class);
    // Then
    assertThatThrownBy(() -> WRITES_NO_NULLS.check(bare))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("Bare");
  }

  private record Bare(String text) {}

  private static DescribedPredicate<JavaClass> nullsLeftOut() {
    return DescribedPredicate.describe(
        "@JsonInclude(NON_NULL)",
        c ->
            c.tryGetAnnotationOfType(JsonInclude.class)
                .map(a -> a.value() == JsonInclude.Include.NON_NULL)
                .orElse(false));
  }
}
