package org.aand.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.stream.IntStream;
import org.aand.common.random.RandomStreams;
import org.aand.loss.AmplificationLoss;
import org.aand.loss.DistillationLoss;
import org.aand.loss.FocalLoss;
import org.aand.nn.Gradients;
import org.aand.nn.HostValues;
import org.aand.nn.NetGraph;
import org.aand.nn.Parameters;
import org.aand.nn.WeightedSum;
import org.aand.train.LevelSample;
import org.aand.train.Stage1Graph;
import org.aand.train.Stage2Graph;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The losses of both stages and their gradients on given maps: A frozen, B amplified or the
 * student's. The case stores no float32 deviations; float32 is held to the usual floor, double to
 * the rounding of the stored values.
 */
final class LossesGolden {
  private static final int LEVELS = 3;
  private static final Stage1Graph.Options STAGE1 = new Stage1Graph.Options();

  private final GoldenCase golden;
  private final DataType type;
  private final double tolerance;
  private final GoldenMasks masks;
  private final GoldenMasks foreground;

  private LossesGolden(GoldenCase golden, DataType type) {
    this.golden = golden;
    this.type = type;
    this.tolerance = type == DataType.DOUBLE ? 1e-12 : GoldenCase.FLOOR;
    this.masks = GoldenMasks.of(golden.input("mask"));
    this.foreground = GoldenMasks.of(golden.input("fore"));
  }

  static void check(GoldenCase golden) {
    for (var type : List.of(DataType.FLOAT, DataType.DOUBLE)) {
      var check = new LossesGolden(golden, type);
      check.masks();
      check.focal();
      check.value("amplify_fore", check.amplification(check.masks, check.foreground, true));
      check.value("amplify_nofore", check.amplification(check.masks, everywhere(check), false));
      check.value(
          "amplify_empty_mask", check.amplification(nowhere(check), everywhere(check), false));
      check.distillation();
      check.logged();
    }
  }

  private void value(String name, double actual) {
    golden.relative(name, golden.field("values").get(name).asDouble(), actual, tolerance);
  }

  private static GoldenMasks everywhere(LossesGolden check) {
    return constant(check, (byte) 1);
  }

  private static GoldenMasks nowhere(LossesGolden check) {
    return constant(check, (byte) 0);
  }

  private static GoldenMasks constant(LossesGolden check, byte value) {
    int size = check.masks.size();
    byte[] image = new byte[size * size];
    Arrays.fill(image, value);
    return new GoldenMasks(check.masks.images().stream().map(i -> image).toList(), size);
  }

  private int levelSize(int level) {
    return golden.input("A" + level).shape()[2];
  }

  private void masks() {
    for (int l = 0; l < LEVELS; l++) {
      golden.compareWithin("mask_l" + l, masks.levelValues(levelSize(l)), 0);
      golden.compareWithin("mask_avg_l" + l, masks.levelShares(levelSize(l)), 0);
    }
  }

  private double[] predictions(int level) {
    return golden.input("pred" + level).values();
  }

  private void focal() {
    try (var none = new Parameters();
        var net = new NetGraph(none, NetGraph.Form.TRAINING, type)) {
      var feeds = new HashMap<String, INDArray>();
      var counts = new GateCounts();
      var gates = IntStream.range(0, LEVELS).mapToObj(l -> net.input("gate" + l)).toList();
      var losses =
          IntStream.range(0, LEVELS)
              .mapToObj(l -> FocalLoss.of(gates.get(l), net.input("mask" + l), STAGE1.focal()))
              .toList();
      for (int l = 0; l < LEVELS; l++) {
        double[] p = predictions(l);
        boolean[] locations = masks.level(levelSize(l));
        feeds.put("gate" + l, Tensors.of(p, type, p.length, 1));
        feeds.put("mask" + l, Tensors.gate(locations, type));
        counts.add(p, locations);
      }
      var total = WeightedSum.of(losses);
      var gradients = Gradients.of(total, gates);
      var outputs = new ArrayList<>(gradients);
      outputs.add(total);
      try (var program = net.program(outputs)) {
        var results = program.run(feeds);
        value("focal", results.scalar(total));
        for (int l = 0; l < LEVELS; l++) {
          golden.compare(
              "grad_focal_pred" + l, HostValues.read(results.get(gradients.get(l))), type);
        }
      }
      // The reference counts in float32 whatever the run, and so does the count here.
      golden.relative("P", golden.field("values").get("P").asDouble(), counts.precision(), 0);
      golden.relative("R", golden.field("values").get("R").asDouble(), counts.recall(), 0);
    }
  }

  /** The loss summed over the levels; compares the gradients where asked to. */
  private double amplification(GoldenMasks anomalous, GoldenMasks normal, boolean gradients) {
    double sum = 0;
    var random = new RandomStreams(0).stream("sampling");
    for (int l = 0; l < LEVELS; l++) {
      int size = levelSize(l);
      var sample =
          LevelSample.draw(
              anomalous.level(size),
              normal.level(size),
              STAGE1.maxNormal(),
              STAGE1.maxAnomalous(),
              random);
      sum += amplification(l, sample, gradients);
    }
    return sum;
  }

  private double amplification(int level, LevelSample sample, boolean compareGradient) {
    var a = golden.input("A" + level);
    var b = golden.input("B" + level);
    try (var none = new Parameters();
        var net = new NetGraph(none, NetGraph.Form.TRAINING, type)) {
      var amplified = net.input("amplified");
      var loss =
          AmplificationLoss.of(
              net.input("normal"),
              net.input("frozen"),
              amplified,
              net.input("normal_weights"),
              net.input("anomalous_weights"),
              STAGE1.margin());
      var gradient = Gradients.of(loss, List.of(amplified)).get(0);
      int n = sample.normal().length;
      int m = sample.anomalous().length;
      var feeds = new HashMap<String, INDArray>();
      feeds.put("normal", rows(a, sample.normal()));
      feeds.put("frozen", rows(a, sample.anomalous()));
      feeds.put("amplified", rows(b, sample.anomalous()));
      feeds.put("normal_weights", Tensors.of(sample.normalWeights(), type, n, 1));
      feeds.put("anomalous_weights", Tensors.of(sample.anomalousWeights(), type, 1, m));
      try (var program = net.program(List.of(loss, gradient))) {
        var results = program.run(feeds);
        if (compareGradient) {
          double[] scattered =
              scatter(HostValues.read(results.get(gradient)), sample.anomalous(), b.shape());
          golden.compare("grad_amp_B" + level, scattered, type);
        }
        return results.scalar(loss);
      }
    }
  }

  /** The features at these locations, {@code [n, 1, 1, C]}. */
  private INDArray rows(NpyArray map, double[] locations) {
    int c = map.shape()[1];
    double[] all = TorchLayout.toChannelsLast(map.values(), map.shape());
    double[] rows = new double[locations.length * c];
    for (int i = 0; i < locations.length; i++) {
      System.arraycopy(all, ((int) locations[i]) * c, rows, i * c, c);
    }
    return Tensors.of(rows, type, locations.length, 1, 1, c);
  }

  /** Adds the rows up where they came from; channels first. */
  private static double[] scatter(double[] rows, double[] locations, int[] shape) {
    int c = shape[1];
    double[] map = new double[shape[0] * c * shape[2] * shape[3]];
    for (int i = 0; i < rows.length; i++) {
      map[((int) locations[i / c]) * c + i % c] += rows[i];
    }
    return TorchLayout.toChannelsFirst(map, shape[0], shape[2], shape[3], c);
  }

  private void distillation() {
    int hardest = new Stage2Graph.Options().hardest();
    try (var none = new Parameters();
        var net = new NetGraph(none, NetGraph.Form.TRAINING, type)) {
      var feeds = new HashMap<String, INDArray>();
      var students = IntStream.range(0, LEVELS).mapToObj(l -> net.input("B" + l)).toList();
      var parts =
          IntStream.range(0, LEVELS)
              .mapToObj(l -> DistillationLoss.of(net.input("A" + l), students.get(l), hardest))
              .toList();
      for (int l = 0; l < LEVELS; l++) {
        feeds.put("A" + l, Tensors.map(golden.input("A" + l), type));
        feeds.put("B" + l, Tensors.map(golden.input("B" + l), type));
      }
      var rd = WeightedSum.of(parts.stream().map(DistillationLoss.Parts::global).toList());
      var hard = WeightedSum.of(parts.stream().map(DistillationLoss.Parts::hard).toList());
      var kd = WeightedSum.of(List.of(hard, rd));
      var ofRd = Gradients.of(rd, students);
      var ofKd = Gradients.of(kd, students);
      var outputs = new ArrayList<>(ofRd);
      outputs.addAll(ofKd);
      outputs.addAll(List.of(kd, rd));
      try (var program = net.program(outputs)) {
        var results = program.run(feeds);
        value("kd", results.scalar(kd));
        value("rd", results.scalar(rd));
        for (int l = 0; l < LEVELS; l++) {
          golden.compare("grad_kd_B" + l, Tensors.channelsFirst(results.get(ofKd.get(l))), type);
          golden.compare("grad_rd_B" + l, Tensors.channelsFirst(results.get(ofRd.get(l))), type);
        }
      }
    }
  }

  /** What stage 1 only logs; the case took the norms of B itself, and no foreground. */
  private void logged() {
    var levels = new ArrayList<LoggedQuantities>();
    for (int l = 0; l < LEVELS; l++) {
      var a = golden.input("A" + l);
      var b = golden.input("B" + l);
      double[] residual = TorchLayout.toChannelsLast(b.values(), b.shape());
      levels.add(
          LoggedQuantities.of(
              TorchLayout.toChannelsLast(a.values(), a.shape()),
              residual,
              residual,
              masks.level(levelSize(l))));
    }
    // Computed here in double from the stored inputs in either run.
    var values = golden.field("values");
    double exact = 1e-12;
    golden.relative("normal", values.get("normal").asDouble(), sum(levels), exact);
    golden.relative(
        "fnorm",
        values.get("fnorm").asDouble(),
        levels.stream().mapToDouble(LoggedQuantities::normalNorm).average().orElseThrow(),
        exact);
    golden.relative(
        "afnorm",
        values.get("afnorm").asDouble(),
        levels.stream().mapToDouble(LoggedQuantities::anomalousNorm).average().orElseThrow(),
        exact);
  }

  private static double sum(List<LoggedQuantities> levels) {
    return levels.stream().mapToDouble(LoggedQuantities::normalDistance).sum();
  }
}
