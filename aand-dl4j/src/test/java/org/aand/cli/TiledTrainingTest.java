package org.aand.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import org.aand.detect.ModelFile;
import org.aand.io.product.ProductDataset;
import org.aand.io.product.ProductSettings;
import org.aand.report.ResultJson;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pictures looked at in tiles: trained once, the same scores everywhere. */
class TiledTrainingTest {
  private static final ProductSettings PRODUCT =
      ProductSettings.defaults().withSize(128).withCounts(2, 1, 1);
  private static final String TRAIN =
      "train --data DATA --category gear --backbone resnet18 --random-teacher --image-size 64"
          + " --stage1-epochs 1 --stage2-epochs 1 --batch-size 6 --out OUT/run --resolution ";

  @Test
  void aTiledModelScoresAlikeInTrainEvaluateAndPredict(@TempDir Path folder) throws IOException {
    ProductDataset.write(folder.resolve("data"), PRODUCT);
    assertEquals(0, run(folder, TRAIN + "128").exitCode());
    var trained = ResultJson.read(folder.resolve("run/result.json"));
    assertEquals(2, trained.trainImages(), "pictures, not tiles");
    var tiling = "128x128 in 9 overlapping tiles";
    assertTrue(Files.readString(folder.resolve("run/config.json")).contains(tiling));
    assertTrue(run(folder, "inspect OUT/run").out().contains(tiling));
    var stored = ModelFile.read(folder.resolve("run/model.aand"));
    try (var model = stored.model()) {
      assertEquals("2.1", stored.version());
      assertEquals(128, model.resolution());
      assertEquals(64, model.imageSize());
    }

    var evaluated =
        run(folder, "evaluate --model OUT/run --data DATA --category gear --out OUT/evaluated");
    assertEquals(0, evaluated.exitCode(), evaluated.err());
    var scores = new HashMap<String, Double>();
    ResultJson.read(folder.resolve("evaluated/result.json"))
        .images()
        .forEach(i -> scores.put(i.file(), i.score()));
    for (var image : trained.images()) {
      assertEquals(image.score(), scores.getOrDefault(image.file(), Double.NaN), 1e-6);
    }
    var test = folder.resolve("data/gear/test").toString();
    var predicted = run(folder, "predict --model OUT/run " + test + " --json OUT/parts.jsonl");
    assertEquals(0, predicted.exitCode(), predicted.err());
    var lines = Files.readAllLines(folder.resolve("parts.jsonl"));
    assertEquals(scores.size(), lines.size());
    for (var line : lines) {
      var part = new ObjectMapper().readTree(line);
      var name =
          folder.resolve("data/gear").relativize(Path.of(part.path("file").asText())).toString();
      double score = scores.getOrDefault(name.replace('\\', '/'), Double.NaN);
      assertEquals(score, part.path("score").floatValue(), 1e-6 * Math.abs(score));
    }
  }

  @Test
  void aResolutionThatIsNoneIsRefusedInOneLine(@TempDir Path folder) {
    for (var wrong : new String[] {"63", "0", "-1", "1025"}) {
      var program = run(folder, TRAIN + wrong);
      assertEquals(2, program.exitCode(), wrong);
      assertTrue(program.err().contains("resolution"));
      assertTrue(Files.notExists(folder.resolve("run")));
    }
  }

  @Test
  void theOfficialProtocolLooksAtWholePicturesAlone(@TempDir Path folder) {
    var longEnough = TRAIN.replace("epochs 1", "epochs 10") + "128 --protocol official";
    var program = run(folder, longEnough);
    assertEquals(2, program.exitCode());
    assertTrue(program.err().contains("look at whole pictures"), program.err());
  }

  private static Program run(Path folder, String line) {
    return Program.run(
        line.replace("DATA", folder.resolve("data").toString())
            .replace("OUT", folder.toString())
            .split(" "));
  }
}
