package org.aand.runtime.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.aand.network.ConvLayer;
import org.aand.network.ConvNorm;
import org.aand.network.ParameterSpec;
import org.aand.runtime.kernel.ConvolutionKernel;
import org.aand.runtime.kernel.ConvolutionKernel.Method;
import org.aand.runtime.kernel.ConvolutionShape;
import org.aand.runtime.kernel.MatrixPacker;
import org.jspecify.annotations.Nullable;

/** Kernel and bias of a convolution, a normalisation behind it folded in. */
final class ConvolutionWeights extends Weights {
  /**
   * The most bytes of a kernel that is kept transformed, which takes 1.8 to 4 times those of the
   * kernel.
   */
  private static final long MAX_TRANSFORMED = 20L << 20;

  private final ConvolutionShape shape;
  private final Method method;
  private final String kernelName;
  private final Folding folding;
  private @Nullable MatrixPacker packer;
  private @Nullable ConvolutionKernel kernel;

  /** What the kernel is multiplied by, and the bias. */
  private interface Folding {
    record Result(float @Nullable [] scales, float @Nullable [] bias) {}

    Result of(Map<String, float[]> values);
  }

  private ConvolutionWeights(
      List<String> names, String kernelName, ConvolutionShape shape, Folding folding) {
    super(names);
    this.shape = shape;
    this.kernelName = kernelName;
    this.folding = folding;
    method = ConvolutionKernel.bestFor(shape, MAX_TRANSFORMED);
  }

  static ConvolutionWeights of(ConvNorm layer, ConvolutionShape shape) {
    return new ConvolutionWeights(
        layer.parameters().stream().map(ParameterSpec::name).toList(),
        layer.conv() + "/kernel",
        shape,
        values -> {
          var norm = FoldedNorm.of(layer, values);
          return new Folding.Result(norm.scales(), norm.bias());
        });
  }

  static ConvolutionWeights of(ConvLayer layer, ConvolutionShape shape) {
    var names = new ArrayList<>(List.of(layer.kernelName()));
    if (layer.biased()) {
      names.add(layer.biasName());
    }
    return new ConvolutionWeights(
        names,
        layer.kernelName(),
        shape,
        values -> new Folding.Result(null, layer.biased() ? get(values, layer.biasName()) : null));
  }

  /** A kernel that is not kept transformed is packed row by row. */
  @Override
  Optional<Part> parts(String name) {
    if (method.keepsTransformed() || !name.equals(kernelName)) {
      return Optional.empty();
    }
    var rows = new MatrixPacker(shape.depth(), shape.outChannels());
    packer = rows;
    return Optional.of((row, count, values) -> rows.putRows(row, count, values, 0));
  }

  @Override
  void pack(Map<String, float[]> values) {
    var folded = folding.of(values);
    var packed = packer;
    if (packed != null) {
      if (folded.scales() != null) {
        packed.scale(folded.scales());
      }
      kernel = ConvolutionKernel.packed(shape, method, packed.finish(folded.bias()));
      packer = null;
    } else {
      float[] whole = get(values, kernelName);
      if (folded.scales() != null) {
        FoldedNorm.scaleColumns(whole, shape.depth() * shape.outChannels(), folded.scales());
      }
      kernel = ConvolutionKernel.of(shape, method, whole, folded.bias());
    }
  }

  ConvolutionShape shape() {
    return shape;
  }

  Method method() {
    return method;
  }

  ConvolutionKernel kernel() {
    return Objects.requireNonNull(kernel, "parameters have not come");
  }
}
