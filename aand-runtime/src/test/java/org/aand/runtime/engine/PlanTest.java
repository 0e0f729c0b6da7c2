package org.aand.runtime.engine;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.aand.network.Activation;
import org.aand.network.ConvLayer;
import org.aand.network.ConvNorm;
import org.aand.network.Initializer;
import org.aand.network.Net;
import org.aand.network.ParameterSpec;
import org.aand.runtime.kernel.ArrayRows;
import org.aand.runtime.kernel.Workers;
import org.junit.jupiter.api.Test;

/** Random networks in a plan's shared arrays and layouts, against an array of its own for each. */
class PlanTest {
  private static final int[] CHANNELS = {8, 128, 160, 256, 300, 544};
  private static final int BATCH = 3;

  /** A map of a random network. */
  private record FeatureMap<T>(T value, int height, int width, int channels) {
    boolean sameShape(FeatureMap<T> other) {
      return sameSize(other) && channels == other.channels;
    }

    boolean sameSize(FeatureMap<T> other) {
      return height == other.height && width == other.width;
    }
  }

  /** Convolutions, sums and more, one behind the other with some branches. */
  private static final class RandomNetwork implements Engine.Network {
    private final int height;
    private final int width;
    private final Random random;
    private final List<ParameterSpec> parameters = new ArrayList<>();

    RandomNetwork(int height, int width, Random random) {
      this.height = height;
      this.width = width;
      this.random = random;
    }

    @Override
    public <T> List<T> build(Net<T> net, T images) {
      List<FeatureMap<T>> maps = new ArrayList<>();
      maps.add(convolution(net, new FeatureMap<>(images, height, width, 3), "stem", 3));
      for (int i = 0; i < 8; i++) {
        FeatureMap<T> x = maps.get(Math.max(0, maps.size() - 1 - random.nextInt(3)));
        maps.add(layer(net, x, maps, "layer" + i));
      }
      T some = maps.get(random.nextInt(maps.size())).value();
      return List.of(maps.get(maps.size() - 1).value(), some);
    }

    private <T> FeatureMap<T> layer(
        Net<T> net, FeatureMap<T> x, List<FeatureMap<T>> maps, String name) {
      FeatureMap<T> other = maps.get(random.nextInt(maps.size()));
      return switch (random.nextInt(8)) {
        case 0 -> transposed(net, x, name);
        case 1 -> encoded(net, x, name);
        case 2 ->
            x != other && x.sameShape(other)
                ? new FeatureMap<>(net.sum(x.value(), other.value()), x.height, x.width, x.channels)
                : convolution(net, x, name, 3);
        case 3, 4 -> residual(net, x, other, name);
        default -> convolution(net, x, name, 1 + 2 * random.nextInt(2));
      };
    }

    private int channels() {
      return CHANNELS[random.nextInt(CHANNELS.length)];
    }

    private <T> FeatureMap<T> convolution(Net<T> net, FeatureMap<T> x, String name, int kernel) {
      int stride = random.nextInt(3) == 0 ? 2 : 1;
      ConvNorm layer = ConvNorm.plain(name, name + "n", x.channels, channels(), kernel, stride);
      parameters.addAll(layer.parameters());
      T y =
          net.convNorm(x.value(), layer, random.nextBoolean() ? Activation.RELU : Activation.TANH);
      return new FeatureMap<>(
          y, (x.height - 1) / stride + 1, (x.width - 1) / stride + 1, layer.out());
    }

    private <T> FeatureMap<T> residual(
        Net<T> net, FeatureMap<T> x, FeatureMap<T> added, String name) {
      if (!x.sameSize(added)) {
        return convolution(net, x, name, 1);
      }
      int kernel = 1 + 2 * random.nextInt(2);
      ConvNorm layer = ConvNorm.plain(name, name + "n", x.channels, added.channels, kernel, 1);
      parameters.addAll(layer.parameters());
      T y = net.convNormResidual(x.value(), layer, added.value());
      return new FeatureMap<>(y, x.height, x.width, added.channels);
    }

    private <T> FeatureMap<T> transposed(Net<T> net, FeatureMap<T> x, String name) {
      ConvNorm layer = ConvNorm.transposed(name, name + "n", x.channels, channels());
      parameters.addAll(layer.parameters());
      T y = net.convNorm(x.value(), layer, Activation.RELU);
      return new FeatureMap<>(y, 2 * x.height, 2 * x.width, layer.out());
    }

    private <T> FeatureMap<T> encoded(Net<T> net, FeatureMap<T> x, String name) {
      ConvLayer layer = new ConvLayer(name, x.channels, channels(), 1, true);
      Initializer zero = new Initializer.Constant(0);
      List<Long> shape = List.of(1L, 1L, (long) x.channels, (long) layer.out());
      parameters.add(new ParameterSpec(layer.kernelName(), shape, zero, true));
      parameters.add(new ParameterSpec(layer.biasName(), List.of((long) layer.out()), zero, true));
      T y = net.convolution(net.addPositionalEncoding(x.value()), layer, Activation.TANH);
      return new FeatureMap<>(y, x.height, x.width, layer.out());
    }
  }

  private static float[] values(Random random, ParameterSpec spec) {
    float[] values = new float[(int) spec.length()];
    double scale = 2 / Math.sqrt(values.length / (double) spec.rowLength());
    for (int i = 0; i < values.length; i++) {
      double value = random.nextGaussian();
      values[i] =
          (float)
              (spec.name().endsWith("moving_variance")
                  ? 0.5 + Math.abs(value)
                  : spec.name().endsWith("kernel") ? scale * value : 1 + 0.2 * value);
    }
    return values;
  }

  @Test
  void sharedArraysAndLayoutsChangeNothing() {
    Random random = new Random(5);
    int packed = 0;
    for (int round = 0; round < 25; round++) {
      int height = 5 + random.nextInt(18);
      int width = 5 + random.nextInt(18);
      RandomNetwork network = new RandomNetwork(height, width, new Random(round));
      EngineLoader loader = Engine.load(height, width, network);
      Set<String> given = new HashSet<>();
      for (ParameterSpec spec : network.parameters) {
        if (given.add(spec.name())) {
          loader.accept(spec, values(random, spec));
        }
      }
      Engine engine = loader.finish();
      List<float[]> images = new ArrayList<>();
      for (int n = 0; n < BATCH; n++) {
        float[] image = new float[height * width * 3];
        for (int i = 0; i < image.length; i++) {
          image[i] = (float) random.nextGaussian();
        }
        images.add(image);
      }
      check(engine, images, "round " + round);
      Placement placement = new Placement(engine.input(), engine.operations(), engine.outputs());
      for (Operation operation : engine.operations()) {
        Value output = operation.output();
        packed += placement.placeOf(output).packed() && output.channels() > 256 ? 1 : 0;
      }
    }
    assertEquals(ArrayRows.canBePacked(), packed > 10, packed + " packed in several blocks");
  }

  private static void check(Engine engine, List<float[]> images, String what) {
    List<List<float[]>> expected = images.stream().map(image -> alone(engine, image)).toList();
    for (int threads = 1; threads <= 2; threads++) {
      try (Plan plan = engine.plan(threads)) {
        // From a small batch to a larger one and back, as arrays grow.
        for (int count : new int[] {1, BATCH, 2}) {
          List<List<float[]>> results = plan.run(images.subList(0, count));
          for (int n = 0; n < count; n++) {
            for (int i = 0; i < 2; i++) {
              assertArrayEquals(expected.get(n).get(i), results.get(n).get(i), what);
            }
          }
        }
      }
    }
  }

  /** One image, each value in an array of its own, plain. */
  private static List<float[]> alone(Engine engine, float[] image) {
    Map<Value, Place> places = new HashMap<>();
    List<Operation.Step> steps = new ArrayList<>();
    try (Workers workers = new Workers(1)) {
      Place input = own(engine.input());
      places.put(engine.input(), input);
      System.arraycopy(image, 0, input.array(), 0, image.length);
      for (Operation operation : engine.operations()) {
        Place output = own(operation.output());
        places.put(operation.output(), output);
        List<Place> inputs = operation.inputs().stream().map(places::get).toList();
        steps.add(operation.bind(inputs, output, buffer(operation.temporary()), workers));
      }
      steps.forEach(step -> step.run(1));
    }
    List<float[]> results = new ArrayList<>();
    for (Value output : engine.outputs()) {
      float[] array = Objects.requireNonNull(places.get(output)).array();
      results.add(Arrays.copyOf(array, output.size()));
    }
    return results;
  }

  private static Place own(Value value) {
    return new Place(value, buffer(value.size()), false);
  }

  private static Buffer buffer(int size) {
    Buffer buffer = new Buffer(size);
    buffer.prepare(1);
    return buffer;
  }
}
