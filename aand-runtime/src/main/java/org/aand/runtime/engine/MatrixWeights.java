package org.aand.runtime.engine;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import org.aand.network.ConvLayer;
import org.aand.network.ConvNorm;
import org.aand.network.ParameterSpec;
import org.aand.runtime.kernel.PackedMatrix;
import org.aand.runtime.kernel.TransposedConvolution;
import org.jspecify.annotations.Nullable;

/** Parameters that are one packed matrix. */
final class MatrixWeights extends Weights {
  private final Function<Map<String, float[]>, PackedMatrix> packing;
  private @Nullable PackedMatrix matrix;

  private MatrixWeights(List<String> names, Function<Map<String, float[]>, PackedMatrix> packing) {
    super(names);
    this.packing = packing;
  }

  /** A transposed convolution and its normalisation. */
  static MatrixWeights transposed(ConvNorm layer) {
    return new MatrixWeights(
        layer.parameters().stream().map(ParameterSpec::name).toList(),
        values -> {
          float[] bias = FoldedNorm.fold(layer, values);
          return TransposedConvolution.pack(
              get(values, layer.conv() + "/kernel"), layer.in(), layer.out(), bias);
        });
  }

  /** A 1x1 convolution with bias. */
  static MatrixWeights pointwise(ConvLayer layer) {
    return new MatrixWeights(
        List.of(layer.kernelName(), layer.biasName()),
        values ->
            PackedMatrix.of(
                get(values, layer.kernelName()),
                0,
                layer.in(),
                layer.out(),
                get(values, layer.biasName())));
  }

  /** Memory items {@code [2M, C]} as unit vectors in columns, {@code [C, 2M]}. */
  static MatrixWeights items(String name, int channels) {
    return new MatrixWeights(List.of(name), values -> unitColumns(get(values, name), channels));
  }

  private static PackedMatrix unitColumns(float[] items, int channels) {
    int count = items.length / channels;
    float[] columns = new float[items.length];
    for (int m = 0; m < count; m++) {
      double square = 0;
      for (int c = 0; c < channels; c++) {
        square += (double) items[m * channels + c] * items[m * channels + c];
      }
      double norm = Math.sqrt(square);
      for (int c = 0; c < channels; c++) {
        columns[c * count + m] = (float) (items[m * channels + c] / norm);
      }
    }
    return PackedMatrix.of(columns, 0, channels, count, null);
  }

  @Override
  void pack(Map<String, float[]> values) {
    matrix = packing.apply(values);
  }

  PackedMatrix matrix() {
    return Objects.requireNonNull(matrix, "parameters have not come");
  }
}
