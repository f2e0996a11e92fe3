package dev.newel.operator;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import dev.newel.crds.ModelDeployment;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import org.junit.jupiter.api.Test;

@AnalyzeClasses(
    packages = "dev.newel.operator",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule KNOWS_NOTHING_OF_FILTERS_AND_COMMANDS =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.newel.filter..", "dev.newel.sidecar..", "dev.newel.cli..");

  /** java-operator-sdk issue 3398: what changes while such a patch is made is never looked at. */
  @ArchTest
  static final ArchRule WRITES_NO_STATUS_THROUGH_THE_FRAMEWORK =
      noClasses()
          .should()
          .callMethodWhere(
              describe(
                  "UpdateControl.patch…",
                  (JavaCall<?> call) ->
                      call.getTargetOwner().isEquivalentTo(UpdateControl.class)
                          && call.getName().startsWith("patch")));

  @ArchTest
  static final ArchRule DECIDES_WITHOUT_A_CLUSTER =
      noClasses()
          .that()
          .haveSimpleNameEndingWith("Desired")
          .or()
          .haveSimpleNameEndingWith("Input")
          .or()
          .haveSimpleNameEndingWith("Status")
          .or()
          .haveSimpleNameEndingWith("Checks")
          .or()
          .haveSimpleNameEndingWith("Children")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.fabric8.kubernetes.client.KubernetesClient")
          .because("all judgement is testable without a cluster");

  @ArchTest
  static final ArchRule SHARED_CODE_KNOWS_NO_FEATURE =
      noClasses()
          .that()
          .resideInAPackage("dev.newel.operator.kube")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.newel.operator.model..",
              "dev.newel.operator.policy..",
              "dev.newel.operator.audit..",
              "dev.newel.operator.breakglass..");

  @ArchTest
  static final ArchRule READS_NO_CLOCK_BUT_THE_ONE_IT_IS_GIVEN =
      noClasses()
          .that()
          .resideOutsideOfPackage("dev.newel.operator.install") // programs that run once
          .should()
          .callMethod(java.time.Instant.class, "now")
          .orShould()
          .callMethod(System.class, "currentTimeMillis");

  @ArchTest
  static final ArchRule RECONCILERS_ARE_FEATURES =
      classes()
          .that()
          .implement(io.javaoperatorsdk.operator.api.reconciler.Reconciler.class)
          .should()
          .resideOutsideOfPackages("dev.newel.operator", "dev.newel.operator.kube");

  @Test
  void aStatusPatchThroughTheFrameworkIsFound() {
    // Given
    var patching = new ClassFileImporter().importClasses(Patching.class);
    // Then
    assertThatThrownBy(() -> WRITES_NO_STATUS_THROUGH_THE_FRAMEWORK.check(patching))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("patchStatus");
  }

  static final class Patching {
    UpdateControl<ModelDeployment> reconcile(ModelDeployment model) {
      return UpdateControl.patchStatus(model);
    }
  }
}
