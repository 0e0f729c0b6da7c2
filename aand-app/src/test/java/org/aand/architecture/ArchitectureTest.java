package org.aand.architecture;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
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
    "org.aand.cli..", "org.aand.demo", "org.aand.experiment.."
  };
  private static final String SERVE = "org.aand.serve..";

  /** What aand-runtime holds. */
  private static final String[] RUNTIME = {
    "org.aand.network..",
    "org.aand.model..",
    "org.aand.drift..",
    "org.aand.calibration..",
    "org.aand.metrics..",
    "org.aand.variant..",
    "org.aand.detect..",
    "org.aand.runtime..",
    "org.aand.api.."
  };

  private static final String[] NATIVE = {
    "org.nd4j..", "org.datavec..", "org.deeplearning4j..", "org.bytedeco.."
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
          .definedBy(
              "org.aand.model..",
              "org.aand.drift..",
              "org.aand.calibration..",
              "org.aand.variant..",
              "org.aand.detect..")
          .layer("runtime")
          .definedBy("org.aand.runtime..")
          .layer("api")
          .definedBy("org.aand.api..")
          .layer("training")
          .definedBy("org.aand.train..", "org.aand.analysis..")
          .layer("runs")
          .definedBy(
              "org.aand.evaluation..",
              "org.aand.runfolder..",
              "org.aand.onnx..",
              "org.aand.pipeline..")
          .layer("serve")
          .definedBy(SERVE)
          .layer("program")
          .definedBy(PROGRAM)
          .whereLayer("program")
          .mayNotBeAccessedByAnyLayer()
          .whereLayer("serve")
          .mayOnlyBeAccessedByLayers("program")
          .whereLayer("demo product")
          .mayOnlyBeAccessedByLayers("program")
          .whereLayer("runs")
          .mayOnlyBeAccessedByLayers("program")
          .whereLayer("training")
          .mayOnlyBeAccessedByLayers("runs", "program")
          .whereLayer("api")
          .mayOnlyBeAccessedByLayers("runs", "serve", "program")
          .whereLayer("reports")
          .mayOnlyBeAccessedByLayers("runs", "serve", "program")
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
    void theRuntimeKnowsOnlyWhatIsCommon() {
      noClasses()
          .that()
          .resideInAnyPackage(RUNTIME)
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.aand..")
                  .and(not(resideInAnyPackage(RUNTIME)))
                  .and(not(resideInAPackage("org.aand.common.."))))
          .check(CLASSES);
    }

    @Test
    void theServiceKnowsOnlyRuntimeAndReports() {
      noClasses()
          .that()
          .resideInAPackage(SERVE)
          .should()
          .dependOnClassesThat(
              resideInAPackage("org.aand..")
                  .and(not(resideInAnyPackage(RUNTIME)))
                  .and(not(resideInAnyPackage(SERVE, "org.aand.common..", "org.aand.report.."))))
          .check(CLASSES);
    }

    @Test
    void aTrainedModelIsUsedWithoutNumericLibraries() {
      noClasses()
          .that()
          .resideInAnyPackage(RUNTIME)
          .or()
          .resideInAPackage(SERVE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(NATIVE)
          .check(CLASSES);
    }

    @Test
    void reportsKnowNoNetwork() {
      noClasses()
          .that()
          .resideInAnyPackage("org.aand.report..", "org.aand.common..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage(NATIVE)
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
          .and()
          .resideOutsideOfPackage(SERVE)
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("picocli..", "org.eclipse.jetty..", "me.tongfei..")
          .check(CLASSES);
    }

    @Test
    void leavesPrintingToTheCommandLine() {
      noClasses()
          .that()
          .resideOutsideOfPackages("org.aand.cli..", "org.aand.serve.cli..")
          .should()
          .accessField(System.class, "out")
          .orShould()
          .accessField(System.class, "err")
          .check(CLASSES);
    }
  }
}
