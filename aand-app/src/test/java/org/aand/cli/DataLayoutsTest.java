package org.aand.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalDouble;
import javax.imageio.ImageIO;
import org.aand.common.image.GrayImage;
import org.aand.common.image.ImageFile;
import org.aand.common.image.MaskFile;
import org.aand.common.image.PngFile;
import org.aand.demo.product.ProductDataset;
import org.aand.demo.product.ProductSettings;
import org.aand.io.dataset.Category;
import org.aand.io.dataset.Sample;
import org.aand.report.Metric;
import org.aand.report.ResultJson;
import org.aand.report.RunResult;
import org.aand.runfolder.RunFolder;
import org.aand.weights.NarrowTeacher;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Data as people have it, from folder to result. */
class DataLayoutsTest {
  private static final ProductSettings PRODUCT =
      ProductSettings.defaults().withSize(64).withCounts(4, 2, 1);

  private static Path product = Path.of("");
  private static Path teacher = Path.of("");
  private static Category gear = new Category("none yet", product, List.of(), List.of(), List.of());

  private final Path folder;

  DataLayoutsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @BeforeAll
  static void drawProduct(@TempDir Path temporary) {
    product = temporary;
    teacher = NarrowTeacher.write(temporary);
    gear = ProductDataset.write(temporary, PRODUCT);
  }

  @Test
  void goodImagesAloneAreEnoughToTrainOn() throws IOException {
    copy(gear.train(), folder.resolve("parts"));
    train("--data", path("parts"));
    var result = result();
    assertEquals("parts", result.category());
    assertEquals(2, result.trainImages());
    assertEquals(2, result.images().size(), "half of so few are held out to set the threshold by");
    for (var metric : Metric.values()) {
      assertEquals(OptionalDouble.empty(), result.metric(metric), metric.key());
    }
    for (var name : List.of("config.json", "result.json", "model.aand", "report.html")) {
      assertTrue(Files.size(folder.resolve("run").resolve(name)) > 0, name);
    }
    assertFalse(reportText().contains("NaN"));

    var evaluated =
        Program.run(
            "evaluate", "--model", path("run"), "--data", path("parts"), "--out", path("again"));
    assertEquals(1, evaluated.exitCode());
    assertTrue(evaluated.err().contains("no test images of parts"), evaluated.err());
    assertFalse(Files.exists(folder.resolve("again")));
  }

  /** The report without its images, whose encoding may spell anything. */
  private String reportText() throws IOException {
    return Files.readString(folder.resolve("run/report.html"))
        .replaceAll("base64,[A-Za-z0-9+/=]+", "");
  }

  @Test
  void allGoodImagesCanBeTrainedOnWithNoneLeftToLookAt() throws IOException {
    copy(gear.train(), folder.resolve("parts"));
    var program = train("--data", path("parts"), "--calibration-share", "0");
    assertTrue(program.out().contains("no test images"), program.out());
    assertEquals(4, result().trainImages());
    assertEquals(List.of(), result().images());
    assertFalse(reportText().contains("NaN"));
  }

  @Test
  void goodTestImagesAloneHaveScoresButNoFigures() throws IOException {
    copy(gear.train(), folder.resolve("data/gear/train/good"));
    copy(good(gear), folder.resolve("data/gear/test/good"));
    train("--data", path("data"), "--category", "gear");
    var result = result();
    assertEquals(2, result.images().size());
    for (var metric : Metric.values()) {
      assertEquals(OptionalDouble.empty(), result.metric(metric), metric.key());
    }
  }

  @Test
  void badImagesAloneHaveScoresAndWithMasksPixelFigures() throws IOException {
    copy(gear.train(), folder.resolve("parts/good"));
    var bad = gear.test().stream().filter(Sample::defective).limit(2).toList();
    for (int i = 0; i < bad.size(); i++) {
      copyTo(bad.get(i).image(), folder.resolve("parts/bad/" + i + ".png"));
      copyTo(bad.get(i).masks().get(0), folder.resolve("parts/masks/" + i + ".png"));
    }
    train("--data", path("parts"));
    var result = result();
    assertEquals(2, result.images().size());
    assertEquals(OptionalDouble.empty(), result.metric(Metric.IMAGE_AUROC));
    assertTrue(result.metric(Metric.PIXEL_AUROC).isPresent());
    assertTrue(result.metric(Metric.AUPRO).isPresent());
  }

  /** VisA's masks hold small labels, which another data set's rule would take for nothing. */
  @Test
  void masksAreReadAsTheLayoutMeansThem() throws IOException {
    copy(gear.train(), folder.resolve("data/gear/good"));
    copy(good(gear), folder.resolve("data/gear/good"));
    var rows = new ArrayList<>(List.of("object,split,label,image,mask"));
    gear.train().forEach(s -> rows.add("gear,train,normal,gear/good/" + name(s) + ","));
    good(gear).forEach(s -> rows.add("gear,test,normal,gear/good/" + name(s) + ","));
    var defect = gear.test().stream().filter(Sample::defective).findFirst().orElseThrow();
    copyTo(defect.image(), folder.resolve("data/gear/bad.png"));
    var mask = MaskFile.read(defect.masks());
    byte[] labels = new byte[mask.pixels().length];
    for (int i = 0; i < labels.length; i++) {
      labels[i] = (byte) (mask.pixels()[i] == 0 ? 0 : 3);
    }
    PngFile.write(
        new GrayImage(mask.width(), mask.height(), labels), folder.resolve("data/gear/mask.png"));
    rows.add("gear,test,anomaly,gear/bad.png,gear/mask.png");
    Files.createDirectories(folder.resolve("data/split_csv"));
    Files.write(folder.resolve("data/split_csv/1cls.csv"), rows);

    train("--data", path("data"), "--category", "gear", "--layout", "visa");
    assertTrue(result().metric(Metric.PIXEL_AUROC).isPresent());
    assertEquals("visa", result().configuration().get("layout"));
  }

  @Test
  void anUnknownFolderOrLayoutIsToldInOneLine() throws IOException {
    Files.createDirectories(folder.resolve("data/notes"));
    refused(1, "has none of the layouts", "--data", path("data"));
    refused(1, "1cls.csv", "--data", path("data"), "--layout", "visa", "--category", "x");
    refused(2, "--layout", "--data", path("data"), "--layout", "coco");
    refused(1, "there are: gear", "--data", product.toString());
  }

  @Test
  void foregroundDrawsEachTrainingImageAndNamesTheRule() throws IOException {
    var program =
        Program.run(
            "foreground", "--data", product.toString(), "--category", "gear", "--out", path("fg"));
    assertEquals(0, program.exitCode(), program.err());
    assertTrue(program.out().contains("Rule for gear: automatic"), program.out());
    assertTrue(program.out().contains("in 0 of 4 images"), program.out());
    for (var sample : gear.train()) {
      var drawn = ImageIO.read(folder.resolve("fg").resolve(sample.name()).toFile());
      var original = ImageFile.read(sample.image());
      assertEquals(original.width(), drawn.getWidth());
      int outlined = 0;
      for (int i = 0; i < original.width() * original.height(); i++) {
        int x = i % original.width();
        int y = i / original.width();
        int rgb = original.at(x, y, 0) << 16 | original.at(x, y, 1) << 8 | original.at(x, y, 2);
        outlined += (drawn.getRGB(x, y) & 0xFFFFFF) == rgb ? 0 : 1;
      }
      assertTrue(outlined > 64 && outlined < 64 * 64 / 2, outlined + " pixels drawn");
    }
    var again =
        Program.run(
            "foreground", "--data", product.toString(), "--category", "gear", "--out", path("fg"));
    assertEquals(1, again.exitCode());
    assertTrue(again.err().contains("exists already"), again.err());
  }

  private Program train(String... data) {
    var program = Program.run(arguments(data));
    assertEquals(0, program.exitCode(), program.err());
    return program;
  }

  private void refused(int code, String what, String... data) {
    var program = Program.run(arguments(data));
    assertEquals(code, program.exitCode(), program.err());
    assertTrue(program.err().contains(what), program.err());
    assertEquals(1, program.err().lines().count(), program.err());
    assertFalse(Files.exists(folder.resolve("run")));
  }

  private String[] arguments(String... data) {
    var arguments =
        new ArrayList<>(List.of("train", "--teacher", teacher.toString(), "--out", path("run")));
    arguments.addAll(List.of("--image-size", "64", "--method", "rd"));
    arguments.addAll(List.of("--stage2-epochs", "1", "--batch-size", "4"));
    arguments.addAll(List.of(data));
    return arguments.toArray(String[]::new);
  }

  private RunResult result() {
    return ResultJson.read(folder.resolve("run").resolve(RunFolder.RESULT));
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private static List<Sample> good(Category category) {
    return category.test().stream().filter(s -> !s.defective()).toList();
  }

  private static String name(Sample sample) {
    return (sample.name().startsWith("train") ? "train" : "test") + sample.image().getFileName();
  }

  private static void copy(List<Sample> samples, Path to) throws IOException {
    for (var sample : samples) {
      copyTo(sample.image(), to.resolve(name(sample)));
    }
  }

  private static void copyTo(Path from, Path to) throws IOException {
    Files.createDirectories(to.resolveSibling("."));
    Files.copy(from, to);
  }
}
