package org.aand.serve.cli;

import org.aand.drift.DriftMonitor;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** How drift is watched; for every command that watches it. */
final class DriftOptions {
  @Option(
      names = "--drift-window",
      paramLabel = "N",
      defaultValue = "50",
      description = "Last images that are compared (default: ${DEFAULT-VALUE}).")
  private int window;

  @Option(
      names = "--drift-false-alarms",
      paramLabel = "N",
      defaultValue = "1",
      description = {
        "False alarms of drift that are accepted in 10,000 images (default: ${DEFAULT-VALUE})."
      })
  private double falseAlarms;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  DriftOptions() {}

  /**
   * The settings.
   *
   * @throws CommandLine.ParameterException if a number is out of range
   */
  DriftMonitor.Settings settings(CommandSpec spec) {
    try {
      return new DriftMonitor.Settings(window, falseAlarms);
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }
}
