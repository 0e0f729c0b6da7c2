package org.aand.runtime;

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
import org.aand.common.InputException;
import org.aand.common.random.RandomStreams;
import org.aand.model.MapRule;
import org.aand.model.ModelDescription;
import org.aand.model.ModelFile;
import org.aand.model.Scoring;
import org.aand.model.Tiling;
import org.aand.network.ParameterSpec;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.network.student.Student;
import org.aand.network.teacher.Backbone;
import org.aand.runtime.engine.Engine;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A model file is used without any numeric library. */
class RuntimeModelTest {
  private static final int SIZE = 64;
  private static final Backbone BACKBONE = new Backbone("tiny", false, List.of(1, 1, 1), 64, 16);
  private static final ModelDescription MODEL =
      new ModelDescription(
          AmplifiedTeacher.of(BACKBONE),
          new Scoring.Discrepancy(new Student(BACKBONE, 1)),
          Tiling.whole(SIZE),
          MapRule.paper(4));

  private final Path file;

  RuntimeModelTest(@TempDir Path folder) {
    file = folder.resolve("model.aand");
    var notes = ModelFile.Notes.of(JsonNodeFactory.instance.objectNode().put("label", "random"));
    ModelFile.write(MODEL, notes, RuntimeModelTest::values, file);
  }

  private static float[] values(ParameterSpec spec) {
    var random = new RandomStreams(4).stream(spec.name());
    float[] values = new float[Math.toIntExact(spec.length())];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) spec.initializer().draw(random, i);
    }
    return values;
  }

  private static float[] image() {
    var random = new RandomStreams(5).stream("image");
    float[] image = new float[SIZE * SIZE * 3];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.nextGaussian();
    }
    return image;
  }

  private static float[] map(RuntimeModel model) {
    try (var detector = model.detector(2)) {
      var found = detector.detect(image());
      assertTrue(found.score() > 0 && found.score() < 6, "score " + found.score());
      return found.map();
    }
  }

  @Test
  void aModelFromItsFileFindsWhatItDidBefore() {
    var stored = RuntimeModel.read(file);
    assertEquals("random", stored.contents().notes().teacher().path("label").asText());
    assertEquals(MODEL, stored.model().description());
    assertArrayEquals(map(RuntimeModel.of(MODEL, RuntimeModelTest::values)), map(stored.model()));
  }

  @Test
  void otherNotesLeaveTheParametersAsTheyAre() {
    var before = ModelFile.inspect(file);
    var notes = ModelFile.Notes.of(JsonNodeFactory.instance.objectNode().put("label", "other"));
    ModelFile.rewrite(file, before, notes, file);
    var after = RuntimeModel.read(file);
    assertEquals("other", after.contents().notes().teacher().path("label").asText());
    assertEquals(before.parametersSha256(), after.contents().parametersSha256());
  }

  @Test
  void aFileCutOffIsToldInOneLine() throws IOException {
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 100, 5000, whole.length / 2, whole.length - 500_000}) {
      Files.write(file, Arrays.copyOf(whole, length));
      var e = assertThrows(InputException.class, () -> RuntimeModel.read(file));
      var message = String.valueOf(e.getMessage());
      assertTrue(message.contains("model.aand") && message.lines().count() == 1, message);
    }
  }

  @Test
  void aParameterThatIsMissingIsNamed() {
    var loader = Engine.load(MODEL);
    MODEL.table().stream()
        .filter(spec -> !spec.name().equals("conv1_bn/beta"))
        .forEach(spec -> loader.accept(spec, values(spec)));
    var e = assertThrows(IllegalStateException.class, loader::finish);
    assertTrue(String.valueOf(e.getMessage()).contains("conv1_bn/beta"), e.getMessage());
  }

  @Test
  void anImageOfAnotherSizeIsRefused() {
    try (var detector = RuntimeModel.read(file).model().detector(1)) {
      var e = assertThrows(IllegalArgumentException.class, () -> detector.detect(new float[12]));
      assertTrue(String.valueOf(e.getMessage()).contains("64x64"), e.getMessage());
    }
  }
}
