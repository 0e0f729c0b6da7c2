package org.aand.train;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.random.RandomGenerator;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.factory.Nd4j;

class AdamTest {
  private static final double RATE = 0.01;

  private final RandomGenerator random = new RandomStreams(5).stream("adam");

  @Test
  void everyStepIsTheTextbooks() {
    var options = new Adam.Options();
    int n = 20;
    double[] expected = random.doubles(n, -1, 1).toArray();
    double[] first = new double[n];
    double[] second = new double[n];
    try (var adam = new Adam(options);
        var parameter = Nd4j.createFromArray(expected.clone())) {
      for (int t = 1; t <= 10; t++) {
        double[] gradient = random.doubles(n, -1, 1).toArray();
        for (int i = 0; i < n; i++) {
          // from far below epsilon to far above it
          gradient[i] *= Math.pow(10, i - 12);
          double g = gradient[i];
          first[i] = options.beta1() * first[i] + (1 - options.beta1()) * g;
          second[i] = options.beta2() * second[i] + (1 - options.beta2()) * g * g;
          double m = first[i] / (1 - Math.pow(options.beta1(), t));
          double v = second[i] / (1 - Math.pow(options.beta2(), t));
          expected[i] -= RATE * m / (Math.sqrt(v) + options.epsilon());
        }
        adam.nextStep();
        adam.update("p", parameter, Nd4j.createFromArray(gradient), RATE);
        for (int i = 0; i < n; i++) {
          assertEquals(expected[i], parameter.getDouble(i), 1e-12);
        }
      }
      assertEquals(10, adam.steps());
      for (int i = 0; i < n; i++) {
        assertEquals(first[i], adam.moments("p").get(0).getDouble(i), 1e-12);
        assertEquals(second[i], adam.moments("p").get(1).getDouble(i), 1e-9 * second[i]);
      }
    }
  }

  @Test
  void theFirstStepGoesByTheSignOfTheGradient() {
    try (var adam = new Adam(new Adam.Options());
        var parameter = Nd4j.createFromArray(0f, 0f, 0f)) {
      adam.nextStep();
      adam.update("p", parameter, Nd4j.createFromArray(1e-3f, -50f, 0f), RATE);
      assertEquals(-RATE, parameter.getDouble(0), 1e-6);
      assertEquals(RATE, parameter.getDouble(1), 1e-6);
      assertEquals(0, parameter.getDouble(2));
    }
  }

  @Test
  void findsTheMinimumOfAParabola() {
    try (var adam = new Adam(new Adam.Options());
        var parameter = Nd4j.createFromArray(3.0)) {
      for (int t = 0; t < 3000; t++) {
        adam.nextStep();
        adam.update("p", parameter, parameter.sub(1).muli(2), RATE);
      }
      assertTrue(Math.abs(parameter.getDouble(0) - 1) < RATE);
    }
  }

  @Test
  void refusesConstantsOutOfRange() {
    assertThrows(IllegalArgumentException.class, () -> new Adam.Options(1, 0.9, 1e-8));
    assertThrows(IllegalArgumentException.class, () -> new Adam.Options(0.5, -0.1, 1e-8));
    assertThrows(IllegalArgumentException.class, () -> new Adam.Options(0.5, 0.9, 0));
    assertThrows(IllegalArgumentException.class, () -> new Adam.Options(Double.NaN, 0.9, 1));
  }
}
