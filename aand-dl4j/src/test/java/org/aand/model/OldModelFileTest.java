package org.aand.model;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.zip.GZIPInputStream;
import org.aand.common.image.ImageSize;
import org.aand.samediff.Detector;
import org.aand.samediff.ModelStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Model files that older versions of the program wrote are still read, to the same maps. */
class OldModelFileTest {
  /**
   * Written by the program before there were calibrations and checksums: an amplified teacher of
   * one basic block a stage, parameters of a repeating pattern, so that the file compresses well.
   */
  private static final String VERSION_1_0 = "/models/model-version-1.aand.gz.gz";

  @Test
  void aFileOfVersionOneIsReadToTheMapsThatItGaveThen(@TempDir Path folder) throws IOException {
    var file = folder.resolve("old.aand");
    try (var in =
        new GZIPInputStream(
            new GZIPInputStream(
                Objects.requireNonNull(getClass().getResourceAsStream(VERSION_1_0))))) {
      Files.copy(in, file);
    }
    var stored = ModelStore.read(file);
    assertEquals("1.0", stored.version());
    assertEquals("a pattern", stored.about().path("label").asText());
    assertTrue(stored.notes().calibration().isEmpty());
    assertTrue(stored.notes().provenance().isMissingNode());
    float[] image = new float[64 * 64 * 3];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) Math.sin(0.01 * i * (1 + i % 3));
    }
    try (var model = stored.model();
        var detector = new Detector(model)) {
      assertEquals(ImageSize.square(64), model.imageSize());
      assertEquals(3, model.teacher().modules().size());
      var found = detector.detect(List.of(image)).get(0);
      // What that program printed for this image; kernels of other processors round otherwise.
      assertEquals(2.1970856, found.score(), 1e-4);
      assertEquals(1.9310086, found.map()[0], 1e-4);
      assertEquals(1.8918957, found.map()[2080], 1e-4);
      assertEquals(2.0310974, found.map()[4095], 1e-4);
    }
  }
}
