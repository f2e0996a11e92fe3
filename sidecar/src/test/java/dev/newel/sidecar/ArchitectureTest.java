package dev.newel.sidecar;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

@AnalyzeClasses(
    packages = "dev.newel.sidecar",
    importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule THE_PROCESS_KNOWS_NO_KUBERNETES_AND_NO_FRAMEWORK_BUT_VERTX =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.newel.sidecar..",
              "dev.newel.filter..",
              "dev.newel.audit..",
              "dev.newel.policy..",
              "io.vertx.core..",
              "com.fasterxml.jackson..",
              "java..",
              "javax.crypto..");
}
