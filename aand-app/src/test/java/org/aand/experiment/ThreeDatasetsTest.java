package org.aand.experiment;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aand.common.image.ImageSize;
import org.aand.demo.product.ProductDataset;
import org.aand.demo.product.ProductSettings;
import org.aand.io.dataset.Category;
import org.aand.pipeline.TeacherChoice;
import org.aand.pipeline.TinyRun;
import org.aand.report.Protocol;
import org.aand.report.ResultJson;
import org.aand.train.TrainingSettings;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Miniature copies of the paper's three data sets, each in its own layout, in one experiment. */
class ThreeDatasetsTest {
  private static final int TRAINING = 4;

  private final Path folder;

  ThreeDatasetsTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @Test
  void allAreRunAndHoldOutImagesOfTheirOwn() throws IOException {
    Map<String, Path> data = new LinkedHashMap<>();
    data.put("mvtec", folder.resolve("mvtec"));
    draw(folder.resolve("mvtec"), "bottle");
    data.put("visa", visa(draw(folder.resolve("drawn"), "candle")));
    data.put("mvtec3d", mvtec3d(draw(folder.resolve("drawn"), "bagel")));

    var outcome =
        ExperimentRun.execute(
            ExperimentRequest.builder(
                    TinyExperiment.GATES,
                    TinyRun.BACKBONE,
                    new TeacherChoice.Random(0),
                    folder.resolve("out"))
                .data(data)
                .protocol(Protocol.HELD_OUT_NORMAL)
                .imageSize(ImageSize.square(64))
                .training(new TrainingSettings(2, 1, 2, 0))
                .commandLine("tiny")
                .build(),
            new ExperimentListener() {});
    assertEquals(List.of(), outcome.failed());
    assertEquals(6, outcome.cells().size());
    assertEquals(TRAINING - 1, trainImages("mvtec/bottle"), "a tenth, at least one, is held out");
    assertEquals(TRAINING - 1, trainImages("visa/candle"), "so here");
    assertEquals(TRAINING, trainImages("mvtec3d/bagel"), "it has a validation part");
  }

  private int trainImages(String category) {
    var run = folder.resolve("out/runs").resolve(category).resolve("mrg/held-out/seed-0");
    var images = ResultJson.read(run.resolve("result.json")).trainImages();
    return images == null ? 0 : images;
  }

  private static Category draw(Path data, String category) {
    return ProductDataset.write(data, new ProductSettings(category, 64, TRAINING, 2, 1, 7));
  }

  /** Images and masks in any folder, and a list of them. */
  private Path visa(Category drawn) throws IOException {
    var data = folder.resolve("visa");
    var lines = new ArrayList<String>();
    lines.add("object,split,label,image,mask");
    for (var sample : drawn.train()) {
      lines.add("candle,train,normal," + copy(sample.image(), data, "t" + lines.size()) + ",");
    }
    for (var sample : drawn.test()) {
      var image = copy(sample.image(), data, "i" + lines.size());
      var mask = sample.hasMask() ? copy(sample.masks().get(0), data, "m" + lines.size()) : "";
      var label = sample.defective() ? "anomaly" : "normal";
      lines.add(String.join(",", "candle", "test", label, image, mask));
    }
    Files.createDirectories(data.resolve("split_csv"));
    Files.write(data.resolve("split_csv/1cls.csv"), lines);
    return data;
  }

  /** Folders rgb and gt; the first training image is held out once more. */
  private Path mvtec3d(Category drawn) throws IOException {
    var data = folder.resolve("mvtec3d");
    var category = data.resolve("bagel");
    for (var sample : drawn.train()) {
      copy(sample.image(), category.resolve("train/good/rgb"), name(sample.image()));
    }
    copy(drawn.train().get(0).image(), category.resolve("validation/good/rgb"), "000");
    for (var sample : drawn.test()) {
      var kind = category.resolve("test").resolve(sample.defect());
      var name = name(sample.image());
      copy(sample.image(), kind.resolve("rgb"), name);
      if (sample.hasMask()) {
        copy(sample.masks().get(0), kind.resolve("gt"), name);
      }
    }
    return data;
  }

  private static String name(Path image) {
    return image.getFileName().toString().replace(".png", "");
  }

  private static String copy(Path file, Path into, String name) throws IOException {
    Files.createDirectories(into);
    Files.copy(file, into.resolve(name + ".png"));
    return name + ".png";
  }
}
