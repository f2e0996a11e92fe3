package dev.newel.policy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** What policies mean must be readable, and testable, without anything else. */
@AnalyzeClasses(packages = "dev.newel.policy", importOptions = ImportOption.DoNotIncludeTests.class)
class LayeringTest {
  @ArchTest
  static final ArchRule DEPENDS_ON_THE_JDK_ANNOTATIONS_AND_RE2J_ONLY =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.newel.policy..",
              "java..",
              "javax.crypto..",
              "com.fasterxml.jackson.annotation..",
              "com.google.re2j..");

  @ArchTest
  static final ArchRule MEANING_DOES_NOT_DEPEND_ON_BUNDLES_OR_COMPILATION =
      noClasses()
          .that()
          .resideInAPackage("dev.newel.policy")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("dev.newel.policy.bundle..", "dev.newel.policy.compile..");

  @ArchTest
  static final ArchRule DOES_NO_INPUT_OR_OUTPUT =
      noClasses()
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("java.nio.file..", "java.net..", "java.lang.reflect..");
}
