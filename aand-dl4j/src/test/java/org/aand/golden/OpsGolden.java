package org.aand.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.aand.common.image.ImageSize;
import org.aand.detect.AnomalyMap;
import org.aand.detect.SmoothingMatrix;
import org.aand.network.Activation;
import org.aand.network.ConvNorm;
import org.aand.nn.Convolution;
import org.aand.nn.CosineDistance;
import org.aand.nn.Gradients;
import org.aand.nn.HostValues;
import org.aand.nn.InnerProduct;
import org.aand.nn.MaxPooling;
import org.aand.nn.NetGraph;
import org.aand.nn.Parameters;
import org.aand.nn.TransposedConvolution;
import org.aand.train.Adam;
import org.aand.train.LevelMasks;
import org.aand.train.RunningStatisticsUpdate;
import org.aand.train.StepSchedule;
import org.nd4j.linalg.api.buffer.DataType;

/** Single operations, the optimiser and its schedule. No float32 deviations are stored here. */
final class OpsGolden {
  private final GoldenCase golden;
  private final DataType type;

  private OpsGolden(GoldenCase golden, DataType type) {
    this.golden = golden;
    this.type = type;
  }

  static void check(GoldenCase golden) {
    for (var type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      var check = new OpsGolden(golden, type);
      check.convolutions();
      check.normalizationInUse();
      check.normalizationInTraining();
      check.cosine();
      check.adam();
    }
    enlarging(golden, 16);
    enlarging(golden, 13);
    smoothing(golden);
    pooling(golden);
    schedule(golden, "stage1", 100);
    schedule(golden, "stage2", 120);
  }

  private void convolutions() {
    try (var parameters = new Parameters();
        var net = new NetGraph(parameters, NetGraph.Form.TRAINING, type)) {
      kernel(parameters, "conv7_w", 7, 7, 3, 5);
      kernel(parameters, "deconv_w", 2, 2, 3, 4);
      var convolved = Convolution.of(net.input("conv7_x"), net.parameter("conv7_w"), 2);
      var pooled = MaxPooling.of(convolved);
      var enlarged = TransposedConvolution.of(net.input("deconv_x"), net.parameter("deconv_w"));
      try (var program = net.program(List.of(convolved, pooled, enlarged))) {
        var results =
            program.run(
                Map.of(
                    "conv7_x", Tensors.map(golden.input("conv7_x"), type),
                    "deconv_x", Tensors.map(golden.input("deconv_x"), type)));
        golden.compare("conv7_y", Tensors.channelsFirst(results.get(convolved)), type);
        golden.compare("maxpool_y", Tensors.channelsFirst(results.get(pooled)), type);
        golden.compare("deconv_y", Tensors.channelsFirst(results.get(enlarged)), type);
      }
    }
  }

  private void kernel(Parameters parameters, String name, long... shape) {
    double[] values = TorchLayout.parameterFromTorch(golden.input(name).values(), shape);
    parameters.put(name, Tensors.of(values, type, shape));
  }

  /** A normalisation behind a 1x1 convolution that changes nothing. */
  private ConvNorm normalization(Parameters parameters) {
    int c = golden.input("bn_x").shape()[1];
    double[] identity = new double[c * c];
    for (int i = 0; i < c; i++) {
      identity[i * c + i] = 1;
    }
    parameters.put("conv/kernel", Tensors.of(identity, type, 1, 1, c, c));
    Map.of(
            "gamma", "bn_gamma",
            "beta", "bn_beta",
            "moving_mean", "bn_rm",
            "moving_variance", "bn_rv")
        .forEach(
            (variable, array) ->
                parameters.put(
                    "norm/" + variable, Tensors.of(golden.input(array).values(), type, c)));
    return ConvNorm.plain("conv", "norm", c, c, 1, 1);
  }

  private void normalizationInUse() {
    try (var parameters = new Parameters();
        var net = new NetGraph(parameters, NetGraph.Form.INFERENCE, type)) {
      var y = net.convNorm(net.input("x"), normalization(parameters), Activation.NONE);
      try (var program = net.program(List.of(y))) {
        var results = program.run(Map.of("x", Tensors.map(golden.input("bn_x"), type)));
        golden.compare("bn_eval_y", Tensors.channelsFirst(results.get(y)), type);
      }
    }
  }

  private void normalizationInTraining() {
    try (var parameters = new Parameters();
        var net = new NetGraph(parameters, NetGraph.Form.TRAINING, type)) {
      var x = net.input("x");
      var y = net.convNorm(x, normalization(parameters), Activation.NONE);
      var loss = InnerProduct.of(y, net.input("G"));
      var wanted = List.of(x, net.parameter("norm/gamma"), net.parameter("norm/beta"));
      var gradients = Gradients.of(loss, wanted);
      var statistics = new RunningStatisticsUpdate(net, parameters);
      var outputs = new ArrayList<>(gradients);
      outputs.add(y);
      outputs.addAll(statistics.required());
      try (var program = net.program(outputs)) {
        var results =
            program.run(
                Map.of(
                    "x", Tensors.map(golden.input("bn_x"), type),
                    "G", Tensors.map(golden.input("bn_G"), type)));
        golden.compare("bn_train_y", Tensors.channelsFirst(results.get(y)), type);
        golden.compare("bn_train_dx", Tensors.channelsFirst(results.get(gradients.get(0))), type);
        golden.compare("bn_dgamma", HostValues.read(results.get(gradients.get(1))), type);
        golden.compare("bn_dbeta", HostValues.read(results.get(gradients.get(2))), type);
        statistics.update(results);
        golden.compare("bn_rm_after", HostValues.read(parameters.get("norm/moving_mean")), type);
        golden.compare(
            "bn_rv_after", HostValues.read(parameters.get("norm/moving_variance")), type);
      }
    }
  }

  /** The case holds one zero vector and one of norm 1e-9; its cosines are torch's float32. */
  private void cosine() {
    try (var none = new Parameters();
        var net = new NetGraph(none, NetGraph.Form.INFERENCE, type)) {
      var distance = CosineDistance.of(net.input("a"), net.input("b"));
      try (var program = net.program(List.of(distance))) {
        var results =
            program.run(
                Map.of(
                    "a", Tensors.map(golden.input("cos_a"), type),
                    "b", Tensors.map(golden.input("cos_b"), type)));
        double[] cosines =
            Arrays.stream(HostValues.read(results.get(distance))).map(d -> 1 - d).toArray();
        golden.compare("cos_y", cosines);
      }
    }
  }

  private void adam() {
    int steps = golden.input("adam_grads").shape()[0];
    int n = golden.input("adam_grads").shape()[1];
    double[] gradients = golden.input("adam_grads").values();
    double[] stored = golden.input("adam_params").values();
    double[] trace = Arrays.copyOf(stored, stored.length);
    try (var adam = new Adam(new Adam.Options());
        var parameter = Tensors.of(Arrays.copyOf(stored, n), type, n)) {
      for (int step = 0; step < steps; step++) {
        adam.nextStep();
        double[] gradient = Arrays.copyOfRange(gradients, step * n, (step + 1) * n);
        try (var array = Tensors.of(gradient, type, n)) {
          adam.update("p", parameter, array, new StepSchedule().base());
        }
        System.arraycopy(HostValues.read(parameter), 0, trace, (step + 1) * n, n);
      }
    }
    golden.compare("adam_params", trace, type);
  }

  private static void enlarging(GoldenCase golden, int size) {
    var x = golden.input("interp_x");
    float[] map =
        new AnomalyMap(ImageSize.square(size), List.of(ImageSize.square(x.shape()[2])), 0)
            .of(List.of(x.values()));
    golden.compare("interp_y" + size, map);
  }

  /** Rows first or columns first makes no difference; a matrix on either side. */
  private static void smoothing(GoldenCase golden) {
    var x = golden.input("gauss4_x");
    int h = x.shape()[0];
    int w = x.shape()[1];
    double[] rows = SmoothingMatrix.of(h, AnomalyMap.SIGMA);
    double[] columns = SmoothingMatrix.of(w, AnomalyMap.SIGMA);
    double[] smoothed = new double[h * w];
    for (int i = 0; i < h; i++) {
      for (int j = 0; j < w; j++) {
        for (int k = 0; k < h; k++) {
          for (int l = 0; l < w; l++) {
            smoothed[i * w + j] += rows[i * h + k] * x.values()[k * w + l] * columns[j * w + l];
          }
        }
      }
    }
    golden.compare("gauss4_y", smoothed, DataType.DOUBLE);

    int size = golden.input("gauss4_delta").shape()[0];
    double[] impulse = new double[size * size];
    impulse[argmax(golden.input("gauss4_delta").values())] = 1;
    float[] map =
        new AnomalyMap(ImageSize.square(size), List.of(ImageSize.square(size)), AnomalyMap.SIGMA)
            .of(List.of(impulse));
    golden.compare("gauss4_delta", map);
  }

  private static int argmax(double[] values) {
    int best = 0;
    for (int i = 0; i < values.length; i++) {
      best = values[i] > values[best] ? i : best;
    }
    return best;
  }

  /**
   * Ours pools masks, the case any numbers: pooling is linear, so the numbers are pooled as the
   * masks of their binary digits.
   */
  private static void pooling(GoldenCase golden) {
    var x = golden.input("pool_x");
    int images = x.shape()[1];
    int size = x.shape()[2];
    int to = golden.input("pool_y4").shape()[2];
    double unit = 0x1p-40;
    double[] pooled = new double[images * to * to];
    for (int bit = 0; bit < 62; bit++) {
      for (int sign = -1; sign <= 1; sign += 2) {
        var digits = new ArrayList<byte[]>();
        for (int image = 0; image < images; image++) {
          byte[] digit = new byte[size * size];
          for (int i = 0; i < digit.length; i++) {
            long number = Math.round(sign * x.values()[image * digit.length + i] / unit);
            digit[i] = (byte) (number < 0 ? 0 : number >> bit & 1);
          }
          digits.add(digit);
        }
        double[] shares = LevelMasks.shares(digits, ImageSize.square(size), ImageSize.square(to));
        for (int i = 0; i < pooled.length; i++) {
          pooled[i] += sign * shares[i] * (1L << bit) * unit;
        }
      }
    }
    golden.compare("pool_y4", pooled, DataType.DOUBLE);
  }

  /** The epochs where the rate changes, and to what; released code's number of epochs. */
  private static void schedule(GoldenCase golden, String stage, int epochs) {
    var expected = golden.field("lr_changes_epoch_index").get(stage);
    var schedule = new StepSchedule();
    int change = 0;
    double last = Double.NaN;
    for (int epoch = 0; epoch < epochs; epoch++) {
      double rate = schedule.rate(epoch, epochs);
      if (rate != last) {
        golden.relative(stage + " change", expected.get(change).get(0).asInt(), epoch, 0);
        golden.relative(stage + " rate", expected.get(change).get(1).asDouble(), rate, 1e-15);
        change++;
        last = rate;
      }
    }
    golden.relative(stage + " changes", expected.size(), change, 0);
  }
}
