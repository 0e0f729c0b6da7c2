package org.aand.benchmarks;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.aand.backend.Backend;
import org.aand.common.image.ImageFile;
import org.aand.common.image.Preprocessing;
import org.aand.io.dataset.MvtecLayout;
import org.aand.model.ModelFile;
import org.aand.nn.HostValues;
import org.aand.nn.NetGraph;
import org.aand.samediff.ModelStore;
import org.apache.commons.math3.stat.descriptive.rank.Percentile;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * How far the gates of a trained model are open on normal test images: whether the residual
 * generator could be left out where they are closed. Program: {@code GateQuantiles MODEL DATA
 * CATEGORY}.
 */
public final class GateQuantiles {
  private static final double[] QUANTILES = {1, 50, 99};

  private GateQuantiles() {}

  /** Prints a line a level. */
  public static void main(String[] args) {
    Backend.prepare();
    var category = new MvtecLayout(Path.of(args[1])).open(args[2]);
    try (var model = ModelStore.read(ModelFile.locate(Path.of(args[0]))).model();
        var net = new NetGraph(model.parameters(), NetGraph.Form.INFERENCE, DataType.FLOAT)) {
      var teacher = model.teacher();
      var features = teacher.backbone().build(net, net.input("images"));
      var gates = new ArrayList<SDVariable>();
      var values = new ArrayList<List<Double>>();
      for (int i = 0; i < features.size(); i++) {
        gates.add(teacher.modules().get(i).gate(net, features.get(i)));
        values.add(new ArrayList<>());
      }
      var preprocessing = new Preprocessing(model.imageSize());
      var size = model.imageSize();
      try (var program = net.program(gates)) {
        for (var sample : category.test()) {
          if (sample.defective()) {
            continue;
          }
          var rgb = preprocessing.resize(ImageFile.read(sample.image()));
          float[] normalised = preprocessing.normalisation().apply(rgb);
          try (var input = HostValues.array(normalised, 1, size.height(), size.width(), 3)) {
            var outputs = program.run(Map.of("images", input));
            for (int i = 0; i < gates.size(); i++) {
              for (double gate : HostValues.read(outputs.get(gates.get(i)))) {
                values.get(i).add(gate);
              }
            }
          }
        }
      }
      for (int i = 0; i < values.size(); i++) {
        print(teacher.modules().get(i).level(), values.get(i));
      }
    }
  }

  private static void print(String level, List<Double> gates) {
    var percentile = new Percentile();
    percentile.setData(gates.stream().mapToDouble(g -> g).toArray());
    System.out.printf(
        Locale.ROOT,
        "level %s: least %.4f",
        level,
        gates.stream().mapToDouble(g -> g).min().orElseThrow());
    for (double quantile : QUANTILES) {
      System.out.printf(Locale.ROOT, ", %.0f %% %.4f", quantile, percentile.evaluate(quantile));
    }
    System.out.println();
  }
}
