package org.aand.nn;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.aand.network.Activation;
import org.aand.network.ConvLayer;
import org.aand.network.ConvNorm;
import org.aand.network.LocationGaussians;
import org.aand.network.LocationMap;
import org.aand.network.Net;
import org.jspecify.annotations.Nullable;
import org.nd4j.autodiff.samediff.ArrayHolder;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.autodiff.samediff.SameDiff;
import org.nd4j.autodiff.samediff.array.SingleThreadArrayHolder;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.indexing.NDArrayIndex;

/**
 * Writes network parts into a SameDiff graph, in one of two forms.
 *
 * <p>For training, parameters are variables and batch normalisation uses the batch's statistics.
 * For use, everything is constant and batch normalisation is folded into the convolution before it:
 * {@code kernel * gamma / sqrt(variance + epsilon)} and {@code beta - mean * gamma / sqrt(variance
 * + epsilon)}.
 */
public final class NetGraph implements Net<SDVariable>, AutoCloseable {
  /** The form that is written. */
  public enum Form {
    /** Parameters are variables, batch statistics. */
    TRAINING,
    /** Constants, batch normalisation folded by its running statistics. */
    INFERENCE
  }

  /**
   * Where a training graph tells the statistics of a batch.
   *
   * @param norm the layer
   * @param mean {@code [1, C]}
   * @param variance {@code [1, C]}, biased
   * @param count {@code [1]}, how many values each is of
   */
  public record BatchStatistics(
      ConvNorm norm, SDVariable mean, SDVariable variance, SDVariable count) {}

  private final SameDiff graph = SameDiff.create();
  private final ArrayHolder constants = new SingleThreadArrayHolder();
  private final Parameters parameters;
  private final Form form;
  private final boolean takesKernels;
  private final DataType type;
  private final Map<String, SDVariable> variables = new LinkedHashMap<>();
  private final Map<String, SDVariable> folded = new HashMap<>();
  private final List<INDArray> foldedArrays = new ArrayList<>();
  private final List<BatchStatistics> statistics = new ArrayList<>();

  /**
   * @param parameters read by reference; stays the caller's
   */
  public NetGraph(Parameters parameters, Form form, DataType type) {
    this(parameters, form, type, false);
  }

  private NetGraph(Parameters parameters, Form form, DataType type, boolean takesKernels) {
    this.parameters = parameters;
    this.form = form;
    this.takesKernels = takesKernels;
    this.type = type;
    // SameDiff's default holders copy what they are given.
    graph.setArrayHolders(new SingleThreadArrayHolder(), constants, false);
  }

  /**
   * A graph for use that folds the convolutions' kernels in place and takes them out of the
   * parameters, so that they are in memory once.
   *
   * @param parameters of no other use afterwards; still closed by the caller
   */
  public static NetGraph takingOver(Parameters parameters, DataType type) {
    return new NetGraph(parameters, Form.INFERENCE, type, true);
  }

  @Override
  public SDVariable input(String name) {
    return graph.placeHolder(name, type);
  }

  @Override
  public SDVariable convNorm(SDVariable x, ConvNorm layer, Activation activation) {
    return switch (form) {
      case TRAINING -> normalise(layer, convolve(x, layer), null, activation);
      case INFERENCE ->
          layer.transposed()
              ? TransposedConvolution.of(x, foldedKernel(layer), foldedBias(layer), activation)
              : frozen(x, layer, null, activation);
    };
  }

  @Override
  public SDVariable convNormResidual(SDVariable x, ConvNorm layer, SDVariable residual) {
    if (layer.transposed()) {
      throw new IllegalArgumentException("a block does not end in a transposed convolution");
    }
    return switch (form) {
      case TRAINING -> normalise(layer, convolve(x, layer), residual, Activation.RELU);
      case INFERENCE -> frozen(x, layer, residual, Activation.RELU);
    };
  }

  @Override
  public SDVariable convolution(SDVariable x, ConvLayer layer, Activation activation) {
    var kernel = parameter(layer.kernelName());
    if (layer.biased()) {
      return Convolution.of(x, kernel, parameter(layer.biasName()), 1, activation);
    }
    if (activation != Activation.NONE) {
      throw new IllegalArgumentException("an activation follows a bias, which " + layer + " lacks");
    }
    return Convolution.of(x, kernel, 1);
  }

  @Override
  public SDVariable maxPooling(SDVariable x) {
    return MaxPooling.of(x);
  }

  @Override
  public SDVariable concat(List<SDVariable> maps) {
    return ChannelConcat.of(maps);
  }

  @Override
  public SDVariable select(SDVariable x, List<Integer> channels) {
    return ChannelSelection.of(x, channels);
  }

  @Override
  public SDVariable sum(SDVariable a, SDVariable b) {
    return Sum.of(a, b);
  }

  @Override
  public SDVariable product(SDVariable a, SDVariable b) {
    return Product.of(a, b);
  }

  @Override
  public SDVariable sigmoid(SDVariable x) {
    return Elementwise.sigmoid(x);
  }

  @Override
  public SDVariable leakyRelu(SDVariable x, double slope) {
    return Elementwise.leakyRelu(x, slope);
  }

  @Override
  public SDVariable instanceNormalization(SDVariable x, double epsilon) {
    return InstanceNormalization.of(x, epsilon);
  }

  @Override
  public SDVariable resample(SDVariable x, LocationMap map, int enlargement) {
    return SeparableResample.of(x, map, enlargement);
  }

  @Override
  public SDVariable addPositionalEncoding(SDVariable x) {
    return AddPositionalEncoding.of(x);
  }

  @Override
  public SDVariable memoryMatching(
      SDVariable queries, String items, int normalItems, double temperature) {
    return MemoryMatching.of(queries, parameter(items), normalItems, temperature);
  }

  @Override
  public SDVariable gatedScaling(SDVariable x, SDVariable scale, SDVariable gate) {
    return GatedScaling.of(x, scale, gate);
  }

  @Override
  public SDVariable gating(SDVariable v, SDVariable gate) {
    return Gating.of(v, gate);
  }

  @Override
  public SDVariable marginDeficit(SDVariable x, double limit) {
    return MarginDeficit.of(x, limit);
  }

  @Override
  public SDVariable nearestDistance(SDVariable x, String bank, int items) {
    return NearestDistance.of(x, parameter(bank));
  }

  @Override
  public SDVariable reweightedMaximum(
      SDVariable x, SDVariable distances, String bank, int items, int neighbours) {
    return ReweightedMaximum.of(x, distances, parameter(bank), neighbours);
  }

  @Override
  public SDVariable cosineDistance(SDVariable a, SDVariable b) {
    return CosineDistance.of(a, b);
  }

  @Override
  public SDVariable mahalanobisDistance(SDVariable x, LocationGaussians gaussians) {
    var whitening =
        folded.computeIfAbsent(
            gaussians.name(),
            name -> constant(name + "/folded_whitening", wholeMatrices(gaussians)));
    return MahalanobisDistance.of(x, parameter(gaussians.meansName()), whitening);
  }

  /** The triangular matrices as whole ones, {@code [L, C, C]}. */
  private INDArray wholeMatrices(LocationGaussians gaussians) {
    int channels = gaussians.channels();
    var whole =
        Nd4j.createUninitializedDetached(
            DataType.FLOAT, (long) gaussians.height() * gaussians.width(), channels, channels);
    for (int row = 0; row < gaussians.height(); row++) {
      float[] matrices = new float[gaussians.width() * channels * channels];
      gaussians.unpack(
          HostValues.readSingle(parameters.get(gaussians.whiteningName(row))),
          gaussians.width(),
          matrices,
          0);
      long from = (long) row * gaussians.width();
      try (var part = HostValues.array(matrices, gaussians.width(), channels, channels)) {
        whole.get(NDArrayIndex.interval(from, from + gaussians.width())).assign(part);
      }
    }
    return whole;
  }

  /** A parameter as it is: a variable in training, a constant in use. */
  public SDVariable parameter(String name) {
    return variables.computeIfAbsent(
        name,
        key ->
            form == Form.TRAINING
                ? graph.var(key, parameters.get(key))
                : constantByReference(key, parameters.get(key)));
  }

  /** SameDiff copies what is a view of a buffer, as every reshaped array is to it. */
  private SDVariable constantByReference(String name, INDArray array) {
    var constant = graph.constant(name, array);
    var held = constants.getArray(name);
    if (held != array) {
      held.close();
      constants.setArray(name, array);
    }
    return constant;
  }

  private SDVariable frozen(
      SDVariable x, ConvNorm layer, @Nullable SDVariable residual, Activation activation) {
    return Convolution.frozen(
        x,
        foldedKernel(layer),
        KernelLayout.ofFrozen(layer.in(), layer.out()),
        foldedBias(layer),
        residual,
        layer.stride(),
        activation);
  }

  private SDVariable convolve(SDVariable x, ConvNorm layer) {
    var kernel = parameter(layer.conv() + "/kernel");
    return layer.transposed()
        ? TransposedConvolution.of(x, kernel)
        : Convolution.of(x, kernel, layer.stride());
  }

  private SDVariable normalise(
      ConvNorm layer, SDVariable x, @Nullable SDVariable residual, Activation activation) {
    var result =
        BatchNormalization.of(
            x,
            parameter(layer.norm() + "/gamma"),
            parameter(layer.norm() + "/beta"),
            residual,
            EPSILON,
            activation);
    statistics.add(new BatchStatistics(layer, result.mean(), result.variance(), result.count()));
    return result.y();
  }

  private SDVariable foldedKernel(ConvNorm layer) {
    fold(layer);
    return Objects.requireNonNull(folded.get(layer.conv()));
  }

  private SDVariable foldedBias(ConvNorm layer) {
    fold(layer);
    return Objects.requireNonNull(folded.get(layer.norm()));
  }

  private void fold(ConvNorm layer) {
    if (folded.containsKey(layer.conv())) {
      return;
    }
    var gamma = parameters.get(layer.norm() + "/gamma");
    var beta = parameters.get(layer.norm() + "/beta");
    var mean = parameters.get(layer.norm() + "/moving_mean");
    var variance = parameters.get(layer.norm() + "/moving_variance");
    double[] scale = new double[layer.out()];
    double[] bias = new double[layer.out()];
    for (int c = 0; c < scale.length; c++) {
      scale[c] = gamma.getDouble(c) / Math.sqrt(variance.getDouble(c) + EPSILON);
      bias[c] = beta.getDouble(c) - mean.getDouble(c) * scale[c];
    }
    var name = layer.conv() + "/kernel";
    var kernel = takesKernels ? parameters.take(name) : parameters.get(name).dup('c');
    long[] along =
        layer.transposed()
            ? new long[] {1, 1, scale.length, 1}
            : new long[] {1, 1, 1, scale.length};
    try (var factors = HostValues.array(scale, type, along)) {
      kernel.muli(factors);
    }
    folded.put(layer.conv(), constant(layer.conv() + "/folded_kernel", arranged(layer, kernel)));
    folded.put(
        layer.norm(),
        constant(layer.norm() + "/folded_bias", HostValues.array(bias, type, bias.length)));
  }

  private static INDArray arranged(ConvNorm layer, INDArray kernel) {
    if (layer.transposed()
        || KernelLayout.ofFrozen(layer.in(), layer.out()) == KernelLayout.CHANNELS_OUT_LAST) {
      return kernel;
    }
    var arranged = kernel.permute(3, 0, 1, 2).dup('c');
    kernel.close();
    return arranged;
  }

  private SDVariable constant(String name, INDArray array) {
    foldedArrays.add(array);
    return constantByReference(name, array);
  }

  /** Every parameter that was used, by name: in training what there is to differentiate by. */
  public Map<String, SDVariable> variables() {
    return Collections.unmodifiableMap(variables);
  }

  /** The batch statistics of every normalisation of a training graph. */
  public List<BatchStatistics> statistics() {
    return Collections.unmodifiableList(statistics);
  }

  /** A program that computes these variables. */
  public Program program(List<SDVariable> outputs) {
    return new Program(graph, outputs, type);
  }

  @Override
  public void close() {
    foldedArrays.forEach(INDArray::close);
    foldedArrays.clear();
  }
}
