package org.aand.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.aand.network.ConvLayer;
import org.aand.network.ConvNorm;
import org.aand.network.LocationGaussians;
import org.aand.network.ParameterSpec;
import org.aand.runtime.engine.FoldedNorm;

/**
 * The initializers that come from the parameters of one layer.
 *
 * @param parameters their full names
 * @param tensors what becomes of them, in the order of the values
 * @param values computes the tensors' values from those of the parameters, which it may overwrite
 */
record Layer(
    List<String> parameters,
    List<Tensor> tensors,
    Function<Map<String, float[]>, List<float[]>> values) {

  /**
   * An initializer without its values.
   *
   * @param name in the graph
   * @param shape such as {@code [out, in, kH, kW]}
   */
  record Tensor(String name, List<Long> shape) {
    static Tensor of(String name, long... shape) {
      return new Tensor(name, Arrays.stream(shape).boxed().toList());
    }

    /** Number of its values. */
    long length() {
      return shape.stream().reduce(1L, Math::multiplyExact);
    }
  }

  /** A convolution, transposed or not, with its normalisation folded in. */
  static Layer of(ConvNorm layer) {
    var kernel = layer.conv() + "/kernel";
    int rows = layer.transposed() ? layer.out() : layer.in();
    int columns = layer.transposed() ? layer.in() : layer.out();
    int size = layer.kernel() * layer.kernel();
    return new Layer(
        layer.parameters().stream().map(ParameterSpec::name).toList(),
        List.of(
            Tensor.of(kernel, columns, rows, layer.kernel(), layer.kernel()),
            Tensor.of(layer.conv() + "/bias", layer.out())),
        values -> {
          float[] bias = FoldedNorm.fold(layer, values);
          return List.of(channelsFirst(get(values, kernel), size, rows, columns), bias);
        });
  }

  /** A convolution without normalisation. */
  static Layer of(ConvLayer layer) {
    var parameters = new ArrayList<>(List.of(layer.kernelName()));
    var tensors = new ArrayList<Tensor>();
    tensors.add(
        Tensor.of(layer.kernelName(), layer.out(), layer.in(), layer.kernel(), layer.kernel()));
    if (layer.biased()) {
      parameters.add(layer.biasName());
      tensors.add(Tensor.of(layer.biasName(), layer.out()));
    }
    int size = layer.kernel() * layer.kernel();
    return new Layer(
        parameters,
        tensors,
        values -> {
          var all = new ArrayList<float[]>();
          all.add(channelsFirst(get(values, layer.kernelName()), size, layer.in(), layer.out()));
          if (layer.biased()) {
            all.add(get(values, layer.biasName()));
          }
          return all;
        });
  }

  /**
   * Memory items {@code [count, C]} as a 1x1 kernel of unit vectors over the temperature, so that
   * the products over the queries' norms go to the softmax.
   */
  static Layer items(String name, int count, int channels, double temperature) {
    return new Layer(
        List.of(name),
        List.of(Tensor.of(name, count, channels, 1, 1)),
        values -> {
          float[] items = get(values, name);
          for (int from = 0; from < items.length; from += channels) {
            double square = 0;
            for (int c = from; c < from + channels; c++) {
              square += (double) items[c] * items[c];
            }
            double divisor = Math.sqrt(square) * temperature;
            for (int c = from; c < from + channels; c++) {
              items[c] = (float) (items[c] / divisor);
            }
          }
          return List.of(items);
        });
  }

  /**
   * A memory bank {@code [items, C]} in blocks {@code [m, C]}, and behind these of each block
   * {@code -|item|^2 / 2}, {@code [m]}.
   */
  static Layer bank(String name, int items, int channels, int block) {
    var blocks = new ArrayList<Tensor>();
    var halfSquares = new ArrayList<Tensor>();
    for (int first = 0; first < items; first += block) {
      int count = Math.min(block, items - first);
      blocks.add(Tensor.of(name + "_from_" + first, count, channels));
      halfSquares.add(Tensor.of(name + "_half_squares_from_" + first, count));
    }
    blocks.addAll(halfSquares);
    return new Layer(
        List.of(name),
        blocks,
        values -> {
          float[] bank = get(values, name);
          var tensors = new ArrayList<float[]>();
          for (int first = 0; first < items; first += block) {
            int end = Math.min(items, first + block);
            tensors.add(Arrays.copyOfRange(bank, first * channels, end * channels));
          }
          var squares = tensors.stream().map(part -> halfSquares(part, channels)).toList();
          tensors.addAll(squares);
          return tensors;
        });
  }

  private static float[] halfSquares(float[] items, int channels) {
    float[] result = new float[items.length / channels];
    for (int i = 0; i < result.length; i++) {
      double square = 0;
      for (int c = i * channels; c < (i + 1) * channels; c++) {
        square += (double) items[c] * items[c];
      }
      result[i] = (float) (-square / 2);
    }
    return result;
  }

  /**
   * Gaussians: means {@code [L, 1, C]} and the transposed of the whole whitening matrices, {@code
   * [L, C, C]}.
   */
  static Layer of(LocationGaussians gaussians) {
    int locations = gaussians.height() * gaussians.width();
    int channels = gaussians.channels();
    return new Layer(
        gaussians.parameters().stream().map(ParameterSpec::name).toList(),
        List.of(
            Tensor.of(gaussians.meansName(), locations, 1, channels),
            Tensor.of(gaussians.name() + "/whitening", locations, channels, channels)),
        values -> {
          float[] whole =
              new float[Math.multiplyExact(locations, Math.multiplyExact(channels, channels))];
          int row = gaussians.width() * channels * channels;
          for (int i = 0; i < gaussians.height(); i++) {
            float[] triangles = get(values, gaussians.whiteningName(i));
            gaussians.unpack(triangles, gaussians.width(), whole, i * row);
          }
          for (int at = 0; at < whole.length; at += channels * channels) {
            transpose(whole, at, channels);
          }
          return List.of(get(values, gaussians.meansName()), whole);
        });
  }

  private static void transpose(float[] matrix, int at, int n) {
    for (int i = 0; i < n; i++) {
      for (int j = 0; j < i; j++) {
        float below = matrix[at + i * n + j];
        matrix[at + i * n + j] = matrix[at + j * n + i];
        matrix[at + j * n + i] = below;
      }
    }
  }

  private static float[] get(Map<String, float[]> values, String name) {
    float[] found = values.get(name);
    if (found == null) {
      throw new IllegalStateException("no values of the parameter " + name);
    }
    return found;
  }

  /** From {@code [size, rows, columns]} to {@code [columns, rows, size]}. */
  private static float[] channelsFirst(float[] kernel, int size, int rows, int columns) {
    float[] result = new float[kernel.length];
    for (int k = 0; k < size; k++) {
      for (int r = 0; r < rows; r++) {
        int from = (k * rows + r) * columns;
        for (int c = 0; c < columns; c++) {
          result[(c * rows + r) * size + k] = kernel[from + c];
        }
      }
    }
    return result;
  }
}
