package org.aand.detect;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.aand.io.InputException;
import org.aand.io.random.RandomStreams;
import org.aand.train.TinyModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model survives its file bit by bit, and a damaged file is told from a whole one. */
class ModelFileTest {
  private final Path folder;

  ModelFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aModelReadBackGivesTheSameMaps(boolean amplified) {
    var file = folder.resolve("model.aand");
    float[] picture = picture();
    float[] before;
    try (var model = TinyModel.create(3, amplified)) {
      before = map(model, picture);
      ModelFile.write(model, JsonNodeFactory.instance.objectNode().put("label", "x"), file);
    }
    var stored = ModelFile.read(file);
    try (var model = stored.model()) {
      assertArrayEquals(before, map(model, picture));
      assertEquals("x", stored.about().path("label").asText());
    }
  }

  @Test
  void aTruncatedFileIsDamagedAtEveryLength() throws IOException {
    var file = folder.resolve("model.aand");
    try (var model = TinyModel.create(3, false)) {
      ModelFile.write(model, JsonNodeFactory.instance.objectNode(), file);
    }
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 10, 100, 500, 2000, whole.length / 2, whole.length * 9 / 10}) {
      Files.write(file, Arrays.copyOf(whole, length));
      var e = assertThrows(InputException.class, () -> ModelFile.read(file), length + " bytes");
      assertTrue(String.valueOf(e.getMessage()).contains("model.aand"));
    }
  }

  @Test
  void amongItsMapsTheScoreIsTheMaximum() {
    try (var model = TinyModel.create(3, true);
        var detector = new Detector(model)) {
      var found = detector.detect(List.of(picture(), new float[picture().length]));
      assertEquals(2, found.size());
      for (var detection : found) {
        float max = 0;
        for (float value : detection.map()) {
          max = Math.max(max, value);
        }
        assertEquals(max, detection.score());
      }
    }
  }

  @Test
  void anImagesMapDoesNotDependOnItsBatch() {
    try (var model = TinyModel.create(3, true);
        var detector = new Detector(model)) {
      float[] other = new float[picture().length];
      float[] alone = detector.detect(List.of(picture())).get(0).map();
      float[] together = detector.detect(List.of(other, picture(), other)).get(1).map();
      assertArrayEquals(alone, together, 1e-5f);
      assertArrayEquals(alone, detector.detect(List.of(picture())).get(0).map());
    }
  }

  private static float[] map(Model model, float[] picture) {
    try (var detector = new Detector(model)) {
      return detector.detect(List.of(picture)).get(0).map();
    }
  }

  private static float[] picture() {
    var random = new RandomStreams(9).stream("picture");
    float[] picture = new float[TinyModel.SIZE * TinyModel.SIZE * 3];
    for (int i = 0; i < picture.length; i++) {
      picture[i] = (float) random.nextGaussian();
    }
    return picture;
  }
}
