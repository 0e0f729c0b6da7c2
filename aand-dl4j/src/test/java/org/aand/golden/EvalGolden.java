package org.aand.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.aand.common.image.ImageSize;
import org.aand.detect.AnomalyMap;
import org.aand.detect.Prediction;
import org.aand.nn.CosineDistance;
import org.aand.nn.HostValues;
import org.aand.nn.NetGraph;
import org.aand.nn.Outputs;
import org.aand.nn.Sum;
import org.aand.runtime.RuntimeModel;
import org.aand.samediff.Detector;
import org.aand.samediff.Model;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * The whole network in use: features, residuals, bottleneck, reconstructions, discrepancies and
 * anomaly maps of AAND, of stage 1 alone and of RD.
 */
final class EvalGolden {
  /** Maps {@code [N, H, W, C]} by the reference's name. */
  private final Map<String, SDVariable> maps = new LinkedHashMap<>();

  private final Map<String, SDVariable> gates = new LinkedHashMap<>();
  private final Map<String, SDVariable> distances = new LinkedHashMap<>();

  static void check(GoldenCase golden) throws Exception {
    try (var network = new GoldenNetwork(golden, DataType.FLOAT)) {
      try (var net = new NetGraph(network.parameters(), NetGraph.Form.INFERENCE, DataType.FLOAT)) {
        new EvalGolden().check(golden, network, net);
      }
      detections(golden, network);
    }
  }

  private void build(GoldenNetwork network, NetGraph net) {
    var frozen = network.backbone().build(net, net.input("image"));
    var amplified = new ArrayList<SDVariable>();
    for (int l = 0; l < frozen.size(); l++) {
      var level = GoldenNetwork.LEVELS.get(l);
      var module = network.modules().get(l);
      var x = frozen.get(l);
      var gate = module.gate(net, x);
      var residual = module.residual(net, x, gate);
      amplified.add(Sum.of(x, residual));
      maps.put("f0_" + level, x);
      maps.put("delta_" + level, residual);
      maps.put("fT_" + level, amplified.get(l));
      maps.put("delta_masked_" + level, module.residual(net, x, net.input("mask_" + level)));
      gates.put(level, gate);
    }
    var bottleneck = network.student().compress(net, amplified);
    maps.put("bottleneck", bottleneck);
    var reconstructed = network.student().decode(net, bottleneck);
    for (int l = 0; l < frozen.size(); l++) {
      var level = GoldenNetwork.LEVELS.get(l);
      maps.put("dec_" + level, reconstructed.get(l));
      distances.put("amap" + l, CosineDistance.of(amplified.get(l), reconstructed.get(l)));
      distances.put("stage1" + l, CosineDistance.of(frozen.get(l), amplified.get(l)));
    }
  }

  private void check(GoldenCase golden, GoldenNetwork network, NetGraph net) {
    build(network, net);
    golden.input("fore"); // of no use to a network that is only evaluated
    image(golden, network);
    var masks = GoldenMasks.of(golden.input("mask"));
    var feeds = new HashMap<String, INDArray>();
    feeds.put("image", network.image());
    for (int l = 0; l < GoldenNetwork.LEVELS.size(); l++) {
      boolean[] locations = masks.level(network.levelSizes()[l]);
      feeds.put("mask_" + GoldenNetwork.LEVELS.get(l), Tensors.gate(locations, DataType.FLOAT));
    }
    var outputs = new ArrayList<>(maps.values());
    outputs.addAll(gates.values());
    outputs.addAll(distances.values());
    try (var program = net.program(outputs)) {
      var results = program.run(feeds);
      maps.forEach((name, variable) -> map(golden, name, results.get(variable)));
      gates.forEach((level, gate) -> gate(golden, level, HostValues.read(results.get(gate))));
      anomalyMaps(golden, network, results);
    }
    feeds.values().forEach(INDArray::close);
  }

  private static void image(GoldenCase golden, GoldenNetwork network) {
    double[] values = network.imageValues();
    if (golden.has("x")) {
      golden.compareWithin("x", values, 0);
      return;
    }
    int s = network.size();
    double[] corner = new double[network.batch() * 3 * 64];
    for (int i = 0; i < corner.length; i++) {
      corner[i] = values[i / 64 * s * s + i / 8 % 8 * s + i % 8];
    }
    golden.compareWithin("x_first", corner, 0);
  }

  private static void gate(GoldenCase golden, String level, double[] gate) {
    golden.compare("atten_" + level, gate);
    var range = golden.field("atten_min_max").get(level);
    double min = Arrays.stream(gate).min().orElseThrow();
    double max = Arrays.stream(gate).max().orElseThrow();
    golden.relative("smallest gate " + level, range.get(0).asDouble(), min, GoldenCase.FLOOR);
    golden.relative("largest gate " + level, range.get(1).asDouble(), max, GoldenCase.FLOOR);
  }

  /** A map in full, as samples, or as slice and channel statistics; and its statistics. */
  private static void map(GoldenCase golden, String name, INDArray map) {
    double[] values = Tensors.channelsFirst(map);
    if (golden.has(name)) {
      golden.compare(name, values);
    }
    if (golden.has(name + "_samples")) {
      int k = golden.input(name + "_samples").values().length;
      golden.compare(name + "_samples", TorchLayout.samples(values, k));
    }
    if (golden.has(name + "_slice")) {
      int n = Math.toIntExact(map.size(0));
      int h = Math.toIntExact(map.size(1));
      int c = Math.toIntExact(map.size(3));
      int step = Math.max(1, h / 8);
      golden.compare(
          name + "_slice",
          TorchLayout.slice(values, new int[] {n, c, h, h}, 1, Math.max(1, c / 16), step, step));
      if (n != 1) {
        throw new AssertionError("channel statistics are of single images");
      }
      golden.compare(name + "_chmean", FeatureStatistics.channelMeans(values, c));
      golden.compare(name + "_chstd", FeatureStatistics.channelDeviations(values, c));
    }
    var expected = golden.field("feature_stats").get(name);
    var actual = FeatureStatistics.of(values);
    double std = expected.get("std").asDouble();
    // A mean near zero is known as well as the values are, so its error is taken over their spread.
    golden.scalar(
        "mean of " + name,
        expected.get("mean").asDouble() / std,
        actual.mean() / std,
        GoldenCase.FLOOR);
    golden.relative("std of " + name, std, actual.std(), GoldenCase.FLOOR);
    golden.relative(
        "absmax of " + name, expected.get("absmax").asDouble(), actual.absmax(), GoldenCase.FLOOR);
  }

  private void anomalyMaps(GoldenCase golden, GoldenNetwork network, Outputs results) {
    var raw = anomalyMap(network, 0);
    var smoothed = anomalyMap(network, AnomalyMap.SIGMA);
    for (int l = 0; l < GoldenNetwork.LEVELS.size(); l++) {
      var distance = results.get(distances.get("amap" + l));
      golden.compare("cosmap_" + GoldenNetwork.LEVELS.get(l), HostValues.read(distance));
    }
    anomalyMap(golden, "amap_raw", network, maps(raw, "amap", network, results));
    anomalyMap(golden, "amap_stage1", network, maps(smoothed, "stage1", network, results));
  }

  /** The same through the detectors, as they are used: AAND's maps and scores, and RD's maps. */
  private static void detections(GoldenCase golden, GoldenNetwork network) {
    var images = new ArrayList<float[]>();
    try (var batch = network.image()) {
      for (int i = 0; i < network.batch(); i++) {
        images.add(batch.slice(i).dup('c').data().asFloat());
      }
    }
    detections(
        golden,
        network,
        inSameDiff(network.model(), images),
        inSameDiff(network.withoutModules(), images));
    detections(
        golden, network, inJava(network.model(), images), inJava(network.withoutModules(), images));
  }

  private static void detections(
      GoldenCase golden,
      GoldenNetwork network,
      List<Prediction> found,
      List<Prediction> foundByRd) {
    anomalyMap(golden, "amap", network, maps(found));
    golden.compare("score", found.stream().mapToDouble(Prediction::score).toArray());
    anomalyMap(golden, "amap_rd", network, maps(foundByRd));
  }

  private static List<Prediction> inSameDiff(Model model, List<float[]> images) {
    try (var detector = new Detector(model)) {
      return detector.detect(images);
    }
  }

  private static List<Prediction> inJava(Model model, List<float[]> images) {
    var runtime =
        RuntimeModel.of(
            model.description(),
            spec -> HostValues.readSingle(model.parameters().get(spec.name())));
    try (var detector = runtime.detector(2)) {
      return detector.detect(images);
    }
  }

  private static double[] maps(List<Prediction> found) {
    return found.stream()
        .flatMapToDouble(d -> IntStream.range(0, d.map().length).mapToDouble(i -> d.map()[i]))
        .toArray();
  }

  private static void anomalyMap(
      GoldenCase golden, String name, GoldenNetwork network, double[] values) {
    if (golden.has(name)) {
      golden.compare(name, values);
    } else {
      int[] shape = {network.batch(), network.size(), network.size()};
      golden.compare(name + "_s4", TorchLayout.slice(values, shape, 1, 4, 4));
    }
  }

  /** The maps of all images, one after the other. */
  private double[] maps(AnomalyMap map, String kind, GoldenNetwork network, Outputs results) {
    int pixels = network.size() * network.size();
    double[] all = new double[network.batch() * pixels];
    for (int image = 0; image < network.batch(); image++) {
      var levels = new ArrayList<double[]>();
      for (int l = 0; l < GoldenNetwork.LEVELS.size(); l++) {
        double[] distance = HostValues.read(results.get(distances.get(kind + l)));
        int locations = distance.length / network.batch();
        levels.add(Arrays.copyOfRange(distance, image * locations, (image + 1) * locations));
      }
      float[] values = map.of(List.copyOf(levels));
      for (int p = 0; p < pixels; p++) {
        all[image * pixels + p] = values[p];
      }
    }
    return all;
  }

  private static AnomalyMap anomalyMap(GoldenNetwork network, double sigma) {
    var levels = Arrays.stream(network.levelSizes()).mapToObj(ImageSize::square).toList();
    return new AnomalyMap(ImageSize.square(network.size()), levels, sigma);
  }
}
