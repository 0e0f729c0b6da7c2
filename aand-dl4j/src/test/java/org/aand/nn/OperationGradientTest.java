package org.aand.nn;

import java.util.List;
import java.util.Objects;
import org.aand.network.Activation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.nd4j.autodiff.samediff.SDVariable;

/** Every differentiable operation against central differences in double precision. */
class OperationGradientTest {
  private static final double TOLERANCE = 1e-6;

  @ParameterizedTest
  @CsvSource({"1,1", "1,2", "3,1", "3,2"})
  void convolution(int size, int stride) {
    new GradientCheck("convolution")
        .input("x", 2, 6, 8, 3)
        .input("w", size, size, 3, 5)
        .check(TOLERANCE, (g, v) -> List.of(Convolution.of(get(v, "x"), get(v, "w"), stride)));
  }

  /** So few locations that it is computed by matrix products. */
  @ParameterizedTest
  @CsvSource({"2,3,1", "3,2,2", "1,1,1", "1,2,2", "4,5,2"})
  void convolutionOfFewLocations(int height, int width, int stride) {
    new GradientCheck("few locations")
        .input("x", 1, height, width, 2)
        .input("w", 3, 3, 2, 7)
        .check(TOLERANCE, (g, v) -> List.of(Convolution.of(get(v, "x"), get(v, "w"), stride)));
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void convolutionWithBias(Activation activation) {
    new GradientCheck("bias")
        .input("x", 2, 4, 5, 3)
        .input("w", 1, 1, 3, 5)
        .input("b", 5)
        .check(
            TOLERANCE,
            (g, v) ->
                List.of(Convolution.of(get(v, "x"), get(v, "w"), get(v, "b"), 1, activation)));
  }

  @Test
  void transposedConvolution() {
    new GradientCheck("transposed")
        .input("x", 2, 3, 4, 5)
        .input("w", 2, 2, 3, 5)
        .check(TOLERANCE, (g, v) -> List.of(TransposedConvolution.of(get(v, "x"), get(v, "w"))));
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void batchNormalization(Activation activation) {
    new GradientCheck("norm")
        .input("x", 3, 4, 5, 6)
        .input("gamma", 6)
        .input("beta", 6)
        .check(
            TOLERANCE,
            (g, v) ->
                List.of(
                    BatchNormalization.of(
                            get(v, "x"), get(v, "gamma"), get(v, "beta"), null, 1e-5, activation)
                        .y()));
  }

  @ParameterizedTest
  @EnumSource(Activation.class)
  void batchNormalizationWithResidual(Activation activation) {
    new GradientCheck("norm-residual")
        .input("x", 3, 4, 5, 6)
        .input("gamma", 6)
        .input("beta", 6)
        .input("r", 3, 4, 5, 6)
        .check(
            TOLERANCE,
            (g, v) ->
                List.of(
                    BatchNormalization.of(
                            get(v, "x"),
                            get(v, "gamma"),
                            get(v, "beta"),
                            get(v, "r"),
                            1e-5,
                            activation)
                        .y()));
  }

  @Test
  void concatenationAndSumUseAnInputTwice() {
    new GradientCheck("concat")
        .input("a", 2, 3, 4, 2)
        .input("b", 2, 3, 4, 5)
        .check(
            TOLERANCE,
            (g, v) -> {
              var joined = ChannelConcat.of(List.of(get(v, "a"), get(v, "b"), get(v, "a")));
              return List.of(Sum.of(joined, joined));
            });
  }

  private static SDVariable get(java.util.Map<String, SDVariable> variables, String name) {
    return Objects.requireNonNull(variables.get(name));
  }
}
