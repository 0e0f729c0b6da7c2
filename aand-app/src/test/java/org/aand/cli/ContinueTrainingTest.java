package org.aand.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aand.api.AnomalyDetector;
import org.aand.common.heatmap.Heatmap;
import org.aand.common.image.ImageChange;
import org.aand.common.image.ImageFile;
import org.aand.common.listing.ImagePaths;
import org.aand.demo.product.ProductDataset;
import org.aand.demo.product.ProductSettings;
import org.aand.report.ResultJson;
import org.aand.weights.NarrowTeacher;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * A line's lamp is changed, its normal parts are called anomalous, people say so, and the model
 * learns it.
 */
@TestMethodOrder(MethodOrderer.MethodName.class)
class ContinueTrainingTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final ProductSettings PRODUCT =
      ProductSettings.defaults().withSize(64).withCounts(30, 3, 1);
  private static final ImageChange NEW_LAMP = new ImageChange(0.4, 1, 0, 0, 0);

  private static Path folder = Path.of("");

  @BeforeAll
  static void trainAndReview(@TempDir Path temporary) throws IOException {
    folder = temporary;
    var data = temporary.resolve("data");
    ProductDataset.write(data, PRODUCT);
    var category = data.resolve(PRODUCT.category());
    Files.move(category.resolve("test"), temporary.resolve("test"));
    Files.move(category.resolve("ground_truth"), temporary.resolve("truth"));
    NarrowTeacher.write(temporary);
    var program =
        run(
            "train --data OUT/data --category NAME --teacher OUT/narrow-teacher.zip --image-size 64"
                + " --stage1-epochs 1 --stage2-epochs 25 --batch-size 4 --out OUT/run");
    assertEquals(0, program.exitCode(), program.err());
    var normal = Files.createDirectories(temporary.resolve("reviews/part/normal"));
    var images = ImagePaths.in(category.resolve("train/good")).subList(0, 12);
    for (int i = 0; i < images.size(); i++) {
      var dark = NEW_LAMP.apply(ImageFile.read(images.get(i)));
      var png = Heatmap.image(dark.pixels(), dark.width(), dark.height()).bytes();
      Files.write(normal.resolve("p" + i + ".png"), png);
      var mark = i < 8 ? "false-alarm" : "correct";
      Files.writeString(normal.resolve("p" + i + ".json"), "{\"mark\":\"" + mark + "\"}");
    }
  }

  @Test
  void falseAlarmsAreLearnedAndTheHeldOutImagesStayHeldOut() throws IOException {
    var program = run("train --from OUT/run --add OUT/reviews/part --out OUT/next");
    assertEquals(0, program.exitCode(), program.err());
    assertEquals("", program.err());
    var before = excess("run");
    var after = excess("next");
    System.out.printf("mean score over threshold: %.3f, then %.3f%n", before, after);
    assertTrue(before > 1, "they were false alarms: " + before);
    assertTrue(after < 0.7 * before, before + " fell to " + after);

    var first = config("run");
    var next = config("next");
    assertEquals(0, next.at("/training/stage1Epochs").asInt());
    assertEquals(5, next.at("/training/stage2Epochs").asInt(), "a fifth");
    assertEquals(first.path("variant"), next.path("variant"));
    assertEquals(first.path("data"), next.path("data"));
    var result = ResultJson.read(folder.resolve("next/result.json"));
    assertEquals(List.of("stage2"), result.stages().stream().map(s -> s.name()).toList());
    assertEquals("0.001", result.configuration().get("learning rate"));
    assertEquals(15 + 8, result.trainImages(), "not those that are marked as correct");
    assertEquals(
        ResultJson.read(folder.resolve("run/result.json")).images().stream()
            .map(image -> image.file())
            .toList(),
        result.images().stream().map(image -> image.file()).toList(),
        "the same images are held out");

    // Once more: what was added before is trained on again, with as many epochs.
    Files.createDirectories(folder.resolve("more"));
    Files.copy(folder.resolve("reviews/part/normal/p9.png"), folder.resolve("more/p9.png"));
    var again = run("train --from=OUT/next --add OUT/more --out OUT/third");
    assertEquals(0, again.exitCode(), again.err());
    assertEquals(15 + 8 + 1, ResultJson.read(folder.resolve("third/result.json")).trainImages());
    assertEquals(2, config("third").path("added").size());
    assertEquals(5, config("third").at("/training/stage2Epochs").asInt());
  }

  @Test
  void withoutAnEpochTheMemoryBankAloneLearnsThem() throws IOException {
    var program =
        run("train --from OUT/run --add OUT/reviews/part --stage2-epochs 0 --out OUT/bank");
    assertEquals(0, program.exitCode(), program.err());
    assertTrue(program.err().contains("stays as it is"), program.err());
    double after = excess("bank");
    System.out.printf("the same by the memory bank alone: %.3f%n", after);
    double before = excess("run");
    assertTrue(after < 0.7 * before, before + " fell to " + after);
    assertEquals(List.of(), ResultJson.read(folder.resolve("bank/result.json")).stages());
    refused(
        "would not be trained at all",
        "train --from OUT/run --recipe paper --stage2-epochs 0 --out OUT/x");
  }

  @Test
  void theConfigurationOfSuchARunTrainsTheSameAgain() {
    var program =
        run("train --from OUT/run --add OUT/reviews/part --stage2-epochs 1 --out OUT/one");
    assertEquals(0, program.exitCode(), program.err());
    var again = run("train --config OUT/one/config.json --out OUT/again");
    assertEquals(0, again.exitCode(), again.err());
    var scores = new ArrayList<Object>();
    for (var name : List.of("one", "again")) {
      scores.add(
          ResultJson.read(folder.resolve(name).resolve("result.json")).images().stream()
              .map(image -> image.score())
              .toList());
    }
    assertEquals(scores.get(0), scores.get(1));
  }

  @Test
  void whatIsMissingIsSaidInOneLine() throws IOException {
    Files.createDirectories(folder.resolve("empty"));
    refused("no config.json", "train --from OUT/empty --add OUT/reviews/part --out OUT/x");
    refused("there is no folder", "train --from OUT/run --add OUT/absent --out OUT/x");
    refused("no images", "train --from OUT/run --add OUT/empty --out OUT/x");
    Files.createDirectories(folder.resolve("marked/normal"));
    Files.copy(
        folder.resolve("reviews/part/normal/p0.png"), folder.resolve("marked/normal/p0.png"));
    refused("no false alarms", "train --from OUT/run --add OUT/marked --out OUT/x");
    Files.writeString(folder.resolve("marked/normal/p0.json"), "{\"mark\":");
    refused("not valid JSON", "train --from OUT/run --add OUT/marked --out OUT/x");
    refused(
        "--time-budget",
        "train --from OUT/run --add OUT/reviews/part --time-budget 1m --out OUT/x");
    refused(
        "of another network",
        "train --from OUT/run --method rd --add OUT/reviews/part --out OUT/x");
    Files.move(folder.resolve("data"), folder.resolve("moved"));
    try {
      refused("--data", "train --from OUT/run --add OUT/reviews/part --out OUT/x");
      var extra = folder.resolve("moved/" + PRODUCT.category() + "/train/good/zz.png");
      Files.copy(folder.resolve("reviews/part/normal/p9.png"), extra);
      refused(
          "not those that",
          "train --from OUT/run --add OUT/reviews/part --data OUT/moved --out OUT/x");
      Files.delete(extra);
      var found =
          run(
              "train --from OUT/run --add OUT/reviews/part --stage2-epochs 1 --data OUT/moved"
                  + " --out OUT/found");
      assertEquals(0, found.exitCode(), found.err());
    } finally {
      Files.move(folder.resolve("moved"), folder.resolve("data"));
    }
    assertTrue(Files.notExists(folder.resolve("x")));
  }

  private static void refused(String what, String words) {
    var program = run(words);
    assertNotEquals(0, program.exitCode(), words);
    assertTrue(program.err().contains(what), program.err());
    assertEquals(1, program.err().lines().count(), program.err());
  }

  /** Mean score of the false alarms, as a multiple of the model's threshold. */
  private static double excess(String name) {
    try (var detector = AnomalyDetector.load(folder.resolve(name))) {
      double threshold = detector.rule().threshold().orElseThrow();
      return ImagePaths.in(folder.resolve("reviews/part/normal")).subList(0, 8).stream()
          .mapToDouble(image -> detector.detect(ImageFile.read(image)).score() / threshold)
          .average()
          .orElseThrow();
    }
  }

  private static JsonNode config(String name) throws IOException {
    return JSON.readTree(folder.resolve(name).resolve("config.json").toFile());
  }

  private static Program run(String words) {
    return Program.run(
        words.replace("OUT", folder.toString()).replace("NAME", PRODUCT.category()).split(" "));
  }
}
