package org.aand.serve.cli;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.aand.api.AnomalyDetector;
import org.aand.common.InputException;
import org.aand.common.PrintableName;
import org.aand.serve.sink.Problems;
import org.aand.serve.sink.ResultRecord;
import org.aand.serve.sink.opcua.VisionState;
import org.aand.serve.watch.FolderWatch;
import org.aand.serve.watch.WatchSettings;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code watch}: decides on the images that appear in a folder. */
@Command(
    name = "watch",
    description = {
      "Decides on each image that a camera or an FTP server puts into a folder, or any folder below,"
          + " as soon as it is complete, and hands the result on. It begins where it stopped, even"
          + " if it was killed; Ctrl-C or SIGTERM ends it when the images under way are done."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:ended by Ctrl-C or SIGTERM, or with --once when all was done",
      "1:something failed",
      "2:wrong usage"
    },
    footer = {
      "",
      "An image is a name, a size and a time: a file that is written again is another image. Files"
          + " whose names begin with a dot or end in .part, .tmp and the like are left alone.",
      "",
      "Examples:",
      "  aand watch /data/line1 --model runs/bottle --csv results.csv --move /data/done",
      "  aand watch /data/line1 --model runs/bottle --webhook https://mes/results",
      "  aand watch /data/line1 --model runs/bottle --mqtt mqtt://broker",
      "  aand watch /data/line1 --model runs/bottle --opcua 4840 --opcua-anonymous",
      "  aand watch /data/line1 --model runs/bottle --jsonl results.jsonl --once"
    })
public final class WatchCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "DIR", description = "The folder to watch, with everything below.")
  private Path folder;

  @Mixin private DetectorOptions by;

  @Mixin private SinkOptions sinks;

  @Mixin private DriftOptions drift;

  @Option(
      names = "--move",
      paramLabel = "DIR",
      description =
          "Move each image, when its result is handed on, to DIR/normal or DIR/anomalous; nothing is"
              + " overwritten. What cannot be used stays.")
  private @Nullable Path move;

  @Option(
      names = "--once",
      description = "Decide on what is there now, then end; for scheduled runs.")
  private boolean once;

  @Option(
      names = "--quiet",
      paramLabel = "TIME",
      converter = DurationOption.class,
      defaultValue = "1s",
      description =
          "A file is complete when its size and time have been the same so long (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration quiet;

  @Option(
      names = "--interval",
      paramLabel = "TIME",
      converter = DurationOption.class,
      defaultValue = "500ms",
      description = "List the folder so often (default: ${DEFAULT-VALUE}).")
  private Duration interval;

  @Option(
      names = "--patience",
      paramLabel = "TIME",
      converter = DurationOption.class,
      defaultValue = "1m",
      description =
          "Report a file that still cannot be read after this time as unusable (default:"
              + " ${DEFAULT-VALUE}).")
  private Duration patience;

  @Option(
      names = "--state",
      paramLabel = "DIR",
      description =
          "Folder for the journal and for results that wait; one watch at a time has it (default:"
              + " .NAME.watch beside the watched folder NAME).")
  private @Nullable Path state;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  WatchCommand() {}

  @Override
  public Integer call() throws InterruptedException {
    var settings = settings();
    var err = spec.commandLine().getErr();
    try (var interruption = Interruption.handle();
        var problems = Problems.toPeople(line -> err.println("aand: " + line));
        var detector = by.detector(spec)) {
      if (detector.rule().threshold().isEmpty()) {
        err.println("The model is not calibrated: scores only, no decisions.");
      }
      // When the sinks are closed, what has arrived and what waits for the next time is final.
      err.println(watch(settings, detector, problems, interruption).status());
      interruption.succeeded();
    }
    return CommandLine.ExitCode.OK;
  }

  private FolderWatch watch(
      WatchSettings settings,
      AnomalyDetector detector,
      Problems problems,
      Interruption interruption)
      throws InterruptedException {
    try (var open =
            sinks.open(
                settings.state(),
                spec,
                List.of(by.name()),
                by::isModel,
                VisionState.CONTINUOUS_EXECUTION,
                problems);
        var watch =
            FolderWatch.open(
                settings,
                detector,
                by.name(),
                new FolderWatch.Targets(open.all(), this::print, problems))) {
      interruption.stopBy(watch::stop);
      if (once) {
        watch.once();
      } else {
        var err = spec.commandLine().getErr();
        err.println("Watching " + folder + " by " + by.model() + " (Ctrl-C ends)");
        try (var status = new StatusLine(err, watch::status)) {
          watch.run();
        }
      }
      return watch;
    }
  }

  private void print(ResultRecord result) {
    spec.commandLine()
        .getOut()
        .println(
            PrintableName.of(result.image())
                + "  "
                + result
                    .verdict()
                    .map(verdict -> (float) result.score().orElseThrow() + "  " + verdict.key())
                    .orElseGet(() -> "not usable: " + result.error().orElse("")));
  }

  private WatchSettings settings() {
    try {
      return new WatchSettings(
          folder,
          stateFolder(),
          Optional.ofNullable(move),
          interval,
          quiet,
          patience,
          drift.settings(spec));
    } catch (IllegalArgumentException e) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), String.valueOf(e.getMessage()), e);
    }
  }

  private Path stateFolder() {
    if (state != null) {
      return state;
    }
    var place = folder.toAbsolutePath().normalize();
    if (place.getFileName() == null) {
      throw new InputException("name a folder for the journal: --state DIR");
    }
    return place.resolveSibling("." + place.getFileName() + ".watch");
  }
}
