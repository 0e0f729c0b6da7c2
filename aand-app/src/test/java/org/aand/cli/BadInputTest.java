package org.aand.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.aand.demo.product.ProductDataset;
import org.aand.demo.product.ProductSettings;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whatever cannot be used is named in one line, with the right exit code and nothing written. */
class BadInputTest {
  private static final ProductSettings PRODUCT =
      ProductSettings.defaults().withSize(64).withCounts(4, 2, 1);

  private final Path folder;
  private final Path data;
  private final Path category;

  BadInputTest(@TempDir Path folder) {
    this.folder = folder;
    this.data = folder.resolve("data");
    this.category = data.resolve(PRODUCT.category());
  }

  @BeforeEach
  void drawProduct() {
    ProductDataset.write(data, PRODUCT);
  }

  @Test
  void wrongUsageIsTwo() {
    refused(2, "--frobnicate", with("--frobnicate", "1"));
    refused(2, "--data", List.of("train", "--category", "x", "--random-teacher", "--out", out()));
    refused(2, "vgg16", with("--backbone", "vgg16"));
    refused(2, "32", with("--image-size", "100"));
    refused(2, "--seed", with("--seed", "many"));
    refused(2, "epochs", with("--stage1-epochs", "-1"));
    refused(2, "--batch-size is a whole number of at least 1, not 0", with("--batch-size", "0"));
    refused(2, "method", with("--method", "draem"));
    var channels = with("--method", "padim");
    channels.addAll(List.of("--padim-channels", "1793"));
    refused(2, "1792 channels", channels);
    var chosen = with("--method", "auto");
    chosen.addAll(List.of("--protocol", "synthetic"));
    refused(2, "no epoch is", chosen);
    refused(2, "official", with("--protocol", "best"));
    var tooShort = with("--protocol", "official");
    tooShort.addAll(List.of("--stage1-epochs", "9", "--stage2-epochs", "10"));
    refused(2, "epoch 10", tooShort);
    refused(2, "--max-memory", with("--max-memory", "much"));
    refused(2, "quick", with("--recipe", "quick"));
    refused(2, "10m", with("--time-budget", "10"));
    var both = with("--time-budget", "10m");
    both.addAll(List.of("--stage1-epochs", "3"));
    refused(2, "--time-budget decides on the epochs", both);
    refused(
        2,
        "--weights",
        List.of("train", "--data", data.toString(), "--backbone", "resnet18", "--out", out()));
    refused(2, "nonsense", List.of("nonsense"));
  }

  @Test
  void aTrainingThatTrainsNothingIsRefusedWithItsOptions() {
    var none = with("--stage1-epochs", "0");
    none.addAll(List.of("--stage2-epochs", "0"));
    refused(2, "raise --stage1-epochs or --stage2-epochs;", none);
    // RD has no stage 1, so that its epochs do not count.
    var baseline = with("--method", "rd");
    baseline.addAll(List.of("--stage1-epochs", "5", "--stage2-epochs", "0"));
    refused(2, "RD would not be trained at all; raise --stage2-epochs;", baseline);
    var choice = with("--method", "auto");
    choice.addAll(List.of("--stage1-epochs", "1", "--stage2-epochs", "0"));
    refused(2, "raise --stage2-epochs or name the method;", choice);
    var table =
        "experiment --config components --random-teacher --stage1-epochs 0 --stage2-epochs 1"
            + " --data a="
            + data
            + " --out "
            + out();
    refused(
        2, "MRG would not be trained at all; raise --stage1-epochs;", List.of(table.split(" ")));
  }

  @Test
  void epochsOfOneStageAloneAreRefusedByTheStandardRecipe() {
    refused(2, "give --stage1-epochs too, or neither", with("--stage2-epochs", "3"));
    var choice = with("--method", "auto");
    choice.addAll(List.of("--stage1-epochs", "3"));
    refused(2, "give --stage2-epochs too, or neither", choice);
    // RD has one stage, and the paper's recipe the paper's epochs: these get as far as the images.
    for (var words : List.of("--method rd", "--recipe paper")) {
      var accepted = new ArrayList<>(train(folder.resolve("nowhere"), PRODUCT.category()));
      accepted.addAll(List.of(words.split(" ")));
      accepted.addAll(List.of("--stage2-epochs", "3"));
      refused(1, "nowhere", accepted);
    }
  }

  @Test
  void aMissingFolderIsNamed() {
    refused(1, "nowhere", train(folder.resolve("nowhere"), PRODUCT.category()));
    refused(1, "bottle", train(data, "bottle"));
  }

  @Test
  void aCategoryWithoutTrainingImagesIsNamed() throws IOException {
    try (var files = Files.list(category.resolve("train/good"))) {
      for (var file : files.toList()) {
        Files.delete(file);
      }
    }
    refused(1, "train", train(data, PRODUCT.category()));
  }

  @Test
  void aCorruptTrainingImageIsNamed() throws IOException {
    var image = first(category.resolve("train/good"));
    byte[] whole = Files.readAllBytes(image);
    Files.write(image, Arrays.copyOf(whole, whole.length / 2));
    refused(1, image.getFileName().toString(), train(data, PRODUCT.category()));
  }

  @Test
  void aCorruptTestImageIsNamedAndSkippedOnlyOnRequest() throws IOException {
    var image = first(category.resolve("test/good"));
    Files.write(image, new byte[] {1, 2, 3});
    refused(1, image.getFileName().toString(), train(data, PRODUCT.category()));
    var arguments = new ArrayList<>(train(data, PRODUCT.category()));
    arguments.addAll(List.of("--skip-bad", "--backbone", "resnet18", "--image-size", "64"));
    arguments.addAll(List.of("--stage1-epochs", "0", "--stage2-epochs", "1"));
    var program = Program.run(arguments.toArray(String[]::new));
    assertEquals(0, program.exitCode(), program.err());
    assertTrue(program.out().contains(image.getFileName().toString()), program.out());
    assertTrue(program.err().contains("aand: --stage1-epochs is 0: what stage 1"), program.err());
  }

  @Test
  void aMaskWithoutItsImageIsNamed() throws IOException {
    var mask = first(first(category.resolve("ground_truth")));
    Files.copy(mask, mask.resolveSibling("999_mask.png"));
    refused(1, "999_mask.png", train(data, PRODUCT.category()));
  }

  @Test
  void weightsThatAreNoneAreNamed() throws IOException {
    var weights = folder.resolve("weights.h5");
    refused(1, "weights.h5", withWeights(weights));
    Files.writeString(weights, "no weights");
    refused(1, "weights.h5", withWeights(weights));
  }

  @Test
  void anOutputThatIsTakenOrUnwritableIsNamed() throws IOException {
    Files.createDirectories(folder.resolve("run"));
    Files.writeString(folder.resolve("run/mine"), "mine");
    var program = Program.run(train(data, PRODUCT.category()).toArray(String[]::new));
    assertEquals(1, program.exitCode());
    assertTrue(program.err().contains("--out"), program.err());
    assertEquals("mine", Files.readString(folder.resolve("run/mine")));

    Files.writeString(folder.resolve("file"), "a file");
    var arguments = new ArrayList<>(train(data, PRODUCT.category()));
    arguments.set(arguments.size() - 1, folder.resolve("file/run").toString());
    var below = Program.run(arguments.toArray(String[]::new));
    assertEquals(1, below.exitCode());
    oneLine(below.err());
  }

  @Test
  void aModelThatIsNoneIsNamed() throws IOException {
    var evaluate =
        List.of(
            "evaluate",
            "--model",
            folder.resolve("model").toString(),
            "--data",
            data.toString(),
            "--category",
            PRODUCT.category(),
            "--out",
            out());
    refused(1, "model", evaluate);
    Files.createDirectories(folder.resolve("model"));
    Files.writeString(folder.resolve("model/model.aand"), "PK no zip");
    refused(1, "model.aand", evaluate);
  }

  @Test
  void debugShowsWhereItArose() {
    var arguments = new ArrayList<>(train(data, "bottle"));
    arguments.add("--debug");
    var program = Program.run(arguments.toArray(String[]::new));
    assertEquals(1, program.exitCode());
    assertTrue(program.err().contains("\tat "), program.err());
  }

  private void refused(int code, String named, List<String> arguments) {
    var program = Program.run(arguments.toArray(String[]::new));
    assertEquals(code, program.exitCode(), program.err());
    assertTrue(program.err().contains(named), program.err());
    oneLine(program.err());
    try (var files = Files.list(folder)) {
      assertFalse(
          files.anyMatch(f -> f.getFileName().toString().contains("run")),
          "something was left in the output folder");
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static void oneLine(String err) {
    assertEquals(1, err.lines().count(), err);
    assertTrue(err.startsWith("aand: "), err);
  }

  private List<String> with(String option, String value) {
    var arguments = new ArrayList<>(train(data, PRODUCT.category()));
    arguments.addAll(1, List.of(option, value));
    return arguments;
  }

  private List<String> withWeights(Path weights) {
    return List.of(
        "train",
        "--data",
        data.toString(),
        "--category",
        PRODUCT.category(),
        "--backbone",
        "resnet18",
        "--weights",
        weights.toString(),
        "--out",
        out());
  }

  private List<String> train(Path from, String name) {
    return List.of(
        "train", "--data", from.toString(), "--category", name, "--random-teacher", "--out", out());
  }

  private String out() {
    return folder.resolve("run").toString();
  }

  private static Path first(Path of) throws IOException {
    try (var files = Files.list(of)) {
      return files.sorted().findFirst().orElseThrow();
    }
  }
}
