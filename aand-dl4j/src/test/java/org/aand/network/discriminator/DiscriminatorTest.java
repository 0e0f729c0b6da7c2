package org.aand.network.discriminator;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.List;
import java.util.Objects;
import org.aand.network.ParameterSpec;
import org.aand.network.teacher.Backbone;
import org.aand.nn.GradientCheck;
import org.aand.nn.NoisyPairs;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The parts of the SimpleNet-style discriminator. */
class DiscriminatorTest {
  @Test
  void noisyPairsPassBothGradientsOn() {
    var check = new GradientCheck("pairs");
    INDArray noise = check.uniform(2, 3, 4, 5);
    check
        .input("x", 2, 3, 4, 5)
        .constant("noise", noise)
        .check(
            1e-6,
            (g, v) ->
                List.of(
                    NoisyPairs.of(
                        Objects.requireNonNull(v.get("x")),
                        Objects.requireNonNull(v.get("noise")))));
  }

  /** Inside, neighbours are averaged; at the border what lies outside counts as zero. */
  @Test
  void averagesOfNeighbours() {
    double[] matrix = PatchFeatures.average(4);
    for (int i = 0; i < 4; i++) {
      double sum = 0;
      for (int j = 0; j < 4; j++) {
        sum += matrix[i * 4 + j];
        assertEquals(Math.abs(i - j) <= 1 ? 1 / 3.0 : 0, matrix[i * 4 + j]);
      }
      assertEquals(i == 0 || i == 3 ? 2 / 3.0 : 1, sum, 1e-15);
    }
  }

  /** Pixel centres are kept, so that a ramp stays a ramp of half the slope but for its ends. */
  @Test
  void enlargingKeepsARamp() {
    double[] matrix = PatchFeatures.enlarging(5);
    for (int i = 0; i < 10; i++) {
      double value = 0;
      double sum = 0;
      for (int j = 0; j < 5; j++) {
        value += matrix[i * 5 + j] * j;
        sum += matrix[i * 5 + j];
      }
      assertEquals(1, sum, 1e-15);
      assertEquals(Math.min(4, Math.max(0, (i + 0.5) / 2 - 0.5)), value, 1e-12);
    }
  }

  @Test
  void withThePapersBackboneItHasSimpleNetsWidth() {
    var discriminator = Discriminator.of(Backbone.named("wide_resnet50_2"));
    assertEquals(1536, discriminator.channels());
    long learned =
        discriminator.parameters().stream()
            .filter(ParameterSpec::trained)
            .mapToLong(ParameterSpec::length)
            .sum();
    // Adaptor with bias, hidden kernel, its normalisation, score.
    assertEquals(1536L * 1536 + 1536 + 1536L * 1024 + 2 * 1024 + 1024, learned);
    assertTrue(
        discriminator.parameters().stream().anyMatch(spec -> Discriminator.ofAdaptor(spec.name())));
  }
}
