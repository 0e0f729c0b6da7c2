package org.aand.serve.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.OptionalInt;
import java.util.concurrent.Callable;
import org.aand.api.DriftRun;
import org.aand.drift.DriftTrial;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code drift}: how well drift would be noticed on a line. */
@Command(
    name = "drift",
    description = {
      "Tries on normal images of a line how soon it would be noticed that the line has changed, and"
          + " how often that would be said of a line that has not: the images pass in random order,"
          + " as they are and darker, blurred, moved and so on."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "The line is compared with the normal images that the model was calibrated by.",
      "",
      "Example:",
      "  aand drift --model runs/bottle --data more-normal-parts"
    })
public final class DriftCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "MODEL",
      description = "Run folder that train has written, or a model file; calibrated.")
  private Path model;

  @Option(
      names = "--data",
      required = true,
      paramLabel = "DIR",
      description =
          "Folder of normal images that the model was neither trained on nor calibrated by.")
  private Path data;

  @Mixin private DriftOptions drift;

  @Mixin private EngineOption engine;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "0",
      description = "Seed of the images' order (default: ${DEFAULT-VALUE}).")
  private long seed;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  DriftCommand() {}

  @Override
  public Integer call() {
    var settings = drift.settings(spec);
    var out = spec.commandLine().getOut();
    var result =
        DriftRun.execute(
            new DriftRun.Request(model, data, settings, seed),
            engine.engine(),
            new LineProgress(out));
    out.printf(
        Locale.ROOT,
        "%d images, compared with %d that the model was calibrated by; windows of %d images%n",
        result.images(),
        result.calibratedBy(),
        settings.window());
    out.printf(
        Locale.ROOT,
        "Undisturbed: %d false alarms in %d lines of %d images (at most %.1f expected)%n",
        result.falseAlarms(),
        DriftTrial.LINES,
        DriftTrial.UNDISTURBED,
        settings.falseAlarms() * DriftTrial.LINES * DriftTrial.UNDISTURBED / 10_000);
    out.printf(
        Locale.ROOT,
        "%-40s %-14s %-22s %s%n",
        "Disturbance after " + DriftTrial.BEFORE + " images",
        "noticed",
        "after images",
        "said");
    result
        .delays()
        .forEach(
            (disturbance, delay) ->
                out.printf(
                    Locale.ROOT,
                    "%-40s %-14s %-22s %s%n",
                    disturbance.words(),
                    delay.noticed() + " of " + DriftTrial.LINES,
                    "median " + words(delay.median()) + ", most " + words(delay.most()),
                    delay.cause().orElse("")));
    return CommandLine.ExitCode.OK;
  }

  private static String words(OptionalInt images) {
    return images.isPresent() ? Integer.toString(images.getAsInt()) : "-";
  }
}
