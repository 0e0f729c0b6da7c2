package org.aand.pipeline;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.function.Consumer;
import org.aand.calibration.Calibration;
import org.aand.calibration.Calibrator;
import org.aand.common.InputException;
import org.aand.common.image.Preprocessing;
import org.aand.detect.DetectionLoop;
import org.aand.detect.Prediction;
import org.aand.io.dataset.ImagePaths;
import org.aand.io.dataset.Sample;
import org.aand.io.reader.ImageRecordReader;
import org.aand.io.reader.ImageWritable;
import org.aand.model.ModelFile;
import org.aand.runfolder.ResultFolder;
import org.aand.samediff.Detector;
import org.aand.samediff.ModelStore;
import org.datavec.api.writable.Writable;

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
   * @param threshold the user's own
   * @param out the file to write; where it is left out, the model itself
   */
  public record Request(
      Path model,
      Optional<Path> normal,
      Optional<Path> defective,
      OptionalDouble falseAlarmRate,
      OptionalDouble threshold,
      Optional<Path> out) {}

  /**
   * Runs to the end.
   *
   * @return what the model now says
   * @throws InputException if something that the request names cannot be used
   */
  public static Calibration execute(Request request, RunListener listener) {
    var file = ModelFile.locate(request.model());
    var stored = ModelStore.read(file);
    try (var model = stored.model()) {
      var known = stored.notes().calibration();
      double rate =
          request
              .falseAlarmRate()
              .orElse(known.map(Calibration::falseAlarmRate).orElse(Calibrator.FALSE_ALARM_RATE));
      Calibration calibration;
      if (request.normal().isPresent()) {
        try (var detector = new Detector(model)) {
          var normal = samples(request.normal().get(), Sample.GOOD);
          var defective =
              request.defective().map(folder -> samples(folder, "bad")).orElse(List.of());
          calibration =
              by(
                  detector,
                  model.preprocessing(),
                  normal,
                  defective,
                  rate,
                  normal.size() + " images of " + ResultFolder.name(request.normal().get()),
                  listener);
        }
      } else {
        calibration = again(file, known, request.falseAlarmRate());
      }
      if (request.threshold().isPresent()) {
        calibration =
            calibration.withThreshold(
                (float) request.threshold().getAsDouble(), Calibration.Basis.USER);
      }
      ModelStore.write(model, stored.notes().with(calibration), request.out().orElse(file));
      return calibration;
    }
  }

  /** Calibrates by normal images and, if there are any, defective ones. */
  static Calibration by(
      Detector detector,
      Preprocessing preprocessing,
      List<Sample> normal,
      List<Sample> defective,
      double falseAlarmRate,
      String normals,
      RunListener listener) {
    listener.onTestStart(normal.size() + defective.size());
    var calibrator = new Calibrator();
    run(
        detector,
        normal,
        preprocessing,
        found -> calibrator.normal(found.score(), found.map()),
        listener);
    run(detector, defective, preprocessing, found -> calibrator.defective(found.score()), listener);
    return calibrator.calibration(falseAlarmRate, normals);
  }

  private static void run(
      Detector detector,
      List<Sample> samples,
      Preprocessing preprocessing,
      Consumer<Prediction> calibrator,
      RunListener listener) {
    var reader = new ImageRecordReader(samples, preprocessing);
    DetectionLoop.run(
        reader.size(),
        reader::record,
        record -> detector.detect(((ImageWritable) record.get(ImageRecordReader.IMAGE)).values()),
        (List<Writable> record, Prediction found) -> {
          calibrator.accept(found);
          listener.onImagesTested(1);
        });
  }

  private static Calibration again(
      Path file, Optional<Calibration> known, OptionalDouble falseAlarmRate) {
    var calibration =
        known.orElseThrow(
            () ->
                new InputException(
                    "the model "
                        + file
                        + " knows no held-out normal images; name a folder of some with --data"));
    return falseAlarmRate.isPresent()
        ? calibration.withFalseAlarmRate(falseAlarmRate.getAsDouble())
        : calibration;
  }

  private static List<Sample> samples(Path folder, String kind) {
    var images = ImagePaths.in(folder);
    if (images.isEmpty()) {
      throw new InputException(
          "there are no images directly in " + folder + "; name the folder that they are in");
    }
    return images.stream().map(image -> Sample.withoutMask(image.toString(), image, kind)).toList();
  }
}
