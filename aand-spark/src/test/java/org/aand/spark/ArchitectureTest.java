package org.aand.spark;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** Executors that score get a small jar: scoring must not reach for the rest of the program. */
class ArchitectureTest {
  private static final String EXPERIMENTS = "org.aand.spark.experiment..";
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.aand.spark");

  @Test
  void scoringKnowsTheRuntimeAlone() {
    noClasses()
        .that()
        .resideInAPackage("org.aand.spark")
        .should()
        .dependOnClassesThat()
        .resideOutsideOfPackages(
            "org.aand.spark",
            "org.aand.api..",
            "org.aand.model..",
            "org.aand.runtime..",
            "org.aand.detect..",
            "org.aand.common..",
            "org.apache.spark..",
            "org.apache.hadoop..",
            "com.fasterxml.jackson..",
            "scala..",
            "picocli..",
            "org.jspecify..",
            "java..")
        .check(CLASSES);
  }

  @Test
  void experimentsTakeOnlyTheConnectionFromScoring() {
    noClasses()
        .that()
        .resideInAPackage(EXPERIMENTS)
        .should()
        .dependOnClassesThat()
        .belongToAnyOf(AnomalyDetectionModel.class, Score.class, ScoreRun.class)
        .check(CLASSES);
  }
}
