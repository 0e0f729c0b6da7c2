package org.aand.serve.cli;

import org.aand.api.AnomalyDetector;
import org.aand.api.MinimumArea;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** The options of the commands that detect with a trained model. */
final class DetectorOptions extends ModelOptions {
  @Mixin private EngineOption by;

  @Option(
      names = "--pixel-threshold",
      paramLabel = "T",
      description =
          "A threshold of your own for regions, instead of the model's; pixels of the anomaly map"
              + " that are higher belong to one.")
  private @Nullable Double pixelThreshold;

  @Option(
      names = "--min-area",
      paramLabel = "AREA",
      defaultValue = "0.01%",
      description =
          "Smaller regions do not count: pixels of the image such as 25, or a share of it such as"
              + " 0.05%% (default: ${DEFAULT-VALUE}).")
  private String minimumArea;

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
    var ownPixel = pixelThreshold;
    if (ownPixel != null && !Float.isFinite(ownPixel.floatValue())) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--pixel-threshold has to be a number");
    }
    var area = minimumArea(spec);
    var detector = AnomalyDetector.load(model(), by.engine()).withMinimumArea(area);
    if (own.isPresent()) {
      detector = detector.withThreshold(own.getAsDouble());
    }
    return ownPixel == null ? detector : detector.withPixelThreshold(ownPixel);
  }

  private MinimumArea minimumArea(CommandSpec spec) {
    try {
      return MinimumArea.parse(minimumArea);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--min-area: " + e.getMessage(), e);
    }
  }
}
