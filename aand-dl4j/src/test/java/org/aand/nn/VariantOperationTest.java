package org.aand.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.UnaryOperator;
import org.aand.common.random.RandomStreams;
import org.junit.jupiter.api.Test;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;

/** The operations of the method's variants: gradients by differences, values by definition. */
class VariantOperationTest {
  private static final double TOLERANCE = 1e-6;

  /** A number of float32, in which the native operation takes it. */
  private static final double SLOPE = 0.25;

  @Test
  void productOfTwoArrays() {
    new GradientCheck("product")
        .input("a", 2, 3, 4, 5)
        .input("b", 2, 3, 4, 5)
        .check(TOLERANCE, (g, v) -> List.of(Product.of(get(v, "a"), get(v, "b"))));
  }

  @Test
  void squareOfAnArray() {
    new GradientCheck("square")
        .input("a", 2, 3, 4, 5)
        .check(TOLERANCE, (g, v) -> List.of(Product.of(get(v, "a"), get(v, "a"))));
  }

  @Test
  void sigmoid() {
    new GradientCheck("sigmoid")
        .input("x", 2, 3, 4, 5)
        .check(TOLERANCE, (g, v) -> List.of(Elementwise.sigmoid(get(v, "x"))));
    double[] x = values(12);
    double[] y = compute(x, v -> Elementwise.sigmoid(v), 1, 2, 2, 3);
    for (int i = 0; i < x.length; i++) {
      assertEquals(1 / (1 + Math.exp(-x[i])), y[i], 1e-12);
    }
  }

  @Test
  void leakyRelu() {
    new GradientCheck("leaky")
        .input("x", 2, 3, 4, 5)
        .check(TOLERANCE, (g, v) -> List.of(Elementwise.leakyRelu(get(v, "x"), SLOPE)));
    double[] x = values(12);
    double[] y = compute(x, v -> Elementwise.leakyRelu(v, SLOPE), 1, 2, 2, 3);
    for (int i = 0; i < x.length; i++) {
      assertEquals(x[i] > 0 ? x[i] : SLOPE * x[i], y[i], 1e-12);
    }
  }

  @Test
  void maxPooling() {
    new GradientCheck("pooling")
        .input("x", 2, 7, 6, 3)
        .check(TOLERANCE, (g, v) -> List.of(MaxPooling.of(get(v, "x"))));
  }

  /** The first convolution of a backbone, whose image is not differentiated by. */
  @Test
  void kernelOfTheStem() {
    var check = new GradientCheck("stem");
    check
        .constant("x", check.uniform(2, 12, 12, 3))
        .input("w", 7, 7, 3, 4)
        .check(TOLERANCE, (g, v) -> List.of(Convolution.of(get(v, "x"), get(v, "w"), 2)));
  }

  @Test
  void instanceNormalisationOfEveryImageAndChannel() {
    int images = 3;
    int locations = 20;
    int channels = 4;
    double[] x = values(images * locations * channels);
    double[] y = compute(x, v -> InstanceNormalization.of(v, 1e-5), images, 4, 5, channels);
    for (int n = 0; n < images; n++) {
      for (int c = 0; c < channels; c++) {
        double mean = 0;
        for (int i = 0; i < locations; i++) {
          mean += x[(n * locations + i) * channels + c] / locations;
        }
        double variance = 0;
        for (int i = 0; i < locations; i++) {
          double d = x[(n * locations + i) * channels + c] - mean;
          variance += d * d / locations;
        }
        for (int i = 0; i < locations; i++) {
          int at = (n * locations + i) * channels + c;
          assertEquals((x[at] - mean) / Math.sqrt(variance + 1e-5), y[at], 1e-10);
        }
      }
    }
  }

  @Test
  void instanceNormalisationIsDifferentiated() {
    new GradientCheck("instance")
        .input("x", 3, 4, 5, 2)
        .check(TOLERANCE, (g, v) -> List.of(InstanceNormalization.of(get(v, "x"), 1e-5)));
  }

  @Test
  void softmaxOverEachImagesMap() {
    new GradientCheck("softmax")
        .input("x", 3, 2, 4, 2)
        .check(TOLERANCE, (g, v) -> List.of(MapSoftmax.of(get(v, "x"))));
    int length = 12;
    double[] x = values(2 * length);
    double[] y = compute(x, MapSoftmax::of, 2, 3, 2, 2);
    for (int image = 0; image < 2; image++) {
      double sum = 0;
      for (int i = 0; i < length; i++) {
        sum += Math.exp(x[image * length + i]);
      }
      for (int i = 0; i < length; i++) {
        assertEquals(Math.exp(x[image * length + i]) / sum, y[image * length + i], 1e-12);
      }
    }
  }

  @Test
  void normOfEveryLocation() {
    double[] x = values(2 * 3 * 2 * 5);
    double[] norms = compute(x, RowNorms::of, 2, 3, 2, 5);
    assertEquals(12, norms.length);
    for (int i = 0; i < norms.length; i++) {
      double sum = 0;
      for (int c = 0; c < 5; c++) {
        sum += x[i * 5 + c] * x[i * 5 + c];
      }
      assertEquals(Math.sqrt(sum), norms[i], 1e-12);
    }
  }

  /** Rows first, then columns, for every image and channel by itself. */
  @Test
  void locationMatrixOnBothSides() {
    int h = 3;
    int to = 6;
    int channels = 2;
    double[] a = values(to * h);
    double[] x = values(2 * h * h * channels);
    double[] y = compute(x, v -> SeparableResample.of(v, size -> a, 2), 2, h, h, channels);
    assertEquals(2 * to * to * channels, y.length);
    for (int at = 0; at < y.length; at++) {
      int c = at % channels;
      int j = at / channels % to;
      int i = at / channels / to % to;
      int n = at / channels / to / to;
      double sum = 0;
      for (int k = 0; k < h; k++) {
        for (int l = 0; l < h; l++) {
          sum += a[i * h + k] * x[((n * h + k) * h + l) * channels + c] * a[j * h + l];
        }
      }
      assertEquals(sum, y[at], 1e-12);
    }
  }

  private static double[] values(int count) {
    var random = new RandomStreams(4).stream("values", count);
    return random.doubles(count, -2, 2).toArray();
  }

  private static double[] compute(double[] x, UnaryOperator<SDVariable> build, long... shape) {
    var graph = SameDiff.create();
    var y = build.apply(graph.placeHolder("x", DataType.DOUBLE));
    try (var program = new Program(graph, new ArrayList<>(List.of(y)), DataType.DOUBLE);
        var input = HostValues.array(x, DataType.DOUBLE, shape)) {
      program.run(Map.of("x", input));
      return HostValues.read(program.run(Map.of("x", input)).get(y));
    }
  }

  private static SDVariable get(Map<String, SDVariable> variables, String name) {
    return Objects.requireNonNull(variables.get(name));
  }
}
