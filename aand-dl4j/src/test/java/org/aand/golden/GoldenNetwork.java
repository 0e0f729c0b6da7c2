package org.aand.golden;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.stream.IntStream;
import org.aand.detect.AnomalyMap;
import org.aand.model.ModelDescription;
import org.aand.network.ParameterSpec;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.network.raa.ResidualAmplification;
import org.aand.network.student.Student;
import org.aand.network.teacher.Backbone;
import org.aand.nn.NetGraph;
import org.aand.nn.Parameters;
import org.aand.samediff.Model;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;

/**
 * Teacher, RAA modules and student with the parameters of an {@code _eval} case, and its image.
 * Closed by its opener.
 */
final class GoldenNetwork implements AutoCloseable {
  static final List<String> LEVELS = List.of("a", "b", "c");

  private final GoldenCase golden;
  private final DataType type;
  private final AmplifiedTeacher teacher;
  private final Student student;
  private final Parameters parameters = new Parameters();

  GoldenNetwork(GoldenCase golden, DataType type) {
    this.golden = golden;
    this.type = type;
    var stages = golden.field("layers");
    var backbone =
        new Backbone(
            golden.name(),
            true,
            IntStream.range(0, Backbone.LEVELS).mapToObj(i -> stages.get(i).intValue()).toList(),
            golden.field("width_per_group").intValue());
    this.teacher = AmplifiedTeacher.of(backbone);
    this.student = new Student(backbone, golden.field("bn_layers").intValue());
    var calibration = golden.field("bn_calib");
    boolean itemsStored = golden.field("K_in_npz").booleanValue();
    for (var spec : ModelDescription.table(teacher, student)) {
      parameters.put(
          spec.name(), Tensors.of(values(spec, calibration, itemsStored), type, spec.dimensions()));
    }
  }

  private double[] values(ParameterSpec spec, JsonNode calibration, boolean itemsStored) {
    var torch = TorchNames.of(spec.name());
    var variable = spec.name().substring(spec.name().indexOf('/') + 1);
    int count = Math.toIntExact(spec.length());
    if (variable.startsWith("moving_")) {
      var module = torch.substring(0, torch.lastIndexOf('.'));
      return runningStatistics(torch, calibration.get(module), count);
    }
    if (variable.equals("items") && itemsStored) {
      var level = spec.name().substring("raa_".length(), "raa_".length() + 1);
      return golden.input("K_" + level).values();
    }
    return PortableInitialisation.of(golden.generator(), torch, spec, parameters);
  }

  /** {@code mean = m + s (u - 1/2)}, {@code variance = s^2 (1/2 + u)}, rounded to float32. */
  private double[] runningStatistics(String torch, JsonNode calibration, int count) {
    double m = calibration.get(0).doubleValue();
    double s = calibration.get(1).doubleValue();
    double[] values = golden.generator().uniform(torch, count);
    boolean mean = torch.endsWith("running_mean");
    for (int i = 0; i < count; i++) {
      values[i] = (float) (mean ? m + s * (values[i] - 0.5) : s * s * (0.5 + values[i]));
    }
    return values;
  }

  /** The case's image, {@code [N, 3, S, S]} in row-major order. */
  double[] imageValues() {
    var tag = golden.name().substring(0, golden.name().lastIndexOf('_'));
    int size = size();
    int coarse = size / 8;
    int planes = 3 * batch();
    double[] low = golden.generator().uniform(tag + ".x.lo", planes * coarse * coarse);
    double[] x = golden.generator().uniform(tag + ".x.hi", planes * size * size);
    for (int i = 0; i < x.length; i++) {
      int row = i / size;
      int plane = row / size;
      int lowRow = plane * coarse + row % size / 8;
      double lo = low[lowRow * coarse + i % size / 8];
      x[i] = (float) ((2 * lo - 1) * 1.5 + (2 * x[i] - 1) * 1.0);
    }
    return x;
  }

  /** The case's image, {@code [N, S, S, 3]}. */
  INDArray image() {
    double[] values = TorchLayout.toChannelsLast(imageValues(), batch(), 3, size(), size());
    return Tensors.of(values, type, batch(), size(), size(), 3);
  }

  /** What stage 1 trains on; the caller closes them. */
  List<INDArray> frozenFeatures() {
    return features(teacher.backbone()::build);
  }

  /** What stage 2 trains on; the caller closes them. */
  List<INDArray> amplifiedFeatures() {
    return features(teacher::build);
  }

  private List<INDArray> features(BiFunction<NetGraph, SDVariable, List<SDVariable>> build) {
    try (var net = new NetGraph(parameters, NetGraph.Form.INFERENCE, type);
        var image = image()) {
      var features = build.apply(net, net.input("image"));
      try (var program = net.program(features)) {
        var results = program.run(Map.of("image", image));
        return features.stream().map(f -> results.get(f).dup()).toList();
      }
    }
  }

  int size() {
    return golden.field("image").intValue();
  }

  int batch() {
    return golden.field("batch").intValue();
  }

  /** h = w of each level. */
  int[] levelSizes() {
    return new int[] {size() / 4, size() / 8, size() / 16};
  }

  /** The network as it is used; the parameters stay this one's. */
  Model model() {
    return new Model(teacher, student, size(), AnomalyMap.SIGMA, parameters);
  }

  /** RD with the same parameters. */
  Model withoutModules() {
    var plain = AmplifiedTeacher.plain(teacher.backbone());
    return new Model(plain, student, size(), AnomalyMap.SIGMA, parameters);
  }

  Backbone backbone() {
    return teacher.backbone();
  }

  List<ResidualAmplification> modules() {
    return teacher.modules();
  }

  Student student() {
    return student;
  }

  Parameters parameters() {
    return parameters;
  }

  @Override
  public void close() {
    parameters.close();
  }
}
