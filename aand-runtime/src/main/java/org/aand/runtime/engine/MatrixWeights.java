package org.aand.runtime.engine;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiFunction;
import java.util.function.Supplier;
import org.aand.network.ConvLayer;
import org.aand.network.ConvNorm;
import org.aand.network.ParameterSpec;
import org.aand.runtime.kernel.MatrixPacker;
import org.aand.runtime.kernel.PackedMatrix;
import org.aand.runtime.kernel.TransposedConvolution;
import org.jspecify.annotations.Nullable;

/** Parameters that are one packed matrix. */
final class MatrixWeights extends Weights {
  private final Packing packing;
  private @Nullable PackedMatrix matrix;

  private MatrixWeights(List<String> names, Packing packing) {
    super(names);
    this.packing = packing;
  }

  /** How the matrix is packed. */
  private interface Packing {
    Optional<Part> parts(String name);

    PackedMatrix pack(Map<String, float[]> values);
  }

  /** Part by part, as it comes. */
  private static final class ByParts implements Packing {
    private final String name;
    private final Supplier<MatrixPacker> packers;
    private final boolean transposed;
    private final BiFunction<MatrixPacker, Map<String, float[]>, PackedMatrix> finishing;
    private @Nullable MatrixPacker packer;

    ByParts(
        String name,
        Supplier<MatrixPacker> packers,
        boolean transposed,
        BiFunction<MatrixPacker, Map<String, float[]>, PackedMatrix> finishing) {
      this.name = name;
      this.packers = packers;
      this.transposed = transposed;
      this.finishing = finishing;
    }

    @Override
    public Optional<Part> parts(String parameter) {
      if (!parameter.equals(name)) {
        return Optional.empty();
      }
      var into = packers.get();
      packer = into;
      return Optional.of(
          transposed
              ? (row, count, values) -> into.putColumns(row, count, values, 0)
              : (row, count, values) -> into.putRows(row, count, values, 0));
    }

    @Override
    public PackedMatrix pack(Map<String, float[]> values) {
      var packed = finishing.apply(Objects.requireNonNull(packer, "no part has come"), values);
      packer = null;
      return packed;
    }
  }

  /** Memory items, once they are all there. */
  private record Items(String name, int channels) implements Packing {
    @Override
    public Optional<Part> parts(String parameter) {
      return Optional.empty();
    }

    @Override
    public PackedMatrix pack(Map<String, float[]> values) {
      return unitColumns(get(values, name), channels);
    }
  }

  /** A transposed convolution and its normalisation. */
  static MatrixWeights transposed(ConvNorm layer) {
    return new MatrixWeights(
        layer.parameters().stream().map(ParameterSpec::name).toList(),
        new ByParts(
            layer.conv() + "/kernel",
            () -> new MatrixPacker(layer.in(), 4 * layer.out()),
            true,
            (packer, values) -> {
              var norm = FoldedNorm.of(layer, values);
              packer.scale(norm.scales());
              return packer.finish(TransposedConvolution.bias(norm.bias()));
            }));
  }

  /** A 1x1 convolution with bias. */
  static MatrixWeights pointwise(ConvLayer layer) {
    return new MatrixWeights(
        List.of(layer.kernelName(), layer.biasName()),
        new ByParts(
            layer.kernelName(),
            () -> new MatrixPacker(layer.in(), layer.out()),
            false,
            (packer, values) -> packer.finish(get(values, layer.biasName()))));
  }

  /** Memory items {@code [2M, C]} as unit vectors in columns, {@code [C, 2M]}. */
  static MatrixWeights items(String name, int channels) {
    return new MatrixWeights(List.of(name), new Items(name, channels));
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
  Optional<Part> parts(String name) {
    return packing.parts(name);
  }

  @Override
  void pack(Map<String, float[]> values) {
    matrix = packing.pack(values);
  }

  PackedMatrix matrix() {
    return Objects.requireNonNull(matrix, "parameters have not come");
  }
}
