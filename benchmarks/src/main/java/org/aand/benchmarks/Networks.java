package org.aand.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.aand.common.random.RandomStreams;
import org.aand.network.teacher.Backbone;
import org.aand.nn.Parameters;
import org.aand.pipeline.Network;
import org.aand.samediff.Model;
import org.aand.variant.Variant;
import org.nd4j.linalg.api.buffer.DataType;

/** Networks of random weights and random images; the time does not depend on either. */
final class Networks {
  /** Width and height of the images. */
  static final int SIZE = 256;

  private static final long SEED = 2;

  private Networks() {}

  static Model model(Variant variant, String backbone) {
    var teacher = Backbone.named(backbone);
    var weights =
        Parameters.initialise(teacher.parameters(), DataType.FLOAT, new RandomStreams(SEED));
    return Network.of(variant, teacher).model(weights, SIZE, SEED);
  }

  /** Normalised images of noise. */
  static List<float[]> images(int count) {
    var random = new RandomStreams(1).stream("pictures");
    var images = new ArrayList<float[]>();
    for (int i = 0; i < count; i++) {
      float[] image = new float[SIZE * SIZE * 3];
      for (int k = 0; k < image.length; k++) {
        image[k] = (float) random.nextGaussian();
      }
      images.add(image);
    }
    return images;
  }
}
