package org.aand.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import ai.onnxruntime.OrtException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.aand.common.image.ImageFile;
import org.aand.common.image.ImageSize;
import org.aand.common.image.Preprocessing;
import org.aand.demo.product.ProductDataset;
import org.aand.demo.product.ProductSettings;
import org.aand.model.TinyModelFile;
import org.aand.onnx.OrtDetector;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From a training to the verdicts of ONNX Runtime. */
@SuppressWarnings("NullAway.Init") // JUnit sets the folder
class ExportCommandTest {
  private static final int SIZE = 64;

  @TempDir Path folder;

  private static Program run(String... words) {
    return Program.run(words);
  }

  @Test
  void aTrainedModelDecidesAsPredictDoes() throws IOException, OrtException {
    var product = ProductSettings.defaults().withSize(SIZE).withCounts(12, 3, 1);
    ProductDataset.write(folder.resolve("data"), product);
    var run = folder.resolve("run").toString();
    // Half of the held-out normal images are above the threshold, so that there are both verdicts.
    var command =
        "train --category NAME --bundled-teacher --image-size 64 --stage1-epochs 2"
            + " --stage2-epochs 4 --batch-size 4 --calibration-share 0.4 --false-alarm-rate 0.5"
            + " --data DATA --out RUN";
    var words = Map.of("NAME", product.category(), "DATA", "" + folder.resolve("data"), "RUN", run);
    var trained =
        run(
            Arrays.stream(command.split(" "))
                .map(word -> words.getOrDefault(word, word))
                .toArray(String[]::new));
    assertEquals(0, trained.exitCode(), trained.err());
    var onnx = folder.resolve("part.onnx");
    var exported = run("export", "--model", run, "--out", onnx.toString());
    assertEquals(0, exported.exitCode(), exported.err());
    assertTrue(exported.out().contains("[N, 3, 64, 64]"), exported.out());

    var rows = folder.resolve("rows.jsonl");
    var parts = folder.resolve("data").resolve(product.category()).resolve("test");
    var predicted = run("predict", "--model", run, parts.toString(), "--json", rows.toString());
    assertEquals(0, predicted.exitCode(), predicted.err());
    var verdicts = new ArrayList<String>();
    var preprocessing = new Preprocessing(ImageSize.square(SIZE));
    try (var detector = new OrtDetector(onnx)) {
      for (var line : Files.readAllLines(rows)) {
        var row = new ObjectMapper().readTree(line);
        var image = ImageFile.read(Path.of(row.path("file").asText()));
        var found = detector.detect(List.of(preprocessing.resize(image)));
        float score = row.path("score").floatValue();
        assertEquals(score, found.scores()[0], 1e-5 * score, line);
        assertEquals(row.path("verdict").asText().equals("anomalous"), found.anomalous()[0], line);
        verdicts.add(row.path("verdict").asText());
      }
      var provenance = Objects.requireNonNull(detector.metadata().get("provenance"));
      assertTrue(provenance.contains("trainingImages"), provenance);
    }
    assertTrue(verdicts.contains("anomalous") && verdicts.contains("normal"), verdicts.toString());
  }

  @Test
  void whatIsWrongIsSaidInOneLineAndLeavesNoFile() throws IOException {
    var model = TinyModelFile.write(folder.resolve("model.aand")).toString();
    var out = folder.resolve("out.onnx").toString();
    assertFails(1, "has no threshold", "export", "--model", model, "--out", out);
    assertFails(1, "no model file", "export", "--model", folder + "/nowhere", "--out", out);
    assertFails(2, "Missing required", "export", "--model", model);
    assertFails(
        2, "has to be a number", "export", "--model", model, "--out", out, "--threshold", "NaN");
    assertFails(
        1, "is a folder", "export", "--model", model, "--threshold", "1", "--out", "" + folder);
    assertFalse(Files.exists(Path.of(out)));
    var link = Files.createSymbolicLink(folder.resolve("link.onnx"), Path.of("real.onnx"));
    Files.write(folder.resolve("real.onnx"), new byte[3]);
    var done = run("export", "--model", model, "--threshold", "1", "--out", link.toString());
    assertEquals(0, done.exitCode(), done.err());
    assertTrue(Files.isSymbolicLink(link));
    assertTrue(Files.size(folder.resolve("real.onnx")) > 1000, "replaced");
    try (var files = Files.list(folder)) {
      assertEquals(3, files.count());
    }
  }

  private static void assertFails(int code, String why, String... words) {
    var program = run(words);
    assertEquals(code, program.exitCode(), program.err());
    assertTrue(program.err().contains(why), program.err());
    assertEquals(1, program.err().lines().count(), program.err());
  }
}
