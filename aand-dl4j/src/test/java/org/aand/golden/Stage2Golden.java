package org.aand.golden;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.aand.network.ParameterSpec;
import org.aand.nn.CosineDistance;
import org.aand.nn.HostValues;
import org.aand.nn.NetGraph;
import org.aand.nn.Observer;
import org.aand.nn.Outputs;
import org.aand.train.Adam;
import org.aand.train.Stage2Graph;
import org.aand.train.StepSchedule;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Training of stage 2 on the amplified features of the {@code _eval} case: the student's outputs
 * with batch statistics, its hardest locations, gradients of both losses, running statistics, the
 * first step of the optimiser, losses over three steps. In float32 and in double.
 */
final class Stage2Golden {
  private static final int STEPS = 3;
  private static final int LEVELS = GoldenNetwork.LEVELS.size();

  private final GoldenCase golden;
  private final Pass pass;
  private final DataType type;
  private final GoldenNetwork network;
  private final List<INDArray> features;

  /** Trained parameters of ours by the reference's name. */
  private final Map<String, String> names = new LinkedHashMap<>();

  private Stage2Golden(GoldenCase golden, GoldenNetwork network, Pass pass) {
    this.golden = golden;
    this.pass = pass;
    this.type = pass.type();
    this.network = network;
    this.features = network.amplifiedFeatures();
    network.student().parameters().stream()
        .filter(ParameterSpec::trained)
        .forEach(spec -> names.put(TorchNames.of(spec.name()), spec.name()));
  }

  static void check(GoldenCase golden) throws Exception {
    var eval = golden.other(golden.name().replace("_stage2", "_eval"));
    for (var pass : Pass.of(golden)) {
      try (var network = new GoldenNetwork(eval, pass.type())) {
        var check = new Stage2Golden(golden, network, pass);
        check.trainingOutputs();
        check.reverseDistillation();
        check.steps();
        check.features.forEach(INDArray::close);
      }
    }
    unusedParameters(golden);
  }

  private void trainingOutputs() {
    if (pass.kind() == Pass.Kind.SAME_SIDES) {
      return;
    }
    try (var net = new NetGraph(network.parameters(), NetGraph.Form.TRAINING, type)) {
      var maps = new LinkedHashMap<String, SDVariable>();
      var distances = new ArrayList<SDVariable>();
      var inputs = new ArrayList<SDVariable>();
      var feeds = new HashMap<String, INDArray>();
      for (int l = 0; l < LEVELS; l++) {
        inputs.add(net.input("x" + l));
        feeds.put("x" + l, features.get(l));
      }
      var bottleneck = network.student().compress(net, inputs);
      var reconstructions = network.student().decode(net, bottleneck);
      maps.put("train_bottleneck", bottleneck);
      for (int l = 0; l < LEVELS; l++) {
        maps.put("train_dec_" + GoldenNetwork.LEVELS.get(l), reconstructions.get(l));
        distances.add(CosineDistance.of(inputs.get(l), reconstructions.get(l)));
      }
      var outputs = new ArrayList<>(maps.values());
      outputs.addAll(distances);
      try (var program = net.program(outputs)) {
        var results = program.run(feeds);
        maps.forEach((name, map) -> trainingOutput(name, results.get(map)));
        for (int l = 0; l < LEVELS; l++) {
          hardest(l, HostValues.read(results.get(distances.get(l))));
        }
      }
    }
  }

  private void trainingOutput(String name, INDArray map) {
    int k = golden.input(name).values().length;
    golden.compare(name, TorchLayout.samples(Tensors.channelsFirst(map), k), type);
  }

  /** The largest distances of each image, and how far the last one chosen is from the next. */
  private void hardest(int level, double[] distances) {
    var name = "top11_" + GoldenNetwork.LEVELS.get(level);
    int images = golden.input(name).shape()[0];
    int k = golden.input(name).shape()[1];
    int locations = distances.length / images;
    double[] largest = new double[images * k];
    double margin = Double.POSITIVE_INFINITY;
    for (int image = 0; image < images; image++) {
      double[] sorted = Arrays.copyOfRange(distances, image * locations, (image + 1) * locations);
      Arrays.sort(sorted);
      for (int i = 0; i < k; i++) {
        largest[image * k + i] = sorted[locations - 1 - i];
      }
      margin = Math.min(margin, sorted[locations - k + 1] - sorted[locations - k]);
    }
    golden.compare(name, largest, type);
    // A difference of two of the numbers just compared: absolute, as far as each may be off.
    golden.scalar(
        "margin of " + name,
        golden.field("top10_margins").get(level).asDouble(),
        margin,
        2 * golden.tolerance(name, type) * Arrays.stream(largest).max().orElseThrow());
  }

  private void reverseDistillation() {
    try (var graph =
        new Stage2Graph(
            network.student(),
            network.parameters(),
            Stage2Graph.Options.reverseDistillation(),
            type)) {
      graph.observe(pass.observer());
      gradients("rd", graph, graph.compute(features));
    }
  }

  private void gradients(String loss, Stage2Graph graph, Outputs outputs) {
    var norms = golden.field("grad_norms").get(loss);
    // Not every norm has samples beside it, and some samples are all zero.
    double largest =
        golden.arrayNames().stream()
            .filter(name -> name.startsWith("grad_" + loss + "/"))
            .mapToDouble(name -> golden.tolerance(name, pass.judged()))
            .max()
            .orElseThrow();
    names.forEach(
        (torch, ours) -> {
          var gradient = TorchParameter.of(graph.gradient(outputs, ours));
          var name = "grad_" + loss + "/" + torch;
          if (golden.has(name)) {
            int k = golden.input(name).values().length;
            pass.gradient(name, gradient.samples(k));
          }
          pass.gradientNorm(
              "norm of " + name, norms.get(torch).asDouble(), gradient.norm(), largest);
        });
    norms
        .fieldNames()
        .forEachRemaining(
            name -> {
              if (!names.containsKey(name) && !norms.get(name).isNull()) {
                throw new AssertionError("we have no parameter " + name);
              }
            });
  }

  private void steps() {
    int columns = golden.input("trace").shape()[1];
    double[] trace = new double[(STEPS + 1) * columns];
    double rate = new StepSchedule().base();
    try (var graph =
            new Stage2Graph(
                network.student(), network.parameters(), new Stage2Graph.Options(), type);
        var adam = new Adam(new Adam.Options())) {
      for (int step = 0; step <= STEPS; step++) {
        graph.observe(step == 0 ? pass.observer() : Observer.NONE);
        var outputs = graph.compute(features);
        var losses = graph.losses(outputs);
        trace[step * columns] = losses.total();
        trace[step * columns + 1] = losses.hard();
        trace[step * columns + 2] = losses.global();
        if (step == STEPS) {
          break;
        }
        if (step == 0) {
          gradients("kd", graph, outputs);
          var first = new FirstStep(golden, pass, network.parameters(), names, rate);
          first.before(ours -> graph.gradient(outputs, ours));
          graph.update(outputs, adam, rate);
          first.after();
          runningStatistics();
        } else {
          graph.update(outputs, adam, rate);
        }
      }
    }
    pass.trace(trace);
  }

  private void runningStatistics() {
    for (var spec : network.student().parameters()) {
      var name = "running_after1/" + TorchNames.of(spec.name());
      if (golden.has(name)) {
        int k = golden.input(name).values().length;
        double[] values = HostValues.read(network.parameters().get(spec.name()));
        pass.continuous(name, TorchLayout.samples(values, k));
      }
    }
  }

  /**
   * The reference carries one convolution with its normalisation that nothing uses and no step
   * changes; this implementation has none. Its values are the generator's, before and after.
   */
  private static void unusedParameters(GoldenCase golden) {
    var generator = golden.generator();
    for (var when : List.of("before/", "after1/")) {
      int k = golden.input(when + "bn.conv4.weight").values().length;
      int out = 2048;
      int stride = TorchLayout.sampleStride(out * 4096, k);
      double bound = Math.sqrt(6.0 / out);
      golden.compareWithin(
          when + "bn.conv4.weight", generator.symmetric("bn.conv4.weight", bound, k, stride), 0);
      stride = TorchLayout.sampleStride(out, k);
      golden.compareWithin(
          when + "bn.bn4.weight",
          PortableInitialisation.gamma(generator, "bn.bn4.weight", k, stride),
          0);
      golden.compareWithin(
          when + "bn.bn4.bias",
          PortableInitialisation.beta(generator, "bn.bn4.bias", k, stride),
          0);
    }
  }
}
