package org.aand.runtime.engine;

import java.util.List;
import org.aand.runtime.kernel.Elements;

/** What {@link RowOperation}s compute. Inputs are in the order of their arguments. */
final class RowFunctions {
  private RowFunctions() {}

  /** {@code a + b}. */
  static RowOperation.Function sum(int channels) {
    return (in, row, rows, to, scratch) ->
        Elements.add(
            in[0], row * channels, in[1], row * channels, to, row * channels, rows * channels);
  }

  /** {@code a * b}. */
  static RowOperation.Function product(int channels) {
    return (in, row, rows, to, scratch) ->
        Elements.multiply(
            in[0], row * channels, in[1], row * channels, to, row * channels, rows * channels);
  }

  /** Some channels. */
  static RowOperation.Function select(int channels, List<Integer> chosen) {
    int[] from = chosen.stream().mapToInt(Integer::intValue).toArray();
    return (in, row, rows, to, scratch) -> {
      for (int r = row; r < row + rows; r++) {
        for (int i = 0; i < from.length; i++) {
          to[r * from.length + i] = in[0][r * channels + from[i]];
        }
      }
    };
  }

  /** {@code v * gate}. */
  static RowOperation.Function gating(int channels) {
    return (in, row, rows, to, scratch) ->
        Elements.scaleRows(in[0], row * channels, in[1], row, rows, channels, to, row * channels);
  }

  /** {@code x * scale * gate}. */
  static RowOperation.Function gatedScaling(int channels) {
    var product = product(channels);
    return (in, row, rows, to, scratch) -> {
      product.apply(in, row, rows, to, scratch);
      Elements.scaleRows(to, row * channels, in[2], row, rows, channels, to, row * channels);
    };
  }

  /** A function and, added to it, the input after its own. */
  static RowOperation.Function plus(RowOperation.Function function, int inputs, int channels) {
    return (in, row, rows, to, scratch) -> {
      function.apply(in, row, rows, to, scratch);
      int at = row * channels;
      Elements.add(to, at, in[inputs], at, to, at, rows * channels);
    };
  }

  /** {@code x + PE}. */
  static RowOperation.Function encoding(int channels, EncodingTable encoding) {
    return (in, row, rows, to, scratch) -> {
      for (int r = row; r < row + rows; r++) {
        encoding.add(in[0], r, 0, channels, to, r * channels);
      }
    };
  }

  /** {@code 1 / (1 + exp(-x))}. */
  static RowOperation.Function sigmoid(int channels) {
    return (in, row, rows, to, scratch) ->
        Elements.sigmoid(in[0], row * channels, to, row * channels, rows * channels);
  }

  /** {@code x} where positive, else {@code slope * x}. */
  static RowOperation.Function leakyRelu(int channels, float slope) {
    return (in, row, rows, to, scratch) -> {
      float[] x = in[0];
      for (int i = row * channels; i < (row + rows) * channels; i++) {
        to[i] = x[i] > 0 ? x[i] : slope * x[i];
      }
    };
  }

  /** {@code limit - x}. */
  static RowOperation.Function deficit(int channels, double limit) {
    return (in, row, rows, to, scratch) -> {
      float[] x = in[0];
      for (int i = row * channels; i < (row + rows) * channels; i++) {
        to[i] = (float) (limit - x[i]);
      }
    };
  }

  /** {@code 1 - cos(a, b)}, one value a location. */
  static RowOperation.Function cosineDistance(int channels) {
    return (in, row, rows, to, scratch) ->
        Elements.cosineDistance(
            in[0], row * channels, in[1], row * channels, rows, channels, to, row, scratch);
  }
}
