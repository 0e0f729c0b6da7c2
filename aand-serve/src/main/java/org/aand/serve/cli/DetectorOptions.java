package org.aand.serve.cli;

import org.aand.api.AnomalyDetector;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;

/** The options of the commands that detect with a trained model. */
final class DetectorOptions extends ModelOptions {
  @Mixin private EngineOption by;

  @Mixin private RegionOptions regions;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  DetectorOptions() {}

  /**
   * The detector, to be closed by the caller.
   *
   * @throws CommandLine.ParameterException if a threshold or the area is none
   * @throws org.aand.common.InputException if the model cannot be used
   */
  AnomalyDetector detector(CommandSpec spec) {
    var own = threshold(spec);
    regions.check(spec);
    var detector = regions.apply(AnomalyDetector.load(model(), by.engine()), spec);
    return own.isPresent() ? detector.withThreshold(own.getAsDouble()) : detector;
  }
}
