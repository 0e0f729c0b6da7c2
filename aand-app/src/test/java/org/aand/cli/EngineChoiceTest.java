package org.aand.cli;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aand.api.SampleImages;
import org.aand.calibration.Calibration;
import org.aand.model.ModelFile;
import org.aand.model.TinyModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The whole program has both engines for the commands of the small one. */
class EngineChoiceTest {
  private static final double TOLERANCE = 1e-5;
  private static final ObjectMapper JSON = new ObjectMapper();

  private final Path folder;

  EngineChoiceTest(@TempDir Path folder) throws IOException {
    this.folder = folder;
    TinyModelFile.write(folder.resolve("model.aand"), SampleImages.draw(6, 80, 60));
    var parts = Files.createDirectory(folder.resolve("parts"));
    var images = SampleImages.draw(7, 80, 60);
    for (int i = 0; i < images.size(); i++) {
      Files.write(parts.resolve(i + ".png"), SampleImages.png(images.get(i)));
    }
  }

  private String path(String name) {
    return folder.resolve(name).toString();
  }

  private List<Float> predicted(String engine) throws IOException {
    var program =
        Program.run(
            "predict",
            "--model",
            path("model.aand"),
            path("parts"),
            "--engine",
            engine,
            "--json",
            path(engine));
    assertEquals(0, program.exitCode(), program.err());
    var scores = new ArrayList<Float>();
    for (var line : Files.readAllLines(folder.resolve(engine))) {
      scores.add(JSON.readTree(line).path("score").floatValue());
    }
    return scores;
  }

  private Calibration calibrated(String engine) {
    var program =
        Program.run(
            "calibrate",
            "--model",
            path("model.aand"),
            "--data",
            path("parts"),
            "--engine",
            engine,
            "--out",
            path(engine + ".aand"));
    assertEquals(0, program.exitCode(), program.err());
    return ModelFile.inspect(folder.resolve(engine + ".aand")).notes().calibration().orElseThrow();
  }

  private static void assertAlike(List<Float> expected, List<Float> actual) {
    assertEquals(expected.size(), actual.size());
    for (int i = 0; i < expected.size(); i++) {
      assertEquals(expected.get(i), actual.get(i), TOLERANCE * expected.get(i));
    }
  }

  @Test
  void predictScoresAlike() throws IOException {
    var java = predicted("java");
    assertEquals(7, java.size());
    assertAlike(predicted("samediff"), java);
  }

  @Test
  void calibrateSetsTheSameThreshold() {
    var java = calibrated("java");
    assertEquals(7, java.normalScores().size());
    assertAlike(calibrated("SameDiff").normalScores(), java.normalScores());
  }

  @Test
  void anotherEngineIsNamedWithThoseThereAre() {
    var program =
        Program.run("predict", "--model", path("model.aand"), path("parts"), "--engine", "onnx");
    assertEquals(2, program.exitCode());
    assertTrue(
        program.err().contains("there is no engine 'onnx'; there are java, samediff"),
        program.err());
  }
}
