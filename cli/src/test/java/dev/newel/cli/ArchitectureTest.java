package dev.newel.cli;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(packages = "dev.newel.cli", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule THE_COMMAND_LINE_KNOWS_NEITHER_OPERATOR_NOR_PROXY =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "dev.newel.operator..", "dev.newel.sidecar..", "io.quarkus..", "io.vertx..");

  @ArchTest
  static final ArchRule CHECKING_NEEDS_NO_CLUSTER =
      noClasses()
          .that()
          .resideInAPackage("dev.newel.cli.check..")
          .should()
          .dependOnClassesThat()
          .haveFullyQualifiedName("io.fabric8.kubernetes.client.KubernetesClient");
}
