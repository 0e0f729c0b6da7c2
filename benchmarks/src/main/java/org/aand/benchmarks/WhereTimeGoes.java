package org.aand.benchmarks;

import java.util.Map;
import java.util.function.Consumer;
import org.aand.backend.Backend;
import org.aand.nn.CosineDistance;
import org.aand.nn.HostValues;
import org.aand.nn.NetGraph;
import org.aand.nn.Observer;
import org.aand.variant.Variant;
import org.nd4j.autodiff.samediff.SDVariable;
import org.nd4j.linalg.api.buffer.DataType;

/**
 * Where the time of a network or a training step goes, operation by operation. Program: {@code
 * WhereTimeGoes aand|rd|stage1|stage2 [BATCH [BACKBONE]]}.
 */
public final class WhereTimeGoes {
  private static final int WARM_UP = 2;
  private static final int RUNS = 5;

  private WhereTimeGoes() {}

  /** Prints a line an operation. */
  public static void main(String[] args) {
    Backend.prepare();
    var what = args[0];
    int batch = args.length > 1 ? Integer.parseInt(args[1]) : 1;
    var backbone = args.length > 2 ? args[2] : Networks.TEACHER;
    switch (what) {
      case "aand", "rd" -> inference(Networks.variant(what), backbone, batch);
      case "stage1" -> {
        var modules = new TrainingBenchmark.Modules();
        modules.batch = batch;
        modules.backbone = backbone;
        modules.open();
        report(modules::observe, modules::step);
        modules.close();
      }
      case "stage2" -> {
        var reconstruction = new TrainingBenchmark.Reconstruction();
        reconstruction.batch = batch;
        reconstruction.backbone = backbone;
        reconstruction.open();
        report(reconstruction::observe, reconstruction::step);
        reconstruction.close();
      }
      default -> throw new IllegalArgumentException(what + " is none of aand, rd, stage1, stage2");
    }
  }

  private static void inference(Variant variant, String backbone, int batch) {
    try (var model = Networks.model(variant, backbone);
        var net = NetGraph.takingOver(model.parameters(), DataType.FLOAT)) {
      var features = model.teacher().build(net, net.input("images"));
      var reconstructions = model.student().build(net, features);
      var distances = new java.util.ArrayList<SDVariable>();
      for (int i = 0; i < features.size(); i++) {
        distances.add(CosineDistance.of(features.get(i), reconstructions.get(i)));
      }
      int length = Networks.SIZE * Networks.SIZE * 3;
      float[] all = new float[batch * length];
      var pictures = Networks.images(batch);
      for (int i = 0; i < batch; i++) {
        System.arraycopy(pictures.get(i), 0, all, i * length, length);
      }
      try (var program = net.program(distances);
          var images = HostValues.array(all, batch, Networks.SIZE, Networks.SIZE, 3)) {
        report(program::observe, () -> program.run(Map.of("images", images)));
      }
    }
  }

  private static void report(Consumer<Observer> observe, Runnable run) {
    for (int i = 0; i < WARM_UP; i++) {
      run.run();
    }
    var profile = new OperationProfile();
    observe.accept(profile);
    for (int i = 0; i < RUNS; i++) {
      profile.begin();
      run.run();
    }
    profile.lines().forEach(System.out::println);
  }
}
