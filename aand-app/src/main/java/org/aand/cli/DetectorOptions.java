package org.aand.cli;

import org.aand.api.AnomalyDetector;
import org.aand.api.Engine;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of the commands that detect with a trained model. */
final class DetectorOptions extends ModelOptions {
  @Option(
      names = "--engine",
      paramLabel = "samediff|java",
      defaultValue = "samediff",
      description = {
        "What runs the network (default: ${DEFAULT-VALUE}): SameDiff on ND4J, or plain Java without"
            + " a native library. Scores are the same up to rounding."
      })
  private Engine engine;

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
