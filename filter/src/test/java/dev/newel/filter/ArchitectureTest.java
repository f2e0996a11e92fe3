package dev.newel.filter;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.belongToAnyOf;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.Serializable;
import java.io.UncheckedIOException;

@AnalyzeClasses(packages = "dev.newel.filter", importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
  @ArchTest
  static final ArchRule THE_ENGINE_NEEDS_THE_POLICY_TWO_SMALL_LIBRARIES_AND_THE_JDK =
      classes()
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "dev.newel.filter..",
              "dev.newel.policy..",
              "com.google.re2j..",
              "com.fasterxml.jackson.core..",
              "java..",
              "javax.crypto..");

  @ArchTest
  static final ArchRule THE_ENGINE_DOES_NO_INPUT_OR_OUTPUT =
      noClasses()
          .should()
          .dependOnClassesThat(
              resideInAnyPackage(
                      "java.net..", "java.nio.file..", "java.nio.channels..", "java.io..")
                  .and(
                      not(
                          belongToAnyOf(
                              ByteArrayOutputStream.class,
                              IOException.class,
                              OutputStream.class,
                              Serializable.class,
                              // The weights of the models are resources of the module itself.
                              InputStream.class,
                              BufferedInputStream.class,
                              DataInputStream.class,
                              UncheckedIOException.class))));

  @ArchTest
  static final ArchRule DETECTORS_KNOW_TEXT_AND_NOTHING_ELSE =
      noClasses()
          .that()
          .resideInAnyPackage("..filter.detect..", "..filter.text..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "..filter.protocol..",
              "..filter.stream..",
              "..filter.decide..",
              "com.fasterxml.jackson..");
}
