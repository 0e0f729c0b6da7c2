package org.aand.onnx;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import onnx.Onnx.AttributeProto;
import org.aand.detect.MapMatrix;
import org.aand.network.Activation;
import org.aand.network.ConvLayer;
import org.aand.network.ConvNorm;
import org.aand.network.LocationGaussians;
import org.aand.network.LocationMap;
import org.aand.network.Net;
import org.aand.network.raa.PositionalEncoding;

/**
 * Writes a network into an ONNX graph, channels first. Batch normalisation becomes part of the
 * convolution before it. Sizes are fixed, the number of images is not.
 */
final class OnnxNet implements Net<Value> {
  private static final int IMAGE_CHANNELS = 3;
  private static final double[] MIN_NORM = {1e-8};

  private final Graph graph;
  private final int height;
  private final int width;

  /** For images of so many pixels. */
  OnnxNet(Graph graph, int height, int width) {
    this.graph = graph;
    this.height = height;
    this.width = width;
  }

  /** A value that the graph has already. */
  @Override
  public Value input(String name) {
    return new Value(name, IMAGE_CHANNELS, height, width);
  }

  private Value like(Value x, String operator, String name, List<Value> inputs) {
    return x.named(graph.add(operator, name, inputs.stream().map(Value::name).toList()));
  }

  private Value scalarWith(String operator, String name, String a, String b, Value like) {
    return like.named(graph.add(operator, name, List.of(a, b)));
  }

  private Value activated(Value x, Activation activation) {
    return switch (activation) {
      case NONE -> x;
      case RELU -> like(x, "Relu", x.name() + "_relu", List.of(x));
      case TANH -> like(x, "Tanh", x.name() + "_tanh", List.of(x));
    };
  }

  private static void requireChannels(Value x, int channels) {
    if (x.channels() != channels) {
      throw new IllegalArgumentException("a convolution of " + channels + " channels on " + x);
    }
  }

  @Override
  public Value convNorm(Value x, ConvNorm layer, Activation activation) {
    return activated(normalised(x, layer), activation);
  }

  @Override
  public Value convNormResidual(Value x, ConvNorm layer, Value residual) {
    return activated(sum(normalised(x, layer), residual), Activation.RELU);
  }

  private Value normalised(Value x, ConvNorm layer) {
    requireChannels(x, layer.in());
    var inputs = with(x, graph.layer(Layer.of(layer)));
    if (layer.transposed()) {
      var y =
          graph.add(
              "ConvTranspose",
              layer.conv(),
              inputs,
              Attributes.of("kernel_shape", layer.kernel(), layer.kernel()),
              Attributes.of("strides", layer.stride(), layer.stride()));
      return new Value(y, layer.out(), layer.stride() * x.height(), layer.stride() * x.width());
    }
    return convolved(x, layer.conv(), inputs, layer.out(), layer.kernel(), layer.stride());
  }

  @Override
  public Value convolution(Value x, ConvLayer layer, Activation activation) {
    requireChannels(x, layer.in());
    var inputs = with(x, graph.layer(Layer.of(layer)));
    return activated(
        convolved(x, layer.name(), inputs, layer.out(), layer.kernel(), 1), activation);
  }

  private static List<String> with(Value x, List<String> tensors) {
    var inputs = new ArrayList<>(List.of(x.name()));
    inputs.addAll(tensors);
    return inputs;
  }

  private Value convolved(
      Value x, String name, List<String> inputs, int out, int kernel, int stride) {
    return new Value(
        graph.add("Conv", name, inputs, window(kernel, stride)),
        out,
        (x.height() - 1) / stride + 1,
        (x.width() - 1) / stride + 1);
  }

  /** Attributes of an odd window whose middle visits every stride-th location. */
  private static AttributeProto[] window(int kernel, int stride) {
    int pad = (kernel - 1) / 2;
    return new AttributeProto[] {
      Attributes.of("kernel_shape", kernel, kernel),
      Attributes.of("strides", stride, stride),
      Attributes.of("pads", pad, pad, pad, pad)
    };
  }

  @Override
  public Value maxPooling(Value x) {
    return new Value(
        graph.add("MaxPool", "max_pooling", List.of(x.name()), window(3, 2)),
        x.channels(),
        (x.height() + 1) / 2,
        (x.width() + 1) / 2);
  }

  @Override
  public Value concat(List<Value> maps) {
    var inputs = maps.stream().map(Value::name).toList();
    return maps.get(0)
        .named(
            graph.add("Concat", "concat", inputs, Attributes.of("axis", 1)),
            maps.stream().mapToInt(Value::channels).sum());
  }

  @Override
  public Value select(Value x, List<Integer> channels) {
    var name = x.name() + "_channels";
    var indices =
        graph.constant(name + "_chosen", channels.stream().mapToLong(Integer::longValue).toArray());
    return x.named(
        graph.add("Gather", name, List.of(x.name(), indices), Attributes.of("axis", 1)),
        channels.size());
  }

  @Override
  public Value sum(Value a, Value b) {
    return like(a, "Add", "sum", List.of(a, b));
  }

  @Override
  public Value product(Value a, Value b) {
    return like(a, "Mul", "product", List.of(a, b));
  }

  @Override
  public Value sigmoid(Value x) {
    return like(x, "Sigmoid", x.name() + "_sigmoid", List.of(x));
  }

  @Override
  public Value leakyRelu(Value x, double slope) {
    return x.named(
        graph.add(
            "LeakyRelu",
            x.name() + "_leaky_relu",
            List.of(x.name()),
            Attributes.of("alpha", slope)));
  }

  @Override
  public Value instanceNormalization(Value x, double epsilon) {
    double[] ones = new double[x.channels()];
    Arrays.fill(ones, 1);
    var scale = graph.constant("ones_" + x.channels(), ones, x.channels());
    var shift = graph.constant("zeros_" + x.channels(), new double[x.channels()], x.channels());
    return x.named(
        graph.add(
            "InstanceNormalization",
            x.name() + "_normalised",
            List.of(x.name(), scale, shift),
            Attributes.of("epsilon", epsilon)));
  }

  @Override
  public Value resample(Value x, LocationMap map, int enlargement) {
    int newHeight = enlargement * x.height();
    int newWidth = enlargement * x.width();
    var along =
        new SeparableMap(map.matrix(x.height()), newHeight, map.matrix(x.width()), newWidth);
    return new Value(
        along.apply(graph, x.name() + "_resampled", x.name()), x.channels(), newHeight, newWidth);
  }

  @Override
  public Value addPositionalEncoding(Value x) {
    var table = PositionalEncoding.of(x.channels(), x.height(), x.width());
    int locations = x.height() * x.width();
    var encoding =
        graph.constant(
            "position_encoding_" + x.channels() + "x" + x.height() + "x" + x.width(),
            MapMatrix.transposed(table, locations),
            1,
            x.channels(),
            x.height(),
            x.width());
    return scalarWith("Add", "encoded", x.name(), encoding, x);
  }

  @Override
  public Value memoryMatching(Value queries, String items, int normalItems, double temperature) {
    int count = 2 * normalItems;
    var kernel = graph.layer(Layer.items(items, count, queries.channels(), temperature));
    var products = convolved(queries, "matching", with(queries, kernel), count, 1, 1);
    var cosines = like(products, "Div", "cosines", List.of(products, norm(queries)));
    var weights =
        graph.add("Softmax", "item_weights", List.of(cosines.name()), Attributes.of("axis", 1));
    // The sum over the anomalous items.
    double[] anomalous = new double[count];
    Arrays.fill(anomalous, normalItems, count, 1);
    var chosen = graph.constant("anomalous_memory" + count, anomalous, 1, count, 1, 1);
    return convolved(queries, "gate", List.of(weights, chosen), 1, 1, 1);
  }

  /** The Euclidean norm of the feature at every location, {@code [N, 1, H, W]}. */
  private Value norm(Value x) {
    return x.named(
        graph.add(
            "ReduceL2",
            "norm",
            List.of(x.name()),
            Attributes.of("axes", new long[] {1}),
            Attributes.of("keepdims", 1)),
        1);
  }

  @Override
  public Value gatedScaling(Value x, Value scale, Value gate) {
    return gating(product(x, scale), gate);
  }

  @Override
  public Value gating(Value v, Value gate) {
    return like(v, "Mul", "gated", List.of(v, gate));
  }

  @Override
  public Value marginDeficit(Value x, double limit) {
    var constant = graph.constant("limit_" + limit, new double[] {limit});
    return scalarWith("Sub", "margin_deficit", constant, x.name(), x);
  }

  @Override
  public Value nearestDistance(Value x, String bank, int items) {
    var shape = graph.constant("rows_of_" + x.channels(), -1, x.channels());
    var rows = graph.add("Reshape", "locations", List.of(channelsLast(x), shape));
    var nearest = new MemoryBank(graph, bank, items, x.channels()).nearest(rows);
    var map =
        graph.constant("map_of_" + x.height() + "x" + x.width(), -1, 1, x.height(), x.width());
    return x.named(graph.add("Reshape", "distance_map", List.of(nearest, map)), 1);
  }

  @Override
  public Value reweightedMaximum(Value x, Value distances, String bank, int items, int neighbours) {
    var flat =
        graph.add("Flatten", "flat_distances", List.of(distances.name()), Attributes.of("axis", 1));
    var along = Attributes.of("axes", new long[] {1});
    var greatest = graph.add("ReduceMax", "greatest_distance", List.of(flat), along);
    var score = neighbours == 1 ? greatest : reweighted(x, flat, greatest, bank, items, neighbours);
    var shape = graph.constant("one_an_image", -1, 1, 1, 1);
    return new Value(graph.add("Reshape", "image_score", List.of(score, shape)), 1, 1, 1);
  }

  /** From the greatest distances {@code [N, 1]} to the re-weighted ones. */
  private String reweighted(
      Value x, String distances, String greatest, String bank, int items, int neighbours) {
    var memory = new MemoryBank(graph, bank, items, x.channels());
    var shape =
        graph.constant("locations_of_" + x.name(), -1, x.height() * (long) x.width(), x.channels());
    var features = graph.add("Reshape", "features", List.of(channelsLast(x), shape));
    var place =
        graph.add("ArgMax", "farthest_location", List.of(distances), Attributes.of("axis", 1));
    var far =
        graph.add("GatherND", "farthest", List.of(features, place), Attributes.of("batch_dims", 1));
    var around = memory.distancesAround(far, memory.nearestItems(far), neighbours);
    var beyond = graph.add("Sub", "beyond_greatest", List.of(around, greatest));
    var exponentials = graph.add("Exp", "exponentials", List.of(beyond));
    var sum =
        graph.add(
            "ReduceSum",
            "sum_of_exponentials",
            List.of(exponentials, graph.constant("last_axis", -1)));
    var one = graph.constant("one", new double[] {1});
    var share = graph.add("Div", "softmax_of_nearest", List.of(one, sum));
    var weight = graph.add("Sub", "weight", List.of(one, share));
    return graph.add("Mul", "reweighted", List.of(greatest, weight));
  }

  /** {@code [N, H, W, C]}. */
  private String channelsLast(Value x) {
    return graph.add(
        "Transpose", x.name() + "_turned", List.of(x.name()), Attributes.of("perm", 0, 2, 3, 1));
  }

  @Override
  public Value cosineDistance(Value a, Value b) {
    var products = product(a, b);
    var dot =
        products.named(
            graph.add(
                "ReduceSum",
                "inner_product",
                List.of(products.name(), graph.constant("channel_axis", 1)),
                Attributes.of("keepdims", 1)),
            1);
    var norms = product(boundedNorm(a), boundedNorm(b));
    var cosine = like(dot, "Div", "cosine", List.of(dot, norms));
    var one = graph.constant("one", new double[] {1});
    return scalarWith("Sub", "cosine_distance", one, cosine.name(), cosine);
  }

  private Value boundedNorm(Value x) {
    var least = graph.constant("min_norm", MIN_NORM);
    var norm = norm(x);
    return scalarWith("Max", "bounded_norm", norm.name(), least, norm);
  }

  /** A matrix product at every location, over whole matrices. */
  @Override
  public Value mahalanobisDistance(Value x, LocationGaussians gaussians) {
    requireChannels(x, gaussians.channels());
    int locations = x.height() * x.width();
    var parameters = graph.layer(Layer.of(gaussians));
    var flat = graph.constant("features_by_location", -1, x.channels(), locations);
    var byImage = graph.add("Reshape", "features", List.of(x.name(), flat));
    var byLocation =
        graph.add(
            "Transpose", "location_features", List.of(byImage), Attributes.of("perm", 2, 0, 1));
    var centred = graph.add("Sub", "centred_features", List.of(byLocation, parameters.get(0)));
    var white = graph.add("MatMul", "white_features", List.of(centred, parameters.get(1)));
    var distances =
        graph.add(
            "ReduceL2",
            "location_distances",
            List.of(white),
            Attributes.of("axes", new long[] {2}),
            Attributes.of("keepdims", 0));
    var turned =
        graph.add("Transpose", "distances", List.of(distances), Attributes.of("perm", 1, 0));
    var shape = graph.constant("distance_map", -1, 1, x.height(), x.width());
    return x.named(graph.add("Reshape", "mahalanobis_distance", List.of(turned, shape)), 1);
  }
}
