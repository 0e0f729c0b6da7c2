package org.aand.pipeline;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.aand.common.image.ImageSize;
import org.aand.common.random.RandomStreams;
import org.aand.io.synthesis.ProceduralTextures;
import org.aand.model.ModelFile;
import org.aand.network.raa.Gate;
import org.aand.network.raa.Residual;
import org.aand.network.teacher.Backbone;
import org.aand.nn.Parameters;
import org.aand.samediff.Detector;
import org.aand.samediff.Model;
import org.aand.samediff.ModelStore;
import org.aand.train.TinyModel;
import org.aand.train.Training;
import org.aand.train.TrainingListener;
import org.aand.train.TrainingSettings;
import org.aand.variant.Variant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.api.buffer.DataType;

/** Every variant trains an epoch on a tiny network, and its file scores as it did. */
class VariantTrainingTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Backbone TINY = new Backbone("tiny", false, List.of(1, 1, 1), 64, 16);
  private static final int SIZE = TinyModel.SIZE;

  private final Path folder;

  VariantTrainingTest(@TempDir Path folder) {
    this.folder = folder;
  }

  /** A variant, the stages that train it, and the parts of the network that change. */
  record Expected(Variant variant, List<String> stages, Set<String> trained) {}

  static List<Expected> variants() {
    var paper = new Variant();
    var raa = Set.of("raa", "student");
    var both = List.of("STAGE1", "STAGE2");
    return List.of(
        new Expected(Variant.gateAlone(), List.of("STAGE1"), Set.of("raa")),
        new Expected(paper.with(Gate.NONE, Residual.TANH).withHardest(0), both, raa),
        new Expected(paper.withHardest(0), both, raa),
        new Expected(Variant.rd().withHardest(10), List.of("STAGE2"), Set.of("student")),
        new Expected(paper.with(Gate.MATCHING, Residual.SIGMOID), both, raa),
        new Expected(paper.with(Gate.MATCHING, Residual.LEARNABLE), both, raa),
        new Expected(paper.withMemoryItems(5).withHardest(2), both, raa),
        new Expected(Variant.contrastive(), both, Set.of("backbone", "student")),
        new Expected(Variant.simpleNetStyle(), List.of("DISCRIMINATOR"), Set.of("discriminator")),
        new Expected(Variant.simpleNet(), List.of("DISCRIMINATOR"), Set.of("discriminator")),
        new Expected(Variant.rdPlusPlus(), List.of("STAGE2"), Set.of("projections", "student")),
        new Expected(Variant.studentTeacher(), List.of("STAGE2"), Set.of("student")),
        new Expected(Variant.padim(), List.of(), Set.of("padim")),
        new Expected(Variant.patchCore(), List.of(), Set.of("patchcore")));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void trainsOnlyItsOwnPartsAndScoresTheSameFromItsFile(Expected expected) {
    var variant = expected.variant();
    var stages = new ArrayList<String>();
    var file = folder.resolve("model.aand");
    float[] trained;
    try (var model = model(variant)) {
      var before = sums(model);
      Training.run(
          model,
          TinyModel.images(4),
          new ProceduralTextures(1, 4, SIZE, SIZE),
          Network.settings(variant, new TrainingSettings(1, 1, 4, 1)),
          new TrainingListener() {
            @Override
            public void onEpochEnd(Epoch epoch) {
              stages.add(epoch.stage().name());
              epoch.losses().forEach((name, loss) -> assertTrue(Double.isFinite(loss), name));
            }
          });
      assertEquals(expected.trained(), changed(before, model));
      ModelStore.write(
          model, ModelFile.Notes.of(JSON.createObjectNode(), JSON.valueToTree(variant)), file);
      trained = map(model);
    }
    assertEquals(expected.stages(), stages);
    var stored = ModelStore.read(file);
    assertEquals(variant, Variant.read(stored.notes().method()));
    try (var model = stored.model()) {
      assertArrayEquals(trained, map(model));
    }
  }

  /** A file that does not name its method has RD++'s layers all the same. */
  @Test
  void projectionsSurviveTheirFile() {
    var file = folder.resolve("model.aand");
    float[] before;
    try (var model = model(Variant.rdPlusPlus())) {
      ModelStore.write(model, JSON.createObjectNode(), file);
      before = map(model);
    }
    var stored = ModelStore.read(file);
    assertTrue(stored.notes().method().isMissingNode());
    try (var model = stored.model()) {
      assertTrue(model.student().projects());
      assertArrayEquals(before, map(model));
    }
  }

  private static Model model(Variant variant) {
    var backbone = Parameters.initialise(TINY.parameters(), DataType.FLOAT, new RandomStreams(7));
    var size = ImageSize.square(SIZE);
    return Network.of(variant, TINY, size, new TrainingSettings()).model(backbone, size, 7);
  }

  /** The sum of every parameter and running statistic; training changes it or nothing. */
  private static Map<String, Double> sums(Model model) {
    var sums = new LinkedHashMap<String, Double>();
    model
        .parameters()
        .all()
        .forEach((name, array) -> sums.put(name, array.sumNumber().doubleValue()));
    return sums;
  }

  /** The parts in which any sum is another one. */
  private static Set<String> changed(Map<String, Double> before, Model after) {
    var parts = new TreeSet<String>();
    sums(after)
        .forEach(
            (name, sum) -> {
              if (!sum.equals(before.get(name))) {
                parts.add(part(name));
              }
            });
    return parts;
  }

  private static String part(String parameter) {
    return switch (parameter.substring(0, parameter.indexOf('_'))) {
      case "raa" -> "raa";
      case "bottleneck", "decoder1", "decoder2", "decoder3", "student" -> "student";
      case "projection" -> "projections";
      case "discriminator" -> "discriminator";
      case "padim" -> "padim";
      case "patchcore" -> "patchcore";
      default -> "backbone";
    };
  }

  private static float[] map(Model model) {
    var random = new RandomStreams(9).stream("picture");
    float[] image = new float[SIZE * SIZE * 3];
    for (int i = 0; i < image.length; i++) {
      image[i] = (float) random.nextGaussian();
    }
    try (var detector = new Detector(model)) {
      return detector.detect(List.of(image)).get(0).map();
    }
  }
}
