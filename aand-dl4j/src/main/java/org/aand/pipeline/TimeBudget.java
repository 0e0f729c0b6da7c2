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

/**
 * How many epochs a time allows: a few steps of each stage are tried on this machine, on a copy of
 * the network, before the training begins.
 *
 * <p>No stage gets more epochs than were asked for. What was decided stays in the working folder,
 * so that a training that is resumed has the same schedule.
 */
final class TimeBudget {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String FILE = "schedule.json";

  /** An image in use takes no more than this part of one in training. */
  private static final double USE_BESIDE_TRAINING = 0.5;

  private final TrainRequest request;
  private final TrainingImages images;
  private final int judged;
  private final TextureSource textures;
  private final RunListener listener;

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
        : settle(budget, working, costs(begun, used));
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
   * What a run takes on this machine, with the time that has gone by until now.
   *
   * @param begun when it began, by {@link System#nanoTime}
   * @param used images that are processed after the training
   */
  Schedule.Costs costs(long begun, int used) {
    var measured = measure();
    double elapsed = (System.nanoTime() - begun) / 1e9;
    double use = USE_BESIDE_TRAINING * measured.secondsPerImage();
    return new Schedule.Costs(
            elapsed + measured.fixedSeconds(images.count()) + use * used,
            judged(measured.stage1Epoch(images.count()), use),
            judged(measured.stage2Epoch(images.count()), use))
        .wanted(most());
  }

  private Pace measure() {
    try (var teacher = request.teacher().load(request.backbone()).parameters()) {
      return Pace.measure(request, teacher, images, textures);
    }
  }

  /**
   * Decides on a schedule by costs that are known.
   *
   * @param budget how long the run may take, from its beginning
   * @param working folder that keeps it
   * @return settings with the epochs that the time allows
   * @throws InputException if it allows not even one epoch of each stage
   */
  TrainingSettings settle(Duration budget, Path working, Schedule.Costs costs) {
    var schedule =
        Schedule.within(budget, costs, most())
            .orElseThrow(() -> tooShort(budget, costs.needs(costs.each(1))));
    AtomicFile.write(
        working.resolve(FILE),
        out ->
            out.write(
                JSON.writeValueAsBytes(
                    JSON.createObjectNode()
                        .put("stage1Epochs", schedule.stage1())
                        .put("stage2Epochs", schedule.stage2()))));
    listener.onSchedule(
        schedule.stage1(),
        schedule.stage2(),
        Duration.ofMillis((long) (1e3 * costs.seconds(schedule))));
    return request.training().copy().epochs(schedule.stage1(), schedule.stage2()).build();
  }

  /** The epochs that were asked for. */
  private Schedule most() {
    return new Schedule(request.training().stage1Epochs(), request.training().stage2Epochs());
  }

  private static InputException tooShort(Duration budget, Duration needed) {
    double least = needed.toMillis() / 1e3;
    return new InputException(
        String.format(
            Locale.ROOT,
            "a time budget of %s is too short: one epoch of each stage takes about %s here, with"
                + " what comes before and after; give --time-budget %ds or more, a smaller"
                + " --image-size, or fewer images",
            Numbers.duration(budget),
            Numbers.duration(Duration.ofSeconds((long) Math.ceil(least))),
            (long) Math.ceil(1.1 * least)));
  }

  /** The seconds of an epoch and of its evaluation; 0 where there is no such stage. */
  private double judged(double epoch, double use) {
    return epoch == 0 ? 0 : epoch + use * judged;
  }
}
