package org.aand.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aand.demo.DemoRun;
import org.aand.demo.product.ProductDataset;
import org.aand.demo.product.ProductSettings;
import org.aand.pipeline.RunListener;
import org.aand.report.Method;
import org.aand.report.ResultJson;
import org.aand.report.RunResult;
import org.aand.runfolder.RunFolder;
import org.aand.train.TrainingSettings;
import org.aand.weights.NarrowTeacher;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The commands from end to end on a small drawn product. */
class TrainAndEvaluateTest {
  private static final ProductSettings PRODUCT =
      ProductSettings.defaults().withSize(64).withCounts(6, 3, 1);

  private static Path folder = Path.of("");
  private static Path data = Path.of("");

  @BeforeAll
  static void drawProduct(@TempDir Path temporary) {
    folder = temporary;
    data = temporary.resolve("data");
    ProductDataset.write(data, PRODUCT);
    NarrowTeacher.write(folder);
  }

  @Test
  void trainWritesAFolderFromWhichEvaluateGivesTheSameFigures() throws IOException {
    var first = train("first", "1", "aand");
    assertEquals("train", first.command());
    assertEquals(List.of("stage1", "stage2"), first.stages().stream().map(s -> s.name()).toList());
    for (var name : List.of("config.json", "result.json", "model.aand", "report.html")) {
      assertTrue(Files.size(folder.resolve("first").resolve(name)) > 0, name);
    }

    var evaluated = evaluate("evaluated", "java");
    assertEquals(first.metrics(), evaluated.metrics());
    assertEquals(scores(first), scores(evaluated));
    assertEquals(first.teacher(), evaluated.teacher());
    var onSameDiff = scores(evaluate("evaluated-on-samediff", "samediff"));
    for (int i = 0; i < onSameDiff.size(); i++) {
      assertEquals(scores(first).get(i), onSameDiff.get(i), 1e-5 * onSameDiff.get(i));
    }
  }

  private static RunResult evaluate(String name, String engine) {
    return evaluate("first", name, engine);
  }

  private static RunResult evaluate(String model, String name, String engine) {
    var program =
        Program.run(
            "evaluate",
            "--model",
            path(model),
            "--engine",
            engine,
            "--data",
            data.toString(),
            "--category",
            PRODUCT.category(),
            "--out",
            path(name));
    assertEquals(0, program.exitCode(), program.err());
    return result(name);
  }

  @Test
  void theSameSeedGivesTheSameFiguresAndAnotherDoesNot() {
    var once = train("once", "5", "aand");
    assertEquals(once.metrics(), train("twice", "5", "aand").metrics());
    assertNotEquals(scores(once), scores(train("other", "6", "aand")));
  }

  @Test
  void theBaselineTrainsWithoutStageOne() {
    assertEquals(
        List.of("rd"), train("rd", "1", "rd").stages().stream().map(s -> s.name()).toList());
  }

  @Test
  void padimIsFittedWithoutEpochsAndItsFileScoresAlikeInEveryEngine() throws IOException {
    var program = Program.run(padim("padim"));
    assertEquals(0, program.exitCode(), program.err());
    var trained = result("padim");
    assertEquals(Method.PADIM, trained.method());
    var report = Files.readString(folder.resolve("padim/report.html"));
    assertTrue(report.contains("random"), "a random teacher is labelled");
    assertEquals(List.of("fitting"), trained.stages().stream().map(s -> s.name()).toList());
    assertEquals("100 of 448", trained.configuration().get("channels"));
    assertEquals(scores(trained), scores(evaluate("padim", "padim-evaluated", "java")));
    var onSameDiff = scores(evaluate("padim", "padim-on-samediff", "samediff"));
    for (int i = 0; i < onSameDiff.size(); i++) {
      assertEquals(scores(trained).get(i), onSameDiff.get(i), 1e-4 * onSameDiff.get(i));
    }
    var again = Program.run("train", "--config", path("padim/config.json"), "--out", path("again"));
    assertEquals(0, again.exitCode(), again.err());
    assertEquals(scores(trained), scores(result("again")));
    var inspected = Program.run("inspect", path("padim"));
    assertTrue(inspected.out().contains("PaDiM"), inspected.out());
  }

  @Test
  void whatPadimHasNotIsRefused() {
    for (var option :
        List.of(
            List.of("--stage2-epochs", "3"),
            List.of("--protocol", "synthetic"),
            List.of("--padim-channels", "0"))) {
      var program = Program.run(padim("refused", option.toArray(String[]::new)));
      assertNotEquals(0, program.exitCode());
      assertFalse(Files.exists(folder.resolve("refused")), "nothing is written");
    }
  }

  /** Its bank is searched alike by every engine, and its size is said wherever a user looks. */
  @Test
  void patchCoreIsFittedAndItsFileScoresAlikeInEveryEngine() {
    var program = Program.run(fitted("patchcore", "patchcore", "--coreset-share", "0.05"));
    assertEquals(0, program.exitCode(), program.err());
    var trained = result("patchcore");
    assertEquals(Method.PATCHCORE, trained.method());
    assertEquals(List.of("fitting"), trained.stages().stream().map(s -> s.name()).toList());
    assertEquals("0.05", trained.configuration().get("coreset share"));
    var bank = String.valueOf(trained.configuration().get("memory bank"));
    assertTrue(bank.matches("\\d+ items of 384 values, 0\\.\\d MiB"), bank);
    assertTrue(program.out().contains(bank) && program.out().contains("ms an image"));
    assertEquals(scores(trained), scores(evaluate("patchcore", "patchcore-evaluated", "java")));
    var onSameDiff = scores(evaluate("patchcore", "patchcore-on-samediff", "samediff"));
    for (int i = 0; i < onSameDiff.size(); i++) {
      assertEquals(scores(trained).get(i), onSameDiff.get(i), 1e-4 * onSameDiff.get(i));
    }
    var again =
        Program.run(
            "train", "--config", path("patchcore/config.json"), "--out", path("patchcore-again"));
    assertEquals(0, again.exitCode(), again.err());
    assertEquals(scores(trained), scores(result("patchcore-again")));
    var inspected = Program.run("inspect", path("patchcore")).out();
    assertTrue(inspected.contains("PatchCore") && inspected.contains(bank), inspected);
    assertTrue(inspected.contains("re-weighted"), inspected);
  }

  @Test
  void aShareThatIsNoneIsRefused() {
    for (var words :
        List.of(
            fitted("refused", "patchcore", "--coreset-share", "0"),
            fitted("refused", "patchcore", "--coreset-share", "1.5"),
            fitted("refused", "patchcore", "--padim-channels", "5"),
            fitted("refused", "padim", "--coreset-share", "0.1"))) {
      var program = Program.run(words);
      assertEquals(2, program.exitCode());
      assertTrue(program.err().contains("coreset-share") || program.err().contains("padim"));
      assertFalse(Files.exists(folder.resolve("refused")), "nothing is written");
    }
  }

  private static String[] padim(String name, String... more) {
    return fitted(name, "padim", more);
  }

  private static String[] fitted(String name, String method, String... more) {
    var words =
        new ArrayList<>(
            List.of(
                "train",
                "--data",
                data.toString(),
                "--category",
                PRODUCT.category(),
                "--backbone",
                "resnet18",
                "--random-teacher",
                "--image-size",
                "64",
                "--method",
                method,
                "--out",
                path(name)));
    words.addAll(List.of(more));
    return words.toArray(String[]::new);
  }

  @Test
  void theDemoPutsBothMethodsSideBySide() throws IOException {
    var out = folder.resolve("demo");
    var runs =
        DemoRun.execute(
            out,
            new DemoRun.Settings(PRODUCT, 64, new TrainingSettings(1, 1, 4, 0)),
            "demo",
            new RunListener() {});
    assertEquals(2, runs.size());
    for (var file : List.of("report.html", "aand/model.aand", "rd/result.json")) {
      assertTrue(Files.isRegularFile(out.resolve(file)), file);
    }
  }

  @Test
  void helpSaysWhatThereIs() {
    var help = Program.run("--help");
    assertEquals(0, help.exitCode());
    assertTrue(help.out().contains("train") && help.out().contains("evaluate"));
    assertFalse(help.out().contains("null"));
  }

  private static RunResult train(String name, String seed, String method) {
    var program =
        Program.run(
            "train",
            "--data",
            data.toString(),
            "--category",
            PRODUCT.category(),
            "--teacher",
            path("narrow-teacher.zip"),
            "--image-size",
            "64",
            "--stage1-epochs",
            "1",
            "--stage2-epochs",
            "1",
            "--batch-size",
            "4",
            "--method",
            method,
            "--seed",
            seed,
            "--out",
            path(name));
    assertEquals(0, program.exitCode(), program.err());
    return result(name);
  }

  private static List<Double> scores(RunResult result) {
    return result.images().stream().map(i -> i.score()).toList();
  }

  private static RunResult result(String name) {
    return ResultJson.read(folder.resolve(name).resolve(RunFolder.RESULT));
  }

  private static String path(String name) {
    return folder.resolve(name).toString();
  }
}
