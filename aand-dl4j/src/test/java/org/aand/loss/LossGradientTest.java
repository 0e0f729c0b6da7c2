package org.aand.loss;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.aand.nn.GradientCheck;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** The losses against central differences in double precision. */
class LossGradientTest {
  @ParameterizedTest
  @ValueSource(doubles = {0, 1, 2, 3.5})
  void focal(double gamma) {
    var check = new GradientCheck("focal");
    check
        .input("p", check.uniform(20, 1).muli(0.4).addi(0.5))
        .constant(
            "mask", check.uniform(20, 1).gt(0).castTo(org.nd4j.linalg.api.buffer.DataType.DOUBLE))
        .check(
            1e-6,
            (g, v) ->
                List.of(
                    FocalLoss.of(get(v, "p"), get(v, "mask"), new FocalLoss.Options(0.8, gamma))));
  }

  @Test
  void amplification() {
    var check = new GradientCheck("amplification");
    check
        .input("t", 5, 1, 1, 6)
        .constant("n", check.uniform(7, 1, 1, 6))
        .constant("i", check.uniform(5, 1, 1, 6))
        .constant("wn", Nd4j.createFromArray(1.0, 1, 1, 1, 1, 0, 0).reshape(7, 1))
        .constant("wa", Nd4j.createFromArray(0.05, 0.05, 0.05, 0.05, 0).reshape(1, 5))
        .check(
            1e-6,
            (g, v) ->
                List.of(
                    AmplificationLoss.of(
                        get(v, "n"), get(v, "i"), get(v, "t"), get(v, "wn"), get(v, "wa"), 0.3)));
  }

  @Test
  void bothPartsOfDistillation() {
    var check = new GradientCheck("distillation");
    check
        .input("s", 3, 4, 5, 6)
        .constant("t", check.uniform(3, 4, 5, 6))
        .check(
            1e-6,
            (g, v) -> {
              var parts = DistillationLoss.of(get(v, "t"), get(v, "s"), 3);
              return List.of(parts.hard(), parts.global());
            });
  }

  @Test
  void distillationOfTheGlobalPartAlone() {
    var check = new GradientCheck("global");
    check
        .input("s", 2, 3, 3, 4)
        .constant("t", check.uniform(2, 3, 3, 4))
        .check(1e-6, (g, v) -> List.of(DistillationLoss.of(get(v, "t"), get(v, "s"), 3).global()));
  }

  /** RD++ compares projections with projections, which both learn. */
  @Test
  void distillationByBothSides() {
    new GradientCheck("both")
        .input("t", 2, 3, 4, 5)
        .input("s", 2, 3, 4, 5)
        .check(
            1e-6,
            (g, v) -> {
              var parts = DistillationLoss.of(get(v, "t"), get(v, "s"), Integer.MAX_VALUE);
              return List.of(parts.hard(), parts.global());
            });
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 5, 6})
  void transportBetweenTheHalvesOfABatch(int images) {
    new GradientCheck("transport")
        .input("x", images, 1, 2, 3)
        .check(1e-6, (g, v) -> List.of(SinkhornDivergence.of(get(v, "x"), 0.5)));
  }

  @Test
  void contrast() {
    var check = new GradientCheck("contrast");
    check
        .input("x", 2, 3, 2, 5)
        .constant("n", weights(0.25, 0, 0.25, 0.25, 0.25, 0, 0, 0, 0, 0, 0, 0))
        .constant("a", weights(0, 0.5, 0, 0, 0, 0, 0, 0, 0, 0.25, 0.25, 0))
        .check(1e-6, (g, v) -> List.of(ContrastiveLoss.of(get(v, "x"), get(v, "n"), get(v, "a"))));
  }

  @Test
  void truncated() {
    new GradientCheck("truncated")
        .input("s", 4, 3, 2, 1)
        .check(1e-6, (g, v) -> List.of(TruncatedLoss.of(get(v, "s"), 0.5)));
  }

  private static INDArray weights(double... values) {
    return Nd4j.createFromArray(values).reshape(values.length, 1);
  }

  private static SDVariable get(Map<String, SDVariable> variables, String name) {
    return Objects.requireNonNull(variables.get(name));
  }
}
