package org.aand.api;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.aand.calibration.Calibration;
import org.aand.calibration.Calibrator;
import org.aand.calibration.PixelThreshold;
import org.aand.calibration.Rates;
import org.aand.common.InputException;
import org.aand.common.file.AtomicFile;
import org.aand.common.file.OutputPlace;
import org.aand.common.image.ImageFile;
import org.aand.common.image.Preprocessing;
import org.aand.common.image.RgbImage;
import org.aand.common.listing.FileNames;
import org.aand.common.listing.ImagePaths;
import org.aand.detect.DetectionEngine;
import org.aand.detect.DetectionListener;
import org.aand.detect.DetectionLoop;
import org.aand.detect.OpenModel;
import org.aand.detect.Prediction;
import org.aand.drift.ImageTraits;
import org.aand.model.ModelFile;

/** Gives a trained model a calibration, or another one. */
public final class CalibrateRun {
  private CalibrateRun() {}

  /**
   * What to calibrate by.
   *
   * @param model a run folder, or a model file
   * @param normal folder of normal images that the model was not trained on; where it is left out,
   *     the normals that the model knows already
   * @param defective folder of images that show defects; with it the threshold is the one of the
   *     best F1
   * @param falseAlarmRate accepted, in (0, 1); where it is left out, the model's, or the usual one
   * @param pixelRate share of the normal images' pixels that may lie above the pixel threshold, in
   *     (0, 1), which takes images; where it is left out, the model's, or the usual one
   * @param threshold the user's own
   * @param out the file to write; where it is left out, the model itself
   */
  public record Request(
      Path model,
      Optional<Path> normal,
      Optional<Path> defective,
      OptionalDouble falseAlarmRate,
      OptionalDouble pixelRate,
      OptionalDouble threshold,
      Optional<Path> out) {
    /** The file that is written. */
    private Path target() {
      return out.orElseGet(() -> ModelFile.locate(model));
    }
  }

  /**
   * How it ended.
   *
   * @param calibration what the model now says
   * @param byTrainingImages whether the normal images are those of the folder that the model was
   *     trained on, whose scores are too low to go by; false where the model does not tell
   */
  public record Result(Calibration calibration, boolean byTrainingImages) {}

  /**
   * Runs to the end.
   *
   * @param engine runs the network, where there are images to detect in
   * @return how it ended
   * @throws InputException if something that the request names cannot be used
   */
  public static Result execute(
      Request request, DetectionEngine engine, DetectionListener listener) {
    var file = ModelFile.locate(request.model());
    var found =
        request.normal().isPresent()
            ? byImages(request, request.normal().get(), engine, listener)
            : again(file, request.falseAlarmRate());
    var calibration =
        request.threshold().isPresent()
            ? found.calibration.withThreshold(
                (float) request.threshold().getAsDouble(), Calibration.Basis.USER)
            : found.calibration;
    var notes = found.contents.notes().with(calibration);
    ModelFile.rewrite(file, found.contents, notes, request.target());
    var provenance = found.contents.notes().provenance();
    return new Result(
        calibration,
        request.normal().filter(folder -> TrainingFolder.is(provenance, folder)).isPresent());
  }

  /** What a model is to say, and what it said when it was read. */
  private record Found(ModelFile.Contents contents, Calibration calibration) {}

  private static Found byImages(
      Request request, Path folder, DetectionEngine engine, DetectionListener listener) {
    var normal = images(folder);
    var defective = request.defective().map(CalibrateRun::images).orElse(List.of());
    request.out().ifPresent(out -> keepImages(out, normal, defective));
    try (var model = engine.open(request.model())) {
      AtomicFile.requireWritable(request.target());
      var contents = model.contents();
      var images = normal.size() == 1 ? " image of " : " images of ";
      var normals = normal.size() + images + FileNames.last(folder);
      return new Found(
          contents, by(model, normal, defective, rates(request, contents), normals, listener));
    }
  }

  /** What the request does not say stays as the model has it. */
  private static Rates rates(Request request, ModelFile.Contents contents) {
    var known = contents.notes().calibration();
    return new Rates(
        request
            .falseAlarmRate()
            .orElse(known.map(Calibration::falseAlarmRate).orElse(Calibrator.FALSE_ALARM_RATE)),
        request
            .pixelRate()
            .orElse(
                known
                    .flatMap(Calibration::pixelThreshold)
                    .map(PixelThreshold::rate)
                    .orElse(PixelThreshold.USUAL_RATE)));
  }

  /** Refuses to write over one of the images. */
  static void keepImages(Path out, List<Path> normal, List<Path> defective) {
    if (Stream.concat(normal.stream(), defective.stream())
        .anyMatch(image -> OutputPlace.same(image, out))) {
      throw new InputException(
          "cannot write " + out + ": it is one of the images; name another file");
    }
  }

  /**
   * Calibrates by normal images and, if there are any, defective ones.
   *
   * @param rates accepted
   * @param normals what the normal images are, for people
   * @throws InputException if one of them cannot be used
   */
  public static Calibration by(
      OpenModel model,
      List<Path> normal,
      List<Path> defective,
      Rates rates,
      String normals,
      DetectionListener listener) {
    listener.onTestStart(normal.size() + defective.size());
    var calibrator = new Calibrator();
    run(
        model,
        normal,
        (traits, found) -> calibrator.normal(found.score(), found.map(), traits),
        listener);
    run(model, defective, (traits, found) -> calibrator.defective(found.score()), listener);
    return calibrator.calibration(rates, normals);
  }

  /** Detects in images, and hands on what is found in their order. */
  static void run(
      OpenModel model,
      List<Path> images,
      BiConsumer<ImageTraits, Prediction> calibrator,
      DetectionListener listener) {
    var preprocessing = model.contents().description().preprocessing();
    DetectionLoop.run(
        images.size(),
        model.concurrency(),
        i -> Loaded.of(preprocessing.resize(ImageFile.read(images.get(i))), preprocessing),
        loaded -> model.detect(loaded.input()),
        (Loaded loaded, Prediction found) -> {
          calibrator.accept(loaded.traits(), found);
          listener.onImagesTested(1);
        });
  }

  /** The network's input, and what is measured in the image. */
  @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
  private record Loaded(float[] input, ImageTraits traits) {
    static Loaded of(RgbImage resized, Preprocessing preprocessing) {
      return new Loaded(preprocessing.normalisation().apply(resized), ImageTraits.of(resized));
    }
  }

  private static Found again(Path file, OptionalDouble falseAlarmRate) {
    var contents = ModelFile.inspect(file);
    var known =
        contents
            .notes()
            .calibration()
            .orElseThrow(
                () ->
                    new InputException(
                        "the model "
                            + file
                            + " knows no held-out normal images; name a folder of some with"
                            + " --data"));
    return new Found(
        contents,
        falseAlarmRate.isPresent()
            ? known.withFalseAlarmRate(falseAlarmRate.getAsDouble())
            : known);
  }

  /**
   * The images of a folder.
   *
   * @throws InputException if there is none
   */
  static List<Path> images(Path folder) {
    var images = ImagePaths.in(folder);
    if (images.isEmpty()) {
      throw new InputException(
          "there are no images directly in " + folder + "; name the folder that they are in");
    }
    return images;
  }
}
