package org.aand.model;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;
import org.aand.common.InputException;
import org.aand.common.random.RandomStreams;
import org.aand.samediff.Detector;
import org.aand.samediff.Model;
import org.aand.samediff.ModelStore;
import org.aand.train.TinyModel;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A model survives its file bit by bit, and a damaged file is distinguished from a whole one. */
class ModelFileTest {
  private final Path folder;

  ModelFileTest(@TempDir Path folder) {
    this.folder = folder;
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aModelReadBackGivesTheSameMaps(boolean amplified) {
    var file = folder.resolve("model.aand");
    float[] image = image();
    float[] before;
    try (var model = TinyModel.create(3, amplified)) {
      before = map(model, image);
      ModelStore.write(model, JsonNodeFactory.instance.objectNode().put("label", "x"), file);
    }
    var stored = ModelStore.read(file);
    try (var model = stored.model()) {
      assertArrayEquals(before, map(model, image));
      assertEquals("x", stored.about().path("label").asText());
    }
  }

  /** What version 1 did not say is the paper's. */
  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void aFileOfVersionOneIsStillRead(boolean amplified) throws IOException {
    var file = folder.resolve("model.aand");
    var old = folder.resolve("old.aand");
    float[] before;
    try (var model = TinyModel.create(3, amplified)) {
      before = map(model, image());
      ModelStore.write(model, JsonNodeFactory.instance.objectNode(), file);
    }
    withManifest(
        file,
        old,
        manifest -> {
          manifest.put("version", 1).remove("score");
          ((ObjectNode) manifest.path("student")).remove("projects");
          manifest
              .path("modules")
              .forEach(m -> ((ObjectNode) m).remove(List.of("gate", "residual")));
        });
    var stored = ModelStore.read(old);
    try (var model = stored.model()) {
      assertArrayEquals(before, map(model, image()));
      assertTrue(stored.notes().method().isMissingNode());
    }
  }

  @Test
  void whatANewerProgramWroteIsToldFromADamagedFile() throws IOException {
    var file = folder.resolve("model.aand");
    var other = folder.resolve("other.aand");
    try (var model = TinyModel.create(3, true)) {
      ModelStore.write(model, JsonNodeFactory.instance.objectNode(), file);
    }
    withManifest(file, other, manifest -> manifest.put("version", 3));
    var newer = assertThrows(InputException.class, () -> ModelStore.read(other));
    assertTrue(String.valueOf(newer.getMessage()).contains("newer version"));
    withManifest(file, other, manifest -> manifest.put("score", "guess"));
    var unknown = assertThrows(InputException.class, () -> ModelStore.read(other));
    assertTrue(String.valueOf(unknown.getMessage()).contains("guess"), unknown.getMessage());
    withManifest(
        file,
        other,
        manifest -> ((ObjectNode) manifest.path("modules").get(0)).put("residual", "relu"));
    var value = assertThrows(InputException.class, () -> ModelStore.read(other));
    assertTrue(String.valueOf(value.getMessage()).contains("damaged"), value.getMessage());
  }

  /** Copies a model file with another manifest. */
  private static void withManifest(Path from, Path to, Consumer<ObjectNode> change)
      throws IOException {
    var json = new ObjectMapper();
    try (var in = new ZipInputStream(Files.newInputStream(from));
        var out = new ZipOutputStream(Files.newOutputStream(to))) {
      out.setLevel(0);
      for (var entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
        out.putNextEntry(new ZipEntry(entry.getName()));
        if (entry.getName().equals("manifest.json")) {
          var manifest = (ObjectNode) json.readTree(in.readAllBytes());
          change.accept(manifest);
          out.write(json.writeValueAsBytes(manifest));
        } else {
          in.transferTo(out);
        }
        out.closeEntry();
      }
    }
  }

  @Test
  void aTruncatedFileIsDamagedAtEveryLength() throws IOException {
    var file = folder.resolve("model.aand");
    try (var model = TinyModel.create(3, false)) {
      ModelStore.write(model, JsonNodeFactory.instance.objectNode(), file);
    }
    byte[] whole = Files.readAllBytes(file);
    for (int length : new int[] {0, 10, 100, 500, 2000, whole.length / 2, whole.length * 9 / 10}) {
      Files.write(file, Arrays.copyOf(whole, length));
      var e = assertThrows(InputException.class, () -> ModelStore.read(file), length + " bytes");
      assertTrue(String.valueOf(e.getMessage()).contains("model.aand"));
    }
  }

  @Test
  void amongItsMapsTheScoreIsTheMaximum() {
    try (var model = TinyModel.create(3, true);
        var detector = new Detector(model)) {
      var found = detector.detect(List.of(image(), new float[image().length]));
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
      float[] other = new float[image().length];
      float[] alone = detector.detect(List.of(image())).get(0).map();
      float[] together = detector.detect(List.of(other, image(), other)).get(1).map();
      assertArrayEquals(alone, together, 1e-5f);
      assertArrayEquals(alone, detector.detect(List.of(image())).get(0).map());
    }
  }

  private static float[] map(Model model, float[] image) {
    try (var detector = new Detector(model)) {
      return detector.detect(List.of(image)).get(0).map();
    }
  }

  private static float[] image() {
    var random = new RandomStreams(9).stream("picture");
    float[] image = new float[TinyModel.SIZE * TinyModel.SIZE * 3];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.nextGaussian();
    }
    return image;
  }
}
