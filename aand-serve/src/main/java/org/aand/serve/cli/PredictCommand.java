package org.aand.serve.cli;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import org.aand.api.AnomalyDetector;
import org.aand.api.Outcome;
import org.aand.api.Verdict;
import org.aand.common.InputException;
import org.aand.common.file.OutputPlace;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code predict}: detects anomalies in images and decides on each. */
@Command(
    name = "predict",
    description = "Detects anomalies in images with a trained model and decides on each.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    exitCodeListHeading = "%nExit codes:%n",
    exitCodeList = {
      "0:all images were processed",
      "1:something failed, or some images could not be used or were left out",
      "2:wrong usage",
      "3:with --fail-on-anomaly, an image is anomalous"
    },
    footer = {
      "",
      "Examples:",
      "  aand predict --model runs/bottle parts --csv parts.csv --html parts.html",
      "  aand predict --model runs/bottle 'line1/**.png' --json - --fail-on-anomaly",
      "  aand predict --model runs/bottle parts --masks masks --overlays overlays \\",
      "               --min-area 25",
      "  find parts -name '*.png' | aand predict --model runs/bottle - --heatmaps maps"
    })
public final class PredictCommand implements Callable<Integer> {
  /** Exit code for an anomalous part. */
  static final int ANOMALOUS = 3;

  @Spec private CommandSpec spec;

  @Mixin private DetectorOptions by;

  @Parameters(
      arity = "1..*",
      paramLabel = "INPUT",
      description =
          "Folders (with all below), files, patterns in quotes, or - for a list on standard input.")
  private List<String> inputs;

  @Option(names = "--csv", paramLabel = "FILE", description = "Write CSV; - for standard output.")
  private @Nullable Path csv;

  @Option(
      names = "--json",
      paramLabel = "FILE",
      description = "Write JSON, one line per image; - for standard output.")
  private @Nullable Path json;

  @Option(names = "--heatmaps", paramLabel = "DIR", description = "Write heatmaps as PNG.")
  private @Nullable Path heatmaps;

  @Option(
      names = "--masks",
      paramLabel = "DIR",
      description = "Write the regions as PNG of the images' sizes, 255 in a region, 0 elsewhere.")
  private @Nullable Path masks;

  @Option(
      names = "--overlays",
      paramLabel = "DIR",
      description = "Write the images as PNG with the regions' outlines drawn on them.")
  private @Nullable Path overlays;

  @Option(
      names = "--html",
      paramLabel = "FILE",
      description = "Write a page that shows the images, the highest scores first.")
  private @Nullable Path html;

  @Option(
      names = "--fail-on-anomaly",
      description = "End with exit code 3 if any image is anomalous.")
  private boolean failOnAnomaly;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  PredictCommand() {}

  @Override
  public Integer call() {
    var targets =
        new PredictOutputs.Targets(
            Optional.ofNullable(csv),
            Optional.ofNullable(json),
            Optional.ofNullable(html),
            drawn());
    if (targets.csv().isPresent() && targets.csv().equals(targets.json())) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--csv and --json cannot go to the same place");
    }
    var listing = PredictInputs.of(inputs, System.in);
    keepInputs(targets, listing.images());
    PredictInputs.lines(listing.leftOut()).forEach(spec.commandLine().getErr()::println);
    try (var detector = by.detector(spec)) {
      if (failOnAnomaly && detector.rule().threshold().isEmpty()) {
        throw new InputException(
            "the model "
                + by.model()
                + " is not calibrated, so nothing can be decided; run calibrate on it, or give"
                + " --threshold");
      }
      if (targets.showRegions() && detector.rule().pixelThreshold().isEmpty()) {
        throw new InputException(
            "the model "
                + by.model()
                + " has no pixel threshold, so no regions are known; run calibrate --data on it, or"
                + " give --pixel-threshold");
      }
      var outputs =
          new PredictOutputs(targets, spec.commandLine().getOut(), listing.images().size());
      var counts = detect(detector, listing.images(), outputs);
      outputs.finish(String.join(", ", inputs), "Model " + by.model(), detector);
      return end(counts, listing.leftOut().size());
    }
  }

  private List<DrawnFolder> drawn() {
    return Stream.of(
            drawn(DrawnFolder.Kind.HEATMAP, heatmaps),
            drawn(DrawnFolder.Kind.MASK, masks),
            drawn(DrawnFolder.Kind.OVERLAY, overlays))
        .flatMap(Optional::stream)
        .toList();
  }

  private static Optional<DrawnFolder> drawn(DrawnFolder.Kind kind, @Nullable Path folder) {
    return Optional.ofNullable(folder).map(place -> new DrawnFolder(kind, place));
  }

  /** An output must not replace the model, an image, or another output. */
  private void keepInputs(PredictOutputs.Targets targets, List<Path> images) {
    var files = targets.files();
    for (int i = 0; i < files.size(); i++) {
      var file = files.get(i);
      if (Files.exists(file) && !Files.isRegularFile(file)) {
        continue; // Devices take several, and a folder is refused later.
      }
      if (by.isModel(file)) {
        throw unfit(file, "is the model");
      }
      if (Files.exists(file) && images.stream().anyMatch(image -> OutputPlace.same(image, file))) {
        throw unfit(file, "is one of the images");
      }
      boolean twice =
          files.subList(0, i).stream().anyMatch(other -> OutputPlace.same(other, file))
              || targets.drawn().stream().anyMatch(folder -> folder.isAt(file));
      if (twice) {
        throw unfit(file, "is named for two outputs");
      }
    }
    images.stream()
        .filter(targets::drawingMayReplace)
        .findFirst()
        .ifPresent(
            image -> {
              throw unfit(image, "is one of the images");
            });
  }

  private CommandLine.ParameterException unfit(Path file, String why) {
    return new CommandLine.ParameterException(
        spec.commandLine(), "cannot write results to " + file + ": it " + why + "; name another");
  }

  /** How many files there were of each kind. */
  private record Counts(int anomalous, int normal, int undecided, int unusable) {}

  private static Counts detect(AnomalyDetector detector, List<Path> files, PredictOutputs outputs) {
    var verdicts = new EnumMap<Verdict, Integer>(Verdict.class);
    int[] unusable = new int[1];
    detector.detectEach(
        files,
        outcome -> {
          if (outcome instanceof Outcome.Detected detected) {
            verdicts.merge(detected.detection().verdict(), 1, Integer::sum);
            outputs.found(detected.file(), detected.detection());
          } else if (outcome instanceof Outcome.Failed failed) {
            unusable[0]++;
            outputs.failed(failed.file(), failed.reason());
          }
        });
    return new Counts(
        verdicts.getOrDefault(Verdict.ANOMALOUS, 0),
        verdicts.getOrDefault(Verdict.NORMAL, 0),
        verdicts.getOrDefault(Verdict.UNDECIDED, 0),
        unusable[0]);
  }

  private int end(Counts counts, int leftOut) {
    // Beside the results, which may be on standard output.
    var err = spec.commandLine().getErr();
    err.println(
        counts.anomalous()
            + " anomalous, "
            + counts.normal()
            + " normal"
            + (counts.undecided() == 0
                ? ""
                : ", "
                    + counts.undecided()
                    + " undecided (the model has no threshold; run calibrate, or give --threshold)")
            + (counts.unusable() == 0 ? "" : ", " + counts.unusable() + " not usable")
            + (leftOut == 0 ? "" : ", " + leftOut + " left out"));
    if (failOnAnomaly && counts.anomalous() > 0) {
      return ANOMALOUS;
    }
    return counts.unusable() + leftOut > 0
        ? CommandLine.ExitCode.SOFTWARE
        : CommandLine.ExitCode.OK;
  }
}
