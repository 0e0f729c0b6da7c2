package org.aand.pipeline;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import org.aand.common.InputException;
import org.aand.common.file.AtomicFile;
import org.aand.evaluation.SyntheticSelection;
import org.aand.io.synthesis.TextureSource;
import org.aand.report.Protocol;
import org.aand.report.page.Numbers;
import org.aand.train.TrainingImages;
import org.aand.train.TrainingSettings;
import org.jspecify.annotations.Nullable;

/**
 * How many epochs a time allows: a few steps of each stage are tried on this machine, on a copy of
 * the network, before the training begins.
 *
 * <p>Stage 1 gets a quarter of the time. No stage gets more epochs than were asked for. What was
 * decided stays in the working folder, so that a training that is resumed has the same schedule.
 */
final class TimeBudget {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "schedule.json";
  private static final double SHARE_OF_STAGE1 = 0.25;

  /** What is not planned for: a machine is not always equally fast. */
  private static final double RESERVE = 0.05;

  /** An image in use takes no more than this part of one in training. */
  private static final double USE_BESIDE_TRAINING = 0.5;

  private final TrainRequest request;
  private final TrainingImages images;
  private final int judged;
  private final TextureSource textures;
  private final RunListener listener;
  private @Nullable Pace pace;

  TimeBudget(
      TrainRequest request, TrainingSplit split, TextureSource textures, RunListener listener) {
    this.request = request;
    this.images = split.training();
    this.judged =
        request.protocol() == Protocol.SYNTHETIC
            ? SyntheticSelection.detections(split.heldOut().count())
            : 0;
    this.textures = textures;
    this.listener = listener;
  }

  /**
   * Decides on a schedule, or reads what was decided before.
   *
   * @param budget how long the run may take, from its beginning
   * @param working folder that keeps it
   * @param begun when the run began, by {@link System#nanoTime}
   * @param used images that are processed after the training
   * @return settings with the epochs that the time allows
   * @throws InputException if it allows not even one epoch of each stage
   */
  TrainingSettings settle(Duration budget, Path working, long begun, int used) {
    return isSettled(working)
        ? kept(working, request)
        : settle(budget, working.resolve(FILE), costs(begun, used));
  }

  /** A request's settings with the schedule that was decided on before, if one was. */
  static TrainingSettings kept(Path working, TrainRequest request) {
    var file = working.resolve(FILE);
    if (!Files.exists(file)) {
      return request.training();
    }
    try {
      var kept = JSON.readTree(file.toFile());
      return request
          .training()
          .copy()
          .epochs(kept.path("stage1Epochs").asInt(), kept.path("stage2Epochs").asInt())
          .build();
    } catch (IOException e) {
      throw new InputException("the schedule " + file + " cannot be read", e);
    }
  }

  /** Whether a schedule was decided on before. */
  static boolean isSettled(Path working) {
    return Files.exists(working.resolve(FILE));
  }

  /**
   * How long a run takes with so many epochs of each stage that it has.
   *
   * @param begun when it began, by {@link System#nanoTime}
   * @param used images that are processed after the training
   */
  Duration estimate(int epochs, long begun, int used) {
    var costs = costs(begun, used);
    double seconds = (costs.fixed + epochs * (costs.first + costs.second)) / (1 - RESERVE);
    return Duration.ofMillis((long) Math.ceil(1e3 * seconds));
  }

  /**
   * Seconds of a run.
   *
   * @param fixed besides the epochs
   * @param first of an epoch of stage 1 and its evaluation; 0 where there is none
   * @param second of an epoch of stage 2 and its evaluation; 0 where there is none
   */
  private record Costs(double fixed, double first, double second) {}

  private Costs costs(long begun, int used) {
    var measured = pace();
    double elapsed = (System.nanoTime() - begun) / 1e9;
    double use = USE_BESIDE_TRAINING * measured.secondsPerImage();
    return new Costs(
        elapsed + measured.fixedSeconds(images.count()) + use * used,
        judged(measured.stage1Epoch(images.count()), use),
        judged(measured.stage2Epoch(images.count()), use));
  }

  /** Measured once. */
  private Pace pace() {
    var known = pace;
    if (known == null) {
      try (var teacher = request.teacher().load(request.backbone()).parameters()) {
        known = Pace.measure(request, teacher, images, textures);
      }
      pace = known;
    }
    return known;
  }

  private TrainingSettings settle(Duration budget, Path file, Costs costs) {
    double fixed = costs.fixed;
    double first = costs.first;
    double second = costs.second;
    double available = budget.toMillis() / 1e3 * (1 - RESERVE) - fixed;
    var most = request.training();
    int stage1 =
        first == 0
            ? 0
            : bounded((second == 0 ? 1 : SHARE_OF_STAGE1) * available / first, most.stage1Epochs());
    double left = available - stage1 * first;
    int stage2 = second == 0 ? 0 : (int) Math.floor(left / second);
    if (left < second) {
      double least = (fixed + first + second) / (1 - RESERVE);
      throw new InputException(
          String.format(
              Locale.ROOT,
              "a time budget of %s is too short: one epoch of each stage takes about %s here, with"
                  + " what comes before and after; give --time-budget %ds or more, a smaller"
                  + " --image-size, or fewer images",
              Numbers.duration(budget),
              Numbers.duration(Duration.ofSeconds((long) Math.ceil(least))),
              (long) Math.ceil(1.1 * least)));
    }
    int epochs = Math.min(stage2, most.stage2Epochs());
    AtomicFile.write(
        file,
        out ->
            out.write(
                JSON.writeValueAsBytes(
                    JSON.createObjectNode()
                        .put("stage1Epochs", stage1)
                        .put("stage2Epochs", epochs))));
    double estimate = fixed + stage1 * first + epochs * second;
    listener.onSchedule(stage1, epochs, Duration.ofMillis((long) (1e3 * estimate)));
    return request.training().copy().epochs(stage1, epochs).build();
  }

  /** The seconds of an epoch and of its evaluation; 0 where there is no such stage. */
  private double judged(double epoch, double use) {
    return epoch == 0 ? 0 : epoch + use * judged;
  }

  private static int bounded(double epochs, int most) {
    return Math.max(1, Math.min((int) Math.round(epochs), most));
  }
}
