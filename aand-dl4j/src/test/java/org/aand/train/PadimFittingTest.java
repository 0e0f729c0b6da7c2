package org.aand.train;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.aand.common.random.RandomStreams;
import org.aand.model.ModelFile;
import org.aand.model.Scoring;
import org.aand.network.padim.Padim;
import org.aand.nn.HostValues;
import org.aand.runtime.RuntimeModel;
import org.aand.samediff.Model;
import org.aand.samediff.ModelStore;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.MatrixUtils;
import org.apache.commons.math3.stat.correlation.Covariance;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.nd4j.linalg.api.ndarray.INDArray;

/** PaDiM from images to the map of distances, against the same computed plainly. */
class PadimFittingTest {
  private static final int SIZE = FittedModel.SIZE;
  private static final int MAP = SIZE / 4;
  private static final TrainingSettings SETTINGS = new TrainingSettings(1, 1, 4, 2);

  /** Of the greatest distance: features in single precision, and their covariances of them. */
  private static final double TOLERANCE = 1e-4;

  private static Model fitted(long seed) {
    var padim =
        Padim.drawn(
            FittedModel.BACKBONE, MAP, MAP, 9, new RandomStreams(seed).stream("PaDiM's channels"));
    return FittedModel.of(new Scoring.GaussianDistance(padim), SETTINGS);
  }

  @Test
  void findsTheDistancesThatAPlainComputationFinds() {
    var random = new RandomStreams(8).stream("new image");
    float[] image = SETTINGS.normalisation().apply(FittedModel.IMAGES.images().get(0));
    for (int i = 0; i < image.length; i++) {
      image[i] += (float) (0.3 * random.nextGaussian());
    }
    try (var model = fitted(5);
        var detector = inJava(model).detector(2);
        var plan = new org.aand.samediff.Detector(model)) {
      double[] expected = distances(model, image);
      double greatest = java.util.Arrays.stream(expected).max().orElseThrow();
      assertTrue(greatest > 1, "an unusual image is far from the usual ones");
      assertArrayEquals(
          expected, detector.discrepancies(List.of(image)).get(0).get(0), TOLERANCE * greatest);
      assertArrayEquals(
          expected, plan.discrepancies(List.of(image)).get(0).get(0), TOLERANCE * greatest);
    }
  }

  @Test
  void theSameSeedGivesTheSameFileAndAnotherOtherChannels(@TempDir Path folder) throws IOException {
    for (var name : List.of("once", "twice")) {
      try (var model = fitted(5)) {
        ModelStore.write(model, JsonNodeFactory.instance.objectNode(), folder.resolve(name));
      }
    }
    assertArrayEquals(
        Files.readAllBytes(folder.resolve("once")), Files.readAllBytes(folder.resolve("twice")));
    assertEquals("2.5", ModelFile.inspect(folder.resolve("once")).version());
    try (var model = fitted(6)) {
      assertNotEquals(
          ModelFile.inspect(folder.resolve("once")).description().scoring(), model.scoring());
    }
  }

  private static RuntimeModel inJava(Model model) {
    return RuntimeModel.of(
        model.description(), spec -> HostValues.readSingle(model.parameters().get(spec.name())));
  }

  /** In double precision from the levels on, by the inverse of the covariance. */
  private static double[] distances(Model model, float[] image) {
    var padim = ((Scoring.GaussianDistance) model.scoring()).padim();
    var normal = new ArrayList<double[][]>();
    double[][] tested;
    try (var teacher = new FrozenFeatures(model.teacher(), model.parameters())) {
      for (var each : FittedModel.IMAGES.images()) {
        normal.add(features(teacher, padim, SETTINGS.normalisation().apply(each)));
      }
      tested = features(teacher, padim, image);
    }
    double[] distances = new double[MAP * MAP];
    for (int location = 0; location < distances.length; location++) {
      double[][] rows = new double[normal.size()][];
      for (int n = 0; n < rows.length; n++) {
        rows[n] = normal.get(n)[location];
      }
      var covariance = new Covariance(rows).getCovarianceMatrix();
      double[] x = tested[location].clone();
      for (int i = 0; i < x.length; i++) {
        covariance.addToEntry(i, i, 0.01);
        for (double[] row : rows) {
          x[i] -= row[i] / rows.length;
        }
      }
      var inverse = new LUDecomposition(covariance).getSolver().getInverse();
      var vector = MatrixUtils.createRealVector(x);
      distances[location] = Math.sqrt(vector.dotProduct(inverse.operate(vector)));
    }
    return distances;
  }

  /** {@code [H W, channels]}: a location of a deeper level counts for all that it covers. */
  private static double[][] features(FrozenFeatures teacher, Padim padim, float[] image) {
    try (var input = HostValues.array(image, 1, SIZE, SIZE, 3)) {
      var levels = teacher.of(input);
      double[][] features = new double[MAP * MAP][padim.channels().size()];
      for (int i = 0; i < padim.channels().size(); i++) {
        int channel = padim.channels().get(i);
        int level = 0;
        while (channel >= levels.get(level).size(3)) {
          channel -= (int) levels.get(level).size(3);
          level++;
        }
        for (int location = 0; location < features.length; location++) {
          int y = location / MAP >> level;
          int x = location % MAP >> level;
          features[location][i] = at(levels.get(level), y, x, channel);
        }
      }
      return features;
    }
  }

  private static double at(INDArray level, int y, int x, int channel) {
    return level.getDouble(0, y, x, channel);
  }
}
