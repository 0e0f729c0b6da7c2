package org.aand.cli;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.aand.api.AnomalyDetector;
import org.aand.calibration.Verdict;
import org.aand.common.InputException;
import org.aand.common.image.ImageFile;
import org.aand.common.image.RgbImage;
import org.aand.io.reader.PrefetchingBatches;
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
      "1:something failed, or some images could not be used",
      "2:wrong usage",
      "3:with --fail-on-anomaly, an image is anomalous"
    },
    footer = {
      "",
      "Examples:",
      "  aand predict --model runs/bottle parts --csv parts.csv --html parts.html",
      "  aand predict --model runs/bottle 'line1/**.png' --json - --fail-on-anomaly",
      "  find parts -name '*.png' | aand predict --model runs/bottle - --heatmaps maps"
    })
final class PredictCommand implements Callable<Integer> {
  /** Exit code for an anomalous part. */
  static final int ANOMALOUS = 3;

  private static final int BATCH = 8;
  private static final int READERS = 2;

  @Spec private CommandSpec spec;

  @Mixin private ModelOptions by;

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

  /** A decoded image, or why there is none. */
  private record Read(Path file, Optional<RgbImage> image, String problem) {
    static Read of(Path file) {
      try {
        return new Read(file, Optional.of(ImageFile.read(file)), "");
      } catch (InputException e) {
        return new Read(file, Optional.empty(), String.valueOf(e.getMessage()));
      }
    }
  }

  @Override
  public Integer call() {
    var targets =
        new PredictOutputs.Targets(
            Optional.ofNullable(csv),
            Optional.ofNullable(json),
            Optional.ofNullable(heatmaps),
            Optional.ofNullable(html));
    var threshold = by.threshold(spec);
    if (targets.csv().isPresent() && targets.csv().equals(targets.json())) {
      throw new CommandLine.ParameterException(
          spec.commandLine(), "--csv and --json cannot go to the same place");
    }
    var files = PredictInputs.of(inputs, System.in);
    try (var detector = AnomalyDetector.load(by.model, threshold)) {
      if (failOnAnomaly && detector.threshold().isEmpty()) {
        throw new InputException(
            "the model "
                + by.model
                + " is not calibrated, so nothing can be decided; run calibrate on it, or give"
                + " --threshold");
      }
      var outputs = new PredictOutputs(targets, spec.commandLine().getOut(), files.size());
      var counts = look(detector, files, outputs);
      outputs.finish(String.join(", ", inputs), "Model " + by.model, detector);
      return end(counts);
    }
  }

  /** How many files there were of each kind. */
  private record Counts(int anomalous, int normal, int undecided, int unusable) {}

  private static Counts look(AnomalyDetector detector, List<Path> files, PredictOutputs outputs) {
    var verdicts = new EnumMap<Verdict, Integer>(Verdict.class);
    int unusable = 0;
    int ahead = READERS * BATCH;
    try (var images =
        PrefetchingBatches.of(files.size(), i -> Read.of(files.get(i)), READERS, ahead)) {
      while (images.hasNext()) {
        var batch = new ArrayList<Read>();
        while (images.hasNext() && batch.size() < BATCH) {
          batch.add(images.next());
        }
        var usable = batch.stream().flatMap(read -> read.image().stream()).toList();
        var found = detector.detectImages(usable).iterator();
        for (var read : batch) {
          if (read.image().isEmpty()) {
            unusable++;
            outputs.failed(read.file(), read.problem());
          } else {
            var detection = found.next();
            verdicts.merge(detection.verdict(), 1, Integer::sum);
            outputs.found(read.file(), detection);
          }
        }
      }
    }
    return new Counts(
        verdicts.getOrDefault(Verdict.ANOMALOUS, 0),
        verdicts.getOrDefault(Verdict.NORMAL, 0),
        verdicts.getOrDefault(Verdict.UNDECIDED, 0),
        unusable);
  }

  private int end(Counts counts) {
    // Beside the results, which may be on standard output.
    var err = spec.commandLine().getErr();
    err.println(
        counts.anomalous()
            + " anomalous, "
            + counts.normal()
            + " normal"
            + (counts.undecided() == 0 ? "" : ", " + counts.undecided() + " undecided")
            + (counts.unusable() == 0 ? "" : ", " + counts.unusable() + " not usable"));
    if (failOnAnomaly && counts.anomalous() > 0) {
      return ANOMALOUS;
    }
    return counts.unusable() > 0 ? CommandLine.ExitCode.SOFTWARE : CommandLine.ExitCode.OK;
  }
}
