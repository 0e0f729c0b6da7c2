package org.aand.model;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.nio.file.Path;
import java.util.List;
import org.aand.calibration.Calibrator;
import org.aand.common.image.Preprocessing;
import org.aand.samediff.Detector;
import org.aand.samediff.ModelStore;
import org.aand.train.TinyModel;

/** Writes small models for tests of what uses them. */
public final class TinyModelFile {
  private TinyModelFile() {}

  /** An untrained model without a calibration. */
  public static Path write(Path file) {
    try (var model = TinyModel.create(3, true)) {
      ModelStore.write(model, JsonNodeFactory.instance.objectNode().put("label", "random"), file);
    }
    return file;
  }

  /** The same, calibrated by images that it takes for normal. */
  public static Path write(Path file, List<org.aand.common.image.RgbImage> normals) {
    try (var model = TinyModel.create(3, true)) {
      var calibrator = new Calibrator();
      var preprocessing = new Preprocessing(TinyModel.SIZE);
      try (var detector = new Detector(model)) {
        for (var image : normals) {
          var found = detector.detect(preprocessing.apply(image));
          calibrator.normal(found.score(), found.map());
        }
      }
      var notes =
          ModelFile.Notes.of(JsonNodeFactory.instance.objectNode().put("label", "random"))
              .with(calibrator.calibration(0.2, "drawn"));
      ModelStore.write(model, notes, file);
    }
    return file;
  }
}
