package org.aand.runtime.engine;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.aand.network.Activation;
import org.aand.network.ConvLayer;
import org.aand.network.ConvNorm;
import org.aand.network.LocationGaussians;
import org.aand.network.LocationMap;
import org.aand.network.Net;
import org.aand.runtime.kernel.ConvolutionShape;

/**
 * Records the operations of a network for images of one size. Batch normalisation becomes part of
 * the convolution before it; a position encoding is added while a 1x1 convolution packs its rows,
 * and a sum while the product before it is still in the cache.
 */
final class EngineNet implements Net<Value> {
  private static final int IMAGE_CHANNELS = 3;

  private final int height;
  private final int width;
  private final List<Operation> operations = new ArrayList<>();
  private final Map<String, Weights> weights = new LinkedHashMap<>();
  private final Map<Value, Encoded> encoded = new HashMap<>();
  private final Map<Value, RowOperation> rowOperations = new HashMap<>();
  private int values;

  /** What a position encoding was added to. */
  private record Encoded(Value x, EncodingTable encoding) {}

  /** For images of so many pixels. */
  EngineNet(int height, int width) {
    this.height = height;
    this.width = width;
  }

  /** What was recorded, in order. */
  List<Operation> operations() {
    return operations;
  }

  /** The parameters of every layer that was recorded. */
  Iterable<Weights> weights() {
    return weights.values();
  }

  private Value value(int height, int width, int channels) {
    return new Value(values++, height, width, channels);
  }

  private Value like(Value x) {
    return value(x.height(), x.width(), x.channels());
  }

  private <W extends Weights> W weights(String name, Class<W> kind, Supplier<W> create) {
    return kind.cast(weights.computeIfAbsent(name, key -> create.get()));
  }

  private Value add(Operation operation) {
    operations.add(operation);
    return operation.output();
  }

  private Value rows(
      String name, List<Value> inputs, Value output, int inPlace, RowOperation.Function function) {
    var operation = new RowOperation(name, inputs, output, inPlace, function);
    rowOperations.put(output, operation);
    return add(operation);
  }

  private static void requireSameShape(String what, Value a, Value b) {
    if (!a.sameShape(b)) {
      throw new IllegalArgumentException(what + " of " + a.shape() + " and " + b.shape());
    }
  }

  private static org.aand.runtime.kernel.Activation of(Activation activation) {
    return switch (activation) {
      case NONE -> org.aand.runtime.kernel.Activation.NONE;
      case RELU -> org.aand.runtime.kernel.Activation.RELU;
      case TANH -> org.aand.runtime.kernel.Activation.TANH;
    };
  }

  @Override
  public Value input(String name) {
    return value(height, width, IMAGE_CHANNELS);
  }

  @Override
  public Value convNorm(Value x, ConvNorm layer, Activation activation) {
    if (layer.transposed()) {
      var matrix =
          weights(layer.conv(), MatrixWeights.class, () -> MatrixWeights.transposed(layer));
      var y = value(2 * x.height(), 2 * x.width(), layer.out());
      return add(new TransposedOperation(x, y, matrix, of(activation)));
    }
    return convolve(List.of(x), layer, activation);
  }

  @Override
  public Value convNormResidual(Value x, ConvNorm layer, Value residual) {
    if (layer.transposed()) {
      throw new IllegalArgumentException("a block does not end in a transposed convolution");
    }
    return convolve(List.of(x, residual), layer, Activation.RELU);
  }

  private Value convolve(List<Value> inputs, ConvNorm layer, Activation activation) {
    var shape = shape(inputs.get(0), layer.in(), layer.out(), layer.kernel(), layer.stride());
    var kernel =
        weights(layer.conv(), ConvolutionWeights.class, () -> ConvolutionWeights.of(layer, shape));
    var y = value(shape.outHeight(), shape.outWidth(), layer.out());
    if (inputs.size() > 1) {
      requireSameShape("sum", y, inputs.get(1));
    }
    return add(new ConvolutionOperation(inputs, y, kernel, of(activation)));
  }

  private static ConvolutionShape shape(Value x, int in, int out, int kernel, int stride) {
    if (x.channels() != in) {
      throw new IllegalArgumentException("a convolution of " + in + " channels on " + x.shape());
    }
    return ConvolutionShape.of(x.height(), x.width(), in, out, kernel, stride, (kernel - 1) / 2);
  }

  @Override
  public Value convolution(Value x, ConvLayer layer, Activation activation) {
    var plain = encoded.get(x);
    if (plain != null && layer.kernel() == 1 && layer.biased()) {
      var matrix = weights(layer.name(), MatrixWeights.class, () -> MatrixWeights.pointwise(layer));
      var y = value(x.height(), x.width(), layer.out());
      return add(new EncodedOperation(plain.x(), y, plain.encoding(), matrix, of(activation)));
    }
    var shape = shape(x, layer.in(), layer.out(), layer.kernel(), 1);
    var kernel =
        weights(layer.name(), ConvolutionWeights.class, () -> ConvolutionWeights.of(layer, shape));
    var y = value(shape.outHeight(), shape.outWidth(), layer.out());
    return add(new ConvolutionOperation(List.of(x), y, kernel, of(activation)));
  }

  @Override
  public Value maxPooling(Value x) {
    var y = value((x.height() + 1) / 2, (x.width() + 1) / 2, x.channels());
    return add(new MaxPoolOperation(x, y));
  }

  @Override
  public Value concat(List<Value> maps) {
    var first = maps.get(0);
    int channels = maps.stream().mapToInt(Value::channels).sum();
    return add(
        new ConcatOperation(List.copyOf(maps), value(first.height(), first.width(), channels)));
  }

  @Override
  public Value select(Value x, List<Integer> channels) {
    var y = value(x.height(), x.width(), channels.size());
    return rows("channels", List.of(x), y, -1, RowFunctions.select(x.channels(), channels));
  }

  @Override
  public Value sum(Value a, Value b) {
    requireSameShape("sum", a, b);
    var before = rowOperations.get(b);
    if (before != null && before.inputs().get(0).channels() == b.channels()) {
      // Where nothing else needs b, its own operation falls away.
      var inputs = new ArrayList<>(before.inputs());
      inputs.add(a);
      var function = RowFunctions.plus(before.function(), before.inputs().size(), a.channels());
      return rows(before.name() + " + x", inputs, like(a), -1, function);
    }
    return rows("sum", List.of(a, b), like(a), 0, RowFunctions.sum(a.channels()));
  }

  @Override
  public Value product(Value a, Value b) {
    requireSameShape("product", a, b);
    return rows("product", List.of(a, b), like(a), 1, RowFunctions.product(a.channels()));
  }

  @Override
  public Value sigmoid(Value x) {
    return rows("sigmoid", List.of(x), like(x), 0, RowFunctions.sigmoid(x.channels()));
  }

  @Override
  public Value leakyRelu(Value x, double slope) {
    var function = RowFunctions.leakyRelu(x.channels(), (float) slope);
    return rows("leaky ReLU", List.of(x), like(x), 0, function);
  }

  @Override
  public Value instanceNormalization(Value x, double epsilon) {
    return add(new InstanceNormOperation(x, like(x), epsilon));
  }

  @Override
  public Value resample(Value x, LocationMap map, int enlargement) {
    var y = value(enlargement * x.height(), enlargement * x.width(), x.channels());
    return add(new ResampleOperation(x, y, map));
  }

  @Override
  public Value addPositionalEncoding(Value x) {
    var encoding = new EncodingTable(x);
    var function = RowFunctions.encoding(x.channels(), encoding);
    var y = rows("position encoding", List.of(x), like(x), 0, function);
    encoded.put(y, new Encoded(x, encoding));
    return y;
  }

  @Override
  public Value memoryMatching(Value queries, String items, int normalItems, double temperature) {
    var matrix =
        weights(items, MatrixWeights.class, () -> MatrixWeights.items(items, queries.channels()));
    var y = value(queries.height(), queries.width(), 1);
    return add(
        new MatchingOperation(queries, y, matrix, normalItems, 2 * normalItems, temperature));
  }

  @Override
  public Value gatedScaling(Value x, Value scale, Value gate) {
    requireSameShape("product", x, scale);
    var function = RowFunctions.gatedScaling(x.channels());
    return rows("gated scaling", List.of(x, scale, gate), like(x), 1, function);
  }

  @Override
  public Value gating(Value v, Value gate) {
    return rows("gating", List.of(v, gate), like(v), 0, RowFunctions.gating(v.channels()));
  }

  @Override
  public Value marginDeficit(Value x, double limit) {
    var function = RowFunctions.deficit(x.channels(), limit);
    return rows("margin deficit", List.of(x), like(x), 0, function);
  }

  private BankWeights bank(Value x, String bank, int items) {
    return weights(bank, BankWeights.class, () -> new BankWeights(bank, items, x.channels()));
  }

  @Override
  public Value nearestDistance(Value x, String bank, int items) {
    var y = value(x.height(), x.width(), 1);
    return add(new NearestOperation(x, y, bank(x, bank, items), items));
  }

  @Override
  public Value reweightedMaximum(Value x, Value distances, String bank, int items, int neighbours) {
    return add(
        new ReweightingOperation(
            x, distances, value(1, 1, 1), bank(x, bank, items), items, neighbours));
  }

  @Override
  public Value cosineDistance(Value a, Value b) {
    requireSameShape("distance", a, b);
    return rows(
        "cosine distance",
        List.of(a, b),
        value(a.height(), a.width(), 1),
        -1,
        RowFunctions.cosineDistance(a.channels()));
  }

  @Override
  public Value mahalanobisDistance(Value x, LocationGaussians gaussians) {
    if (x.height() != gaussians.height()
        || x.width() != gaussians.width()
        || x.channels() != gaussians.channels()) {
      throw new IllegalArgumentException(gaussians + " for features of " + x.shape());
    }
    var weights =
        weights(gaussians.name(), GaussianWeights.class, () -> new GaussianWeights(gaussians));
    return add(new GaussianOperation(x, value(x.height(), x.width(), 1), weights));
  }
}
