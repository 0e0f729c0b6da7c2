package org.aand.samediff;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aand.api.AnomalyDetector;
import org.aand.api.Outcome;
import org.aand.api.SampleImages;
import org.aand.common.image.RgbImage;
import org.aand.detect.DetectionEngine;
import org.aand.model.TinyModelFile;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A detector on SameDiff does what the one in plain Java does. */
class SameDiffEngineTest {
  private static final int CALIBRATING = 8;
  private static final List<RgbImage> IMAGES = SampleImages.draw(11, 90, 70);

  private final Path folder;
  private final Path model;

  SameDiffEngineTest(@TempDir Path folder) {
    this.folder = folder;
    model = TinyModelFile.write(folder.resolve("model.aand"), IMAGES.subList(0, CALIBRATING));
  }

  private AnomalyDetector detector() {
    return AnomalyDetector.load(model, DetectionEngine.named("samediff").orElseThrow());
  }

  @Test
  void bothEnginesScoreAndDecideAlike() {
    try (var plan = detector();
        var java = AnomalyDetector.load(model)) {
      for (var image : IMAGES) {
        var expected = plan.detect(image);
        var found = java.detect(image);
        assertEquals(expected.score(), found.score(), 1e-5 * expected.score());
        assertArrayEquals(expected.map(), found.map(), 1e-5f * expected.score());
        // The threshold is the score of a calibrating image; there rounding decides.
        if (IMAGES.indexOf(image) >= CALIBRATING) {
          assertEquals(expected.verdict(), found.verdict());
        }
      }
    }
  }

  @Test
  void manyFilesScoreAsOneByOneToTheLastBit() throws IOException {
    var files = new ArrayList<Path>();
    for (var image : IMAGES) {
      files.add(Files.write(folder.resolve(files.size() + ".png"), SampleImages.png(image)));
    }
    try (var detector = detector()) {
      var alone = IMAGES.stream().map(image -> detector.detect(image).score()).toList();
      var together =
          detector.detectBatch(files).stream()
              .map(outcome -> ((Outcome.Detected) outcome).detection().score())
              .toList();
      assertEquals(alone, together);
    }
  }

  @Test
  void closingIsFinal() {
    var closing = detector();
    closing.close();
    closing.close();
    assertThrows(IllegalStateException.class, () -> closing.detect(IMAGES.get(0)));
  }
}
