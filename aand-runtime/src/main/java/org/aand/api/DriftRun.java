package org.aand.api;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.aand.calibration.Calibration;
import org.aand.common.InputException;
import org.aand.common.image.ImageFile;
import org.aand.common.image.Preprocessing;
import org.aand.common.image.RgbImage;
import org.aand.detect.DetectionEngine;
import org.aand.detect.DetectionListener;
import org.aand.detect.DetectionLoop;
import org.aand.detect.OpenModel;
import org.aand.detect.Prediction;
import org.aand.drift.Disturbance;
import org.aand.drift.DriftMonitor;
import org.aand.drift.DriftTrial;
import org.aand.drift.ImageTraits;
import org.aand.drift.NormalTraits;

/** Tries on a line's own normal images how well drift would be noticed. */
public final class DriftRun {
  private DriftRun() {}

  /**
   * What to try.
   *
   * @param model a run folder, or a model file, that is calibrated
   * @param normal folder of normal images that the model was neither trained on nor calibrated by
   * @param settings of the monitor
   * @param seed of the images' order
   */
  public record Request(Path model, Path normal, DriftMonitor.Settings settings, long seed) {}

  /**
   * How it went.
   *
   * @param calibratedBy images that the line is compared with
   * @param images of the folder
   * @param falseAlarms see {@link DriftTrial#falseAlarms}
   * @param delays of every disturbance
   */
  public record Result(
      int calibratedBy, int images, int falseAlarms, Map<Disturbance, DriftTrial.Delay> delays) {}

  /**
   * Runs to the end.
   *
   * @throws InputException if something that the request names cannot be used
   */
  public static Result execute(
      Request request, DetectionEngine engine, DetectionListener listener) {
    var images = CalibrateRun.images(request.normal());
    try (var model = engine.open(request.model())) {
      var normal = traits(model, request.model());
      var trial = new DriftTrial(normal, request.settings(), request.seed());
      listener.onTestStart(images.size() * (1 + Disturbance.values().length));
      var undisturbed = seen(model, images, image -> image, listener);
      var delays = new EnumMap<Disturbance, DriftTrial.Delay>(Disturbance.class);
      for (var disturbance : Disturbance.values()) {
        var disturbed = seen(model, images, disturbance::apply, listener);
        delays.put(disturbance, trial.delay(undisturbed, disturbed));
      }
      return new Result(normal.images(), images.size(), trial.falseAlarms(undisturbed), delays);
    }
  }

  private static NormalTraits traits(OpenModel model, Path file) {
    return model
        .contents()
        .notes()
        .calibration()
        .flatMap(Calibration::traits)
        .orElseThrow(
            () ->
                new InputException(
                    "the model "
                        + file
                        + " does not know the traits of normal images, by which drift is noticed;"
                        + " run calibrate with --data on it"));
  }

  private static List<DriftTrial.Seen> seen(
      OpenModel model,
      List<Path> images,
      UnaryOperator<RgbImage> disturbance,
      DetectionListener listener) {
    var preprocessing = model.contents().description().preprocessing();
    var seen = new ArrayList<DriftTrial.Seen>();
    DetectionLoop.run(
        images.size(),
        model.concurrency(),
        i -> resized(images.get(i), preprocessing, disturbance),
        image -> model.detect(preprocessing.normalisation().apply(image)),
        (RgbImage image, Prediction found) -> {
          seen.add(new DriftTrial.Seen(found.score(), ImageTraits.of(image)));
          listener.onImagesTested(1);
        });
    return seen;
  }

  private static RgbImage resized(
      Path image, Preprocessing preprocessing, UnaryOperator<RgbImage> disturbance) {
    return disturbance.apply(preprocessing.resize(ImageFile.read(image)));
  }
}
