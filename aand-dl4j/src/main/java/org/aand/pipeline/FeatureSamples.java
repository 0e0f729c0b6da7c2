package org.aand.pipeline;

import java.util.ArrayList;
import java.util.List;
import org.aand.analysis.FeatureDistribution.LabelledImage;
import org.aand.common.InputException;
import org.aand.common.image.Preprocessing;
import org.aand.common.random.Draws;
import org.aand.common.random.RandomStreams;
import org.aand.io.dataset.Sample;
import org.aand.io.reader.ImageRecordReader;
import org.aand.io.reader.ImageWritable;
import org.aand.io.reader.MaskWritable;

/** Some normal and some defective test images with their ground truth. */
final class FeatureSamples {
  /** Most images of a kind. */
  private static final int IMAGES = 24;

  private FeatureSamples() {}

  /**
   * Draws images; a defective one without a mask cannot be drawn.
   *
   * @param skipBad whether a file that cannot be used is left out
   */
  static List<LabelledImage> draw(
      List<Sample> samples, Preprocessing preprocessing, boolean skipBad, long seed) {
    var random = new RandomStreams(seed).stream("pictures of the feature distribution");
    var order = Draws.withoutReplacement(samples, samples.size(), random);
    var reader = new ImageRecordReader(order, preprocessing);
    var drawn = new ArrayList<LabelledImage>();
    int good = 0;
    int defective = 0;
    for (int i = 0; i < reader.size(); i++) {
      var sample = order.get(i);
      boolean wanted = sample.defective() ? defective < IMAGES : good < IMAGES;
      if (!wanted) {
        continue;
      }
      try {
        var record = reader.record(i);
        if (record.get(ImageRecordReader.MASK) instanceof MaskWritable mask) {
          var image = (ImageWritable) record.get(ImageRecordReader.IMAGE);
          drawn.add(new LabelledImage(image.values(), mask.mask()));
          good += sample.defective() ? 0 : 1;
          defective += sample.defective() ? 1 : 0;
        }
      } catch (InputException e) {
        if (!skipBad) {
          throw e;
        }
        // The evaluation meets the file again and reports it.
      }
    }
    return drawn;
  }
}
