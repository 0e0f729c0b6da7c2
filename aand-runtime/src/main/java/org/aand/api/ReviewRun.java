package org.aand.api;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.aand.calibration.Calibration;
import org.aand.calibration.ThresholdCosts;
import org.aand.common.InputException;
import org.aand.common.file.AtomicFile;
import org.aand.common.listing.ImagePaths;
import org.aand.detect.DetectionEngine;
import org.aand.detect.DetectionListener;
import org.aand.detect.OpenModel;
import org.aand.model.ModelFile;

/**
 * Tries thresholds on images that people have reviewed, and sets one on request. Unlike {@link
 * CalibrateRun} it leaves the normal images of the calibration, and what follows from them, as they
 * are: reviewed images are no fair sample of the line's, most normal ones among them are false
 * alarms.
 */
public final class ReviewRun {
  private ReviewRun() {}

  /**
   * What to try.
   *
   * @param model a run folder, or a model file
   * @param reviews folder of one model's reviews: its folders {@code normal} and {@code defective}
   *     hold images, either may be missing
   * @param threshold to set
   * @param bestF1 whether to set the threshold of the best F1 on the reviewed images
   * @param out the file to write; where it is left out, the model itself
   */
  public record Request(
      Path model, Path reviews, OptionalDouble threshold, boolean bestF1, Optional<Path> out) {
    /**
     * @throws IllegalArgumentException if two thresholds are to be set
     */
    public Request {
      if (bestF1 && threshold.isPresent()) {
        throw new IllegalArgumentException("one threshold can be set, not two");
      }
    }

    private boolean sets() {
      return bestF1 || threshold.isPresent();
    }
  }

  /**
   * How it ended.
   *
   * @param costs of thresholds
   * @param before the model's threshold before; empty for a model without a calibration
   * @param calibration what the model now says, if something was set
   */
  public record Result(
      ThresholdCosts costs, Optional<Float> before, Optional<Calibration> calibration) {}

  /**
   * Runs to the end.
   *
   * @return how it ended
   * @throws InputException if something that the request names cannot be used
   */
  public static Result execute(
      Request request, DetectionEngine engine, DetectionListener listener) {
    var normal = images(request.reviews(), "normal");
    var defective = images(request.reviews(), "defective");
    if (normal.isEmpty() && defective.isEmpty()) {
      throw new InputException(
          "there are no reviewed images in "
              + request.reviews()
              + ", in folders normal and defective; name the folder of one model, in which"
              + " serve --reviews has kept some, such as reviews/bottle");
    }
    if (request.bestF1() && (normal.isEmpty() || defective.isEmpty())) {
      throw new InputException(
          "the best F1 takes normal and defective images, and there are no "
              + (normal.isEmpty() ? "normal" : "defective")
              + " ones in "
              + request.reviews()
              + "; review some, or give --threshold");
    }
    request.out().ifPresent(out -> CalibrateRun.keepImages(out, normal, defective));
    var file = ModelFile.locate(request.model());
    var target = request.out().orElse(file);
    try (var model = engine.open(request.model())) {
      var contents = model.contents();
      var known = contents.notes().calibration();
      if (request.sets()) {
        requireCalibrated(known, file);
        AtomicFile.requireWritable(target);
      }
      listener.onTestStart(normal.size() + defective.size());
      var costs =
          new ThresholdCosts(scores(model, normal, listener), scores(model, defective, listener));
      var set = known.flatMap(calibration -> set(request, calibration, costs));
      set.ifPresent(
          calibration ->
              ModelFile.rewrite(file, contents, contents.notes().with(calibration), target));
      return new Result(costs, known.map(Calibration::threshold), set);
    }
  }

  private static List<Path> images(Path reviews, String kind) {
    if (!Files.isDirectory(reviews)) {
      throw new InputException(
          "there is no folder " + reviews + "; name one in which serve --reviews keeps a model's");
    }
    var folder = reviews.resolve(kind);
    return Files.isDirectory(folder) ? ImagePaths.in(folder) : List.of();
  }

  private static void requireCalibrated(Optional<Calibration> known, Path file) {
    if (known.isEmpty()) {
      throw new InputException(
          "the model "
              + file
              + " knows no held-out normal images; calibrate it by some first, with --data");
    }
  }

  private static List<Float> scores(
      OpenModel model, List<Path> images, DetectionListener listener) {
    var scores = new ArrayList<Float>();
    CalibrateRun.run(model, images, (traits, found) -> scores.add(found.score()), listener);
    return scores;
  }

  private static Optional<Calibration> set(
      Request request, Calibration calibration, ThresholdCosts costs) {
    if (request.threshold().isPresent()) {
      return Optional.of(
          calibration.withThreshold(
              (float) request.threshold().getAsDouble(), Calibration.Basis.USER));
    }
    return request.bestF1()
        ? costs.bestF1().map(best -> calibration.withThreshold(best, Calibration.Basis.F1))
        : Optional.empty();
  }
}
