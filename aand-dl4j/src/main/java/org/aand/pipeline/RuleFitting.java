package org.aand.pipeline;

import static org.aand.io.reader.ImageRecordReader.IMAGE;

import java.nio.file.Path;
import java.util.List;
import org.aand.common.random.Draws;
import org.aand.detect.MapRuleFit;
import org.aand.io.dataset.Sample;
import org.aand.io.reader.ImageRecordReader;
import org.aand.io.reader.ImageWritable;
import org.aand.model.ModelFile;
import org.aand.runtime.RuntimeModel;

/** Fits the rule of map and image score of a trained model to its training images. */
final class RuleFitting {
  /** So many images are looked at, evenly from the list. */
  static final int IMAGES = 50;

  private RuleFitting() {}

  /**
   * Fits and writes the model again.
   *
   * @param file a model as {@link MapRuleFit#forFitting} wants it
   * @param normals images that it was trained on; at least one
   */
  static void apply(Path file, List<Sample> normals) {
    var stored = RuntimeModel.read(file);
    var contents = stored.contents();
    var model = contents.description();
    var fit = new MapRuleFit(model);
    var reader = new ImageRecordReader(Draws.evenly(normals, IMAGES), model.preprocessing());
    try (var detector = stored.model().detector(Runtime.getRuntime().availableProcessors())) {
      for (int i = 0; i < reader.size(); i++) {
        float[] image = ((ImageWritable) reader.record(i).get(IMAGE)).values();
        for (int t = 0; t < model.tiling().count(); t++) {
          float[] tile = model.tiling().divides() ? model.tiling().tile(image, t) : image;
          fit.normal(detector.discrepancies(List.of(tile)).get(0));
        }
      }
    }
    ModelFile.rewrite(file, contents.with(fit.fitted()), contents.notes(), file);
  }
}
