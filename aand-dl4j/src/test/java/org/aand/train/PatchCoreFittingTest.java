package org.aand.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.aand.common.random.RandomStreams;
import org.aand.model.ModelFile;
import org.aand.model.Scoring;
import org.aand.network.patchcore.PatchCore;
import org.aand.network.patchcore.PatchFeatures;
import org.aand.nn.HostValues;
import org.aand.runtime.RuntimeModel;
import org.aand.samediff.Model;
import org.aand.samediff.ModelStore;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** PatchCore from images to map and image score, against the same computed plainly. */
class PatchCoreFittingTest {
  private static final int SIZE = FittedModel.SIZE;
  private static final int MAP = SIZE / 8;
  private static final int ITEMS = 6 * MAP * MAP / 3;
  private static final PatchCore BANK = PatchCore.of(FittedModel.BACKBONE, ITEMS);

  /** Of the greatest distance: features in single precision. */
  private static final double TOLERANCE = 1e-4;

  private static Model fitted(long seed) {
    return FittedModel.of(new Scoring.PatchDistance(BANK), settings(seed));
  }

  private static TrainingSettings settings(long seed) {
    return new TrainingSettings(1, 1, 4, seed);
  }

  @Test
  void findsDistancesAndScoreThatAPlainComputationFinds() {
    var random = new RandomStreams(8).stream("new image");
    float[] image = settings(0).normalisation().apply(FittedModel.IMAGES.images().get(0));
    for (int i = 0; i < image.length / 3; i++) {
      image[i] += (float) (0.3 * random.nextGaussian());
    }
    try (var model = fitted(5);
        var detector = inJava(model).detector(2);
        var plan = new org.aand.samediff.Detector(model)) {
      double[][] bank = rows(HostValues.read(model.parameters().get(BANK.bank().name())));
      double[][] patches = patches(model, image);
      double[] expected =
          Arrays.stream(patches)
              .mapToDouble(patch -> distance(patch, nearest(patch, bank)))
              .toArray();
      double score = score(patches, expected, bank);
      double greatest = Arrays.stream(expected).max().orElseThrow();
      assertTrue(score < greatest && score > 0.8 * greatest, "score " + score + " of " + greatest);
      for (var found :
          List.of(
              detector.discrepancies(List.of(image)).get(0),
              plan.discrepancies(List.of(image)).get(0))) {
        assertArrayEquals(expected, found.get(0), TOLERANCE * greatest);
        assertEquals(score, found.get(1)[0], TOLERANCE * greatest);
      }
      assertEquals(score, detector.detect(image).score(), TOLERANCE * greatest);
      assertEquals(score, plan.detect(image).score(), TOLERANCE * greatest);
    }
  }

  /** A patch of the training images that is in the bank is at no distance, the others are near. */
  @Test
  void theBankHoldsPatchesOfTheTrainingImages() {
    try (var model = fitted(5)) {
      double[][] bank = rows(HostValues.read(model.parameters().get(BANK.bank().name())));
      var all = new ArrayList<double[]>();
      for (var image : FittedModel.IMAGES.images()) {
        all.addAll(List.of(patches(model, settings(0).normalisation().apply(image))));
      }
      double[][] patches = all.toArray(double[][]::new);
      for (double[] item : bank) {
        assertEquals(0, distance(item, nearest(item, patches)), 1e-4);
      }
      assertEquals(ITEMS, Arrays.stream(bank).map(Arrays::toString).distinct().count());
    }
  }

  @Test
  void theSameSeedGivesTheSameFileAndAnotherAnotherBank(@TempDir Path folder) throws IOException {
    for (var name : List.of("once", "twice")) {
      try (var model = fitted(5)) {
        ModelStore.write(model, JsonNodeFactory.instance.objectNode(), folder.resolve(name));
      }
    }
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("once")), Files.readAllBytes(folder.resolve("twice")));
    var contents = ModelFile.inspect(folder.resolve("once"));
    assertEquals("2.5", contents.version());
    assertEquals(new Scoring.PatchDistance(BANK), contents.description().scoring());
    try (var one = fitted(5);
        var other = fitted(6)) {
      assertFalse(
          Arrays.equals(
              HostValues.read(one.parameters().get(BANK.bank().name())),
              HostValues.read(other.parameters().get(BANK.bank().name()))));
    }
  }

  private static RuntimeModel inJava(Model model) {
    return RuntimeModel.of(
        model.description(), spec -> HostValues.readSingle(model.parameters().get(spec.name())));
  }

  private static double[] nearest(double[] x, double[][] items) {
    return Arrays.stream(items)
        .min(Comparator.comparingDouble(item -> distance(x, item)))
        .orElseThrow();
  }

  private static double distance(double[] a, double[] b) {
    double square = 0;
    for (int c = 0; c < a.length; c++) {
      square += (a[c] - b[c]) * (a[c] - b[c]);
    }
    return Math.sqrt(square);
  }

  private static double score(double[][] patches, double[] distances, double[][] bank) {
    int farthest =
        IntStream.range(0, distances.length)
            .boxed()
            .max(Comparator.comparingDouble(i -> distances[i]))
            .orElseThrow();
    double[] item = nearest(patches[farthest], bank);
    double sum =
        Arrays.stream(bank)
            .sorted(Comparator.comparingDouble(other -> distance(item, other)))
            .limit(PatchCore.NEIGHBOURS)
            .mapToDouble(other -> Math.exp(distance(patches[farthest], other)))
            .sum();
    return (1 - Math.exp(distances[farthest]) / sum) * distances[farthest];
  }

  private static double[][] rows(double[] bank) {
    return IntStream.range(0, ITEMS)
        .mapToObj(i -> Arrays.copyOfRange(bank, i * BANK.channels(), (i + 1) * BANK.channels()))
        .toArray(double[][]::new);
  }

  /** Patch features of an image from its levels, neighbour by neighbour. */
  private static double[][] patches(Model model, float[] image) {
    int b = FittedModel.BACKBONE.channels().get(1);
    try (var teacher = new FrozenFeatures(model.teacher(), model.parameters());
        var input = HostValues.array(image, 1, SIZE, SIZE, 3)) {
      var levels = teacher.of(input);
      double[][] patches = new double[MAP * MAP][PatchFeatures.channels(FittedModel.BACKBONE)];
      for (int i = 0; i < patches.length; i++) {
        int y = i / MAP;
        int x = i % MAP;
        for (int c = 0; c < patches[i].length; c++) {
          patches[i][c] =
              c < b
                  ? mean(levels.get(1), y, x, c)
                  : between(levels.get(2), (y - 0.5) / 2, (x - 0.5) / 2, c - b);
        }
      }
      return patches;
    }
  }

  private static double between(INDArray level, double y, double x, int channel) {
    int last = MAP / 2 - 1;
    double atY = Math.min(last, Math.max(0, y));
    double atX = Math.min(last, Math.max(0, x));
    int top = (int) atY;
    int left = (int) atX;
    double sum = 0;
    for (int dy = 0; dy < 2; dy++) {
      for (int dx = 0; dx < 2; dx++) {
        double weight =
            (dy == 0 ? 1 - (atY - top) : atY - top) * (dx == 0 ? 1 - (atX - left) : atX - left);
        sum += weight * mean(level, Math.min(last, top + dy), Math.min(last, left + dx), channel);
      }
    }
    return sum;
  }

  /** Of nine neighbours, those outside the map zero. */
  private static double mean(INDArray level, int y, int x, int channel) {
    double sum = 0;
    for (int i = y - 1; i <= y + 1; i++) {
      for (int j = x - 1; j <= x + 1; j++) {
        if (i >= 0 && j >= 0 && i < level.size(1) && j < level.size(2)) {
          sum += level.getDouble(0, i, j, channel) / 9;
        }
      }
    }
    return sum;
  }
}
