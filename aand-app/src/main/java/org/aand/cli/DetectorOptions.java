package org.aand.cli;

import org.aand.api.AnomalyDetector;
import org.aand.detect.DetectionEngine;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of the commands that detect with a trained model. */
final class DetectorOptions extends ModelOptions {
  @Option(
      names = "--engine",
      paramLabel = "java|samediff",
      defaultValue = "java",
      converter = EngineName.class,
      description = {
        "What runs the network (default: ${DEFAULT-VALUE}): plain Java, or SameDiff on ND4J with"
            + " its native libraries. Scores are the same up to rounding."
      })
  private DetectionEngine engine;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  DetectorOptions() {}

  /**
   * The detector, to be closed by the caller.
   *
   * @throws CommandLine.ParameterException if the threshold is no number
   * @throws org.aand.common.InputException if the model cannot be used
   */
  AnomalyDetector detector(CommandSpec spec) {
    var own = threshold(spec);
    var detector = AnomalyDetector.load(model, engine);
    return own.isPresent() ? detector.withThreshold(own.getAsDouble()) : detector;
  }
}
