package org.aand.serve.cli;

import org.aand.api.AnomalyDetector;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** The options of the commands that detect with a trained model. */
final class DetectorOptions extends ModelOptions {
  @Mixin private EngineOption by;

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
    var detector = AnomalyDetector.load(model(), by.engine());
    return own.isPresent() ? detector.withThreshold(own.getAsDouble()) : detector;
  }
}
