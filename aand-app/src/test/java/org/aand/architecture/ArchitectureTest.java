package org.aand.architecture;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.Architectures;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

/** The lines of docs/architecture.md, so that they are a fact and not a habit. */
class ArchitectureTest {
  private static final JavaClasses CLASSES =
      new ClassFileImporter()
          .withImportOption(new ImportOption.DoNotIncludeTests())
          .importPackages("org.aand");

  private static final String[] PROGRAM = {
    "org.aand.cli..", "org.aand.serve..", "org.aand.demo", "org.aand.experiment.."
  };

  /** Who may import whom. */
  @Nested
  class ImportsPointOneWay {
    @Test
    void betweenModules() {
      Architectures.layeredArchitecture()
          .consideringOnlyDependenciesInLayers()
          .layer("common")
          .definedBy("org.aand.common..")
          .layer("reports")
          .definedBy("org.aand.report..")
          .layer("data")
          .definedBy("org.aand.io..")
          .layer("demo product")
          .definedBy("org.aand.demo.product..")
          .layer("network")
          .definedBy("org.aand.network..")
          .layer("SameDiff network")
          .definedBy("org.aand.nn..", "org.aand.loss..", "org.aand.samediff..")
          .layer("metrics")
          .definedBy("org.aand.metrics..")
          .layer("weights")
          .definedBy("org.aand.weights..")
          .layer("model")
          .definedBy("org.aand.model..", "org.aand.calibration..", "org.aand.detect..")
          .layer("runtime")
          .definedBy("org.aand.runtime..")
          .layer("api")
          .definedBy("org.aand.api..")
          .layer("training")
          .definedBy("org.aand.train..", "org.aand.analysis..")
          .layer("runs")
          .definedBy(
              "org.aand.variant..",
              "org.aand.evaluation..",
              "org.aand.runfolder..",
              "org.aand.onnx..",
              "org.aand.pipeline..")
          .layer("program")
          .definedBy(PROGRAM)
          .whereLayer("program")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("demo product")
          .mayOnlyBeAccessedByLayers("program")
          .whereLayer("runs")
          .mayOnlyBeAccessedByLayers("program")
          .whereLayer("training")
          .mayOnlyBeAccessedByLayers("runs", "program")
          .whereLayer("api")
          .mayOnlyBeAccessedByLayers("runs", "program")
          .whereLayer("reports")
          .mayOnlyBeAccessedByLayers("runs", "program")
          .check(CLASSES);
    }

    @Test
    void withoutCyclesBetweenPackages() {
      slices().matching("org.aand.(**)").should().beFreeOfCycles().check(CLASSES);
    }

    @Test
    void metricsStandAlone() {
      noClasses()
          .that()
          .resideInAPackage("org.aand.metrics..")
          .should()
          .dependOnClassesThat()
          .resideOutsideOfPackages(
              "org.aand.metrics..",
              "java..",
              "it.unimi.dsi.fastutil..",
              "org.apache.commons.math3..",
              "org.jspecify..")
          .check(CLASSES);
    }

    @Test
    void aTrainedModelNeedsNoNumericLibrary() {
      noClasses()
          .that()
          .resideInAnyPackage(
              "org.aand.network..",
              "org.aand.model..",
              "org.aand.calibration..",
              "org.aand.detect..",
              "org.aand.runtime..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(
              "org.nd4j..", "org.datavec..", "org.deeplearning4j..", "org.bytedeco..")
          .check(CLASSES);
    }

    @Test
    void reportsKnowNoNetwork() {
      noClasses()
          .that()
          .resideInAnyPackage("org.aand.report..", "org.aand.common..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("org.nd4j..", "org.datavec..", "org.deeplearning4j..")
          .check(CLASSES);
    }
  }

  /** A library that can be embedded. */
  @Nested
  class TheLibrary {
    @Test
    void bringsNoServerAndNoCommandLine() {
      noClasses()
          .that()
          .resideOutsideOfPackages(PROGRAM)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..", "org.eclipse.jetty..", "me.tongfei..")
          .check(CLASSES);
    }

    @Test
    void leavesPrintingToTheCommandLine() {
      noClasses()
          .that()
          .resideOutsideOfPackage("org.aand.cli..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .check(CLASSES);
    }
  }
}
