package org.aand.serve.cli;

import org.aand.api.AnomalyDetector;
import org.aand.api.MinimumArea;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How regions are found; for every command that detects. */
final class RegionOptions {
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
  RegionOptions() {}

  /**
   * Checks what was given.
   *
   * @throws CommandLine.ParameterException if the threshold or the area is none
   */
  void check(CommandSpec spec) {
    var own = pixelThreshold;
    if (own != null && !Float.isFinite(own.floatValue())) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--pixel-threshold has to be a number");
    }
    minimumArea(spec);
  }

  /** The detector that finds regions so; {@link #check} has been called. */
  AnomalyDetector apply(AnomalyDetector detector, CommandSpec spec) {
    var found = detector.withMinimumArea(minimumArea(spec));
    var own = pixelThreshold;
    return own == null ? found : found.withPixelThreshold(own);
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
