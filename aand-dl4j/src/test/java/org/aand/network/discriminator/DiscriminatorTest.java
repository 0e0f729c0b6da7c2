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
