package org.aand.serve.cli;

import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.concurrent.Callable;
import org.aand.api.CalibrateRun;
import org.aand.api.ReviewRun;
import org.aand.calibration.Calibration;
import org.aand.calibration.FalseAlarms;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code calibrate}: sets the threshold of a trained model. */
@Command(
    name = "calibrate",
    description = {
      "Sets a model's threshold by normal images that it was not trained on, so that normal parts"
          + " are called anomalous at a stated rate; or by normal and defective images; or to a value of your own."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  aand calibrate --model runs/bottle --data new-normal-parts",
      "  aand calibrate --model runs/bottle --data normal --bad scratched",
      "  aand calibrate --model runs/bottle --false-alarm-rate 0.01",
      "  aand calibrate --model runs/bottle --data new-normal-parts --pixel-rate 0.0001",
      "  aand calibrate --model runs/bottle --threshold 0.45",
      "  aand calibrate --model runs/bottle --reviews reviews/bottle",
      "  aand calibrate --model runs/bottle --reviews reviews/bottle --best-f1"
    })
public final class CalibrateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private ModelOptions by;

  @Mixin private EngineOption engine;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "Folder of normal images that were not trained on (default: those of the calibration).")
  private @Nullable Path data;

  @Option(
      names = "--bad",
      paramLabel = "DIR",
      description = "Folder of images with defects; the threshold is then that of the best F1.")
  private @Nullable Path bad;

  @Option(
      names = "--false-alarm-rate",
      paramLabel = "P",
      description =
          "Share of normal parts that may be called anomalous (default: that of the calibration, else 0.05).")
  private @Nullable Double falseAlarmRate;

  @Option(
      names = "--pixel-rate",
      paramLabel = "P",
      description =
          "Share of the normal images' pixels that may lie above the pixel threshold, by which"
              + " regions are found; takes --data (default: that of the calibration, else 0.001).")
  private @Nullable Double pixelRate;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Model file to write (default: the model itself is replaced).")
  private @Nullable Path out;

  @Option(
      names = "--reviews",
      paramLabel = "DIR",
      description = {
        "Folder of this model's reviews, which serve --reviews keeps: shows what thresholds cost in"
            + " false alarms and catch in defects on them. Sets one with --threshold or --best-f1."
      })
  private @Nullable Path reviews;

  @Option(
      names = "--best-f1",
      description = "Set the threshold of the best F1 on the images of --reviews.")
  private boolean bestF1;

  @SuppressWarnings("NullAway.Init") // picocli sets the fields
  CalibrateCommand() {}

  @Override
  public Integer call() {
    var progress = new LineProgress(spec.commandLine().getOut());
    if (reviews != null) {
      review(reviewRequest(reviews), progress);
      return CommandLine.ExitCode.OK;
    }
    var request = request();
    var result = CalibrateRun.execute(request, engine.engine(), progress);
    describe(result.calibration());
    if (result.byTrainingImages()) {
      spec.commandLine()
          .getErr()
          .println(
              "aand: the model was trained on images of "
                  + data
                  + ", which score lower than new ones, so that more false alarms will follow;"
                  + " calibrate by other normal images");
    }
    return CommandLine.ExitCode.OK;
  }

  private void review(ReviewRun.Request request, LineProgress progress) {
    var result = ReviewRun.execute(request, engine.engine(), progress);
    ThresholdTable.lines(result).forEach(spec.commandLine().getOut()::println);
    result.calibration().ifPresent(this::describe);
  }

  private ReviewRun.Request reviewRequest(Path folder) {
    var own = by.threshold(spec);
    if (data != null || bad != null || falseAlarmRate != null || pixelRate != null) {
      throw misused(
          "--reviews goes with --threshold or --best-f1 alone; to calibrate anew by the reviewed"
              + " images, give its folders to --data and --bad");
    }
    if (own.isPresent() && bestF1) {
      throw misused("--threshold and --best-f1 both set the threshold; give one of them");
    }
    if (out != null && own.isEmpty() && !bestF1) {
      throw misused("--out needs something to write beside --reviews: --threshold or --best-f1");
    }
    return new ReviewRun.Request(by.model(), folder, own, bestF1, Optional.ofNullable(out));
  }

  private CalibrateRun.Request request() {
    if (bestF1) {
      throw misused("--best-f1 needs --reviews beside it; with --data and --bad it is the rule");
    }
    var rate = falseAlarmRate;
    var pixels = pixelRate;
    var own = by.threshold(spec);
    if (rate != null && !(rate > 0 && rate < 1)) {
      throw misused("--false-alarm-rate has to be between 0 and 1");
    }
    if (pixels != null && !(pixels > 0 && pixels < 1)) {
      throw misused("--pixel-rate has to be between 0 and 1");
    }
    if (data == null && pixels != null) {
      throw misused(
          "--pixel-rate needs --data, a folder of normal images, beside it: a model does not keep"
              + " the maps that it was calibrated by");
    }
    if (data == null && bad != null) {
      throw misused("--bad needs --data, a folder of normal images, beside it");
    }
    if (data == null && rate == null && own.isEmpty()) {
      throw misused(
          "name what to calibrate by: --data, --reviews, --false-alarm-rate or --threshold");
    }
    return new CalibrateRun.Request(
        by.model(),
        Optional.ofNullable(data),
        Optional.ofNullable(bad),
        rate == null ? OptionalDouble.empty() : OptionalDouble.of(rate),
        pixels == null ? OptionalDouble.empty() : OptionalDouble.of(pixels),
        own,
        Optional.ofNullable(out));
  }

  private CommandLine.ParameterException misused(String message) {
    return new CommandLine.ParameterException(spec.commandLine(), message);
  }

  private void describe(Calibration calibration) {
    var writer = spec.commandLine().getOut();
    ModelText.calibration(calibration).forEach(writer::println);
    int needed = FalseAlarms.needed(calibration.falseAlarmRate());
    if (calibration.basis() == Calibration.Basis.QUANTILE
        && calibration.normalScores().size() < needed) {
      writer.println(
          String.format(
              Locale.ROOT,
              "  A rate of %s needs at least %d normal images; there were %d.",
              calibration.falseAlarmRate(),
              needed,
              calibration.normalScores().size()));
    }
  }
}
