package org.aand.nn;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import java.util.Map;
import org.aand.common.random.RandomStreams;
import org.aand.network.Activation;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Convolutions against their definition, whichever way they are computed. */
class ConvolutionTest {
  private static final double TOLERANCE = 1e-12;

  @ParameterizedTest
  @CsvSource({
    // images, height, width, in, out, window, stride
    "2, 6, 8, 3, 5, 3, 1",
    "2, 6, 8, 3, 5, 3, 2",
    "2, 7, 9, 3, 5, 1, 2",
    "1, 5, 4, 3, 17, 3, 1",
    "1, 5, 4, 3, 17, 3, 2",
    "3, 1, 1, 3, 17, 3, 1",
    "1, 2, 1, 3, 17, 3, 2",
    "1, 4, 4, 2, 40, 5, 1",
    "2, 9, 9, 2, 3, 5, 2",
    "2, 8, 9, 2, 3, 1, 1"
  })
  void isTheSumOverItsWindow(int n, int h, int w, int in, int out, int window, int stride) {
    try (var x = normal("x", n, h, w, in);
        var last = normal("kernel", window, window, in, out);
        var first = last.permute(3, 0, 1, 2).dup('c');
        var bias = normal("bias", out)) {
      var expected = byDefinition(x, last, bias, stride);
      assertClose(
          expected,
          x,
          g ->
              Convolution.of(
                  input(g), g.constant(last), g.constant(bias), stride, Activation.NONE));
      for (var layout : KernelLayout.values()) {
        var kernel = layout == KernelLayout.CHANNELS_OUT_LAST ? last : first;
        assertClose(
            expected,
            x,
            g ->
                Convolution.frozen(
                    input(g),
                    g.constant(kernel),
                    layout,
                    g.constant(bias),
                    null,
                    stride,
                    Activation.NONE));
      }
    }
  }

  private interface Build {
    SDVariable in(SameDiff graph);
  }

  private static SDVariable input(SameDiff graph) {
    return graph.placeHolder("x", DataType.DOUBLE);
  }

  private static void assertClose(double[][][][] expected, INDArray x, Build build) {
    var graph = SameDiff.create();
    var y = build.in(graph);
    try (var program = new Program(graph, List.of(y), DataType.DOUBLE)) {
      var actual = program.run(Map.of("x", x)).get(y);
      for (int n = 0; n < expected.length; n++) {
        for (int i = 0; i < expected[n].length; i++) {
          for (int j = 0; j < expected[n][i].length; j++) {
            for (int d = 0; d < expected[n][i][j].length; d++) {
              assertEquals(expected[n][i][j][d], actual.getDouble(n, i, j, d), TOLERANCE);
            }
          }
        }
      }
    }
  }

  private static double[][][][] byDefinition(
      INDArray x, INDArray kernel, INDArray bias, int stride) {
    int window = (int) kernel.size(0);
    int padding = (window - 1) / 2;
    int height = (int) (x.size(1) - 1) / stride + 1;
    int width = (int) (x.size(2) - 1) / stride + 1;
    var y = new double[(int) x.size(0)][height][width][(int) kernel.size(3)];
    for (int n = 0; n < y.length; n++) {
      for (int i = 0; i < height; i++) {
        for (int j = 0; j < width; j++) {
          for (int d = 0; d < y[n][i][j].length; d++) {
            double sum = bias.getDouble(d);
            for (int a = 0; a < window; a++) {
              for (int b = 0; b < window; b++) {
                int row = i * stride + a - padding;
                int column = j * stride + b - padding;
                if (row < 0 || row >= x.size(1) || column < 0 || column >= x.size(2)) {
                  continue;
                }
                for (int c = 0; c < x.size(3); c++) {
                  sum += x.getDouble(n, row, column, c) * kernel.getDouble(a, b, c, d);
                }
              }
            }
            y[n][i][j][d] = sum;
          }
        }
      }
    }
    return y;
  }

  private static INDArray normal(String name, long... shape) {
    var random = new RandomStreams(5).stream(name);
    var array = Nd4j.create(DataType.DOUBLE, shape);
    for (long i = 0; i < array.length(); i++) {
      array.putScalar(i, random.nextGaussian());
    }
    return array;
  }
}
