package org.aand.pipeline;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import org.aand.report.Epoch;
import org.aand.report.Method;
import org.aand.report.Stage;
import org.aand.train.TrainingListener;

/** The epochs of a training as its result shows them. */
final class StageReports {
  private StageReports() {}

  /** One entry for each stage that was trained. */
  static List<Stage> of(List<TrainingListener.Epoch> epochs, Method method) {
    var stages = new ArrayList<Stage>();
    for (var kind : TrainingListener.Stage.values()) {
      var own = epochs.stream().filter(e -> e.stage() == kind).toList();
      if (own.isEmpty()) {
        continue;
      }
      double seconds = own.stream().mapToDouble(TrainingListener.Epoch::seconds).sum();
      int steps = own.stream().mapToInt(TrainingListener.Epoch::steps).sum();
      stages.add(
          new Stage(
              name(kind, method), own.stream().map(StageReports::epoch).toList(), seconds / steps));
    }
    return stages;
  }

  static String name(TrainingListener.Stage stage, Method method) {
    return switch (stage) {
      case STAGE1 -> "stage1";
      case FEATURES -> "features";
      case STAGE2 -> method == Method.RD ? "rd" : "stage2";
      case DISCRIMINATOR -> "discriminator";
      case FITTING -> "fitting";
    };
  }

  private static Epoch epoch(TrainingListener.Epoch e) {
    return new Epoch(
        e.epoch(),
        e.learningRate(),
        new LinkedHashMap<>(e.losses()),
        e.seconds(),
        e.seconds() / e.steps());
  }
}
