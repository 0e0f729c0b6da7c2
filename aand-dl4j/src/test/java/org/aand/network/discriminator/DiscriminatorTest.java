package org.aand.network.discriminator;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import org.aand.common.random.RandomStreams;
import org.aand.network.ParameterSpec;
import org.aand.network.teacher.Backbone;
import org.aand.nn.GradientCheck;
import org.aand.nn.NoisyPairs;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

/** The parts of SimpleNet's discriminator. */
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

  /** The pooled kernels against unfolding, pooling twice and counting, value by value. */
  @Test
  void patchesArePooledAsTheReleasedCodePoolsThem() {
    for (var channels : List.of(List.of(2, 4), List.of(3, 5), List.of(128, 256))) {
      int b = channels.get(0);
      int c = channels.get(1);
      var random = new RandomStreams(5).stream("patches", b);
      double[] first = random.doubles(9L * b).toArray();
      double[] second = random.doubles(9L * c).toArray();
      double[] both = new double[2 * (b + c)];
      System.arraycopy(pooled(first, b + c), 0, both, 0, b + c);
      System.arraycopy(pooled(second, b + c), 0, both, b + c, b + c);
      double[] expected = pooled(both, b + c);
      var kernels = new PatchPooling(b, c).parameters();
      int half = (b + c) / 2;
      assertArrayEquals(
          Arrays.copyOf(expected, half), product(first, kernels.get(0), b, half), 1e-12);
      assertArrayEquals(
          Arrays.copyOfRange(expected, half, 2 * half),
          product(second, kernels.get(1), c, half),
          1e-12);
    }
  }

  /** Adaptive average pooling. */
  private static double[] pooled(double[] values, int width) {
    double[] pooled = new double[width];
    for (int k = 0; k < width; k++) {
      int from = (int) Math.floor((double) k * values.length / width);
      int to = (int) Math.ceil((double) (k + 1) * values.length / width);
      pooled[k] = Arrays.stream(values, from, to).average().orElseThrow();
    }
    return pooled;
  }

  /** What a 3x3 kernel gives in the middle of a patch {@code [channels, 9]}. */
  private static double[] product(double[] patch, ParameterSpec kernel, int channels, int out) {
    assertEquals(List.of(3L, 3L, (long) channels, (long) out), kernel.shape());
    assertFalse(kernel.trained());
    var unused = new RandomStreams(0).stream("unused");
    double[] result = new double[out];
    for (int i = 0; i < kernel.length(); i++) {
      int channel = i / out % channels;
      int neighbour = i / out / channels;
      result[i % out] += kernel.initializer().draw(unused, i) * patch[channel * 9 + neighbour];
    }
    return result;
  }

  @Test
  void withThePapersBackboneItHasSimpleNetsWidth() {
    var discriminator = Discriminator.of(Backbone.named("wide_resnet50_2"));
    assertEquals(1536, discriminator.channels());
    assertEquals(1536, Discriminator.simpleNet(Backbone.named("wide_resnet50_2"), 8).channels());
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
