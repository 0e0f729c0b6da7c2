package org.aand.runtime.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.aand.network.ConvLayer;
import org.aand.network.ConvNorm;
import org.aand.network.ParameterSpec;
import org.aand.runtime.kernel.ConvolutionKernel;
import org.aand.runtime.kernel.ConvolutionKernel.Method;
import org.aand.runtime.kernel.ConvolutionShape;
import org.jspecify.annotations.Nullable;

/** Kernel and bias of a convolution, a normalisation behind it folded in. */
final class ConvolutionWeights extends Weights {
  /**
   * The most bytes that a transformed kernel may have. It has 1.8 to 4 times those of the kernel;
   * with this limit a model takes a third more memory than its file, and the layers of most
   * arithmetic are still transformed.
   */
  private static final long MAX_TRANSFORMED = 20L << 20;

  private final ConvolutionShape shape;
  private final Folding folding;
  private @Nullable ConvolutionKernel kernel;

  /** Gives kernel and bias. */
  private interface Folding {
    record Result(float[] kernel, float @Nullable [] bias) {}

    Result of(Map<String, float[]> values);
  }

  private ConvolutionWeights(List<String> names, ConvolutionShape shape, Folding folding) {
    super(names);
    this.shape = shape;
    this.folding = folding;
  }

  static ConvolutionWeights of(ConvNorm layer, ConvolutionShape shape) {
    var names = layer.parameters().stream().map(ParameterSpec::name).toList();
    return new ConvolutionWeights(
        names,
        shape,
        values -> {
          float[] bias = FoldedNorm.fold(layer, values);
          return new Folding.Result(get(values, layer.conv() + "/kernel"), bias);
        });
  }

  static ConvolutionWeights of(ConvLayer layer, ConvolutionShape shape) {
    var names = new ArrayList<>(List.of(layer.kernelName()));
    if (layer.biased()) {
      names.add(layer.biasName());
    }
    return new ConvolutionWeights(
        names,
        shape,
        values ->
            new Folding.Result(
                get(values, layer.kernelName()),
                layer.biased() ? get(values, layer.biasName()) : null));
  }

  static Method method(ConvolutionShape shape) {
    return ConvolutionKernel.bestFor(shape, MAX_TRANSFORMED);
  }

  @Override
  void pack(Map<String, float[]> values) {
    var folded = folding.of(values);
    kernel = ConvolutionKernel.of(shape, method(shape), folded.kernel(), folded.bias());
  }

  ConvolutionShape shape() {
    return shape;
  }

  ConvolutionKernel kernel() {
    return Objects.requireNonNull(kernel, "parameters have not come");
  }
}
