package org.aand.benchmarks;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import java.util.ArrayList;
import java.util.List;
import org.aand.common.image.ImageSize;
import org.aand.common.random.RandomStreams;
import org.aand.detect.AnomalyMap;
import org.aand.model.MapRule;
import org.aand.model.ModelDescription;
import org.aand.model.ModelFile;
import org.aand.model.Tiling;
import org.aand.network.ParameterSpec;
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

  /** The backbone that measurements are of where no other is named. */
  static final String TEACHER = "wide_resnet50_2";

  private static final long SEED = 2;

  private Networks() {}

  /** What a program's argument names, aand or rd. */
  static Variant variant(String name) {
    return switch (name) {
      case "aand" -> new Variant();
      case "rd" -> Variant.rd();
      default -> throw new IllegalArgumentException("aand or rd, not " + name);
    };
  }

  static Model model(Variant variant, String backbone) {
    var teacher = Backbone.named(backbone);
    var weights =
        Parameters.initialise(teacher.parameters(), DataType.FLOAT, new RandomStreams(SEED));
    return Network.of(variant, teacher).model(weights, ImageSize.square(SIZE), SEED);
  }

  /** What a network is, without its weights. */
  static ModelDescription description(Variant variant, String backbone) {
    var network = Network.of(variant, Backbone.named(backbone));
    return new ModelDescription(
        network.teacher(), network.scoring(), Tiling.whole(SIZE), MapRule.paper(AnomalyMap.SIGMA));
  }

  /** The weights that {@link #model} has, one parameter at a time and without ND4J. */
  static float[] values(ParameterSpec spec) {
    return Parameters.draw(spec, new RandomStreams(SEED));
  }

  /** What a file says of such weights. */
  static ModelFile.Notes notes() {
    return ModelFile.Notes.of(JsonNodeFactory.instance.objectNode().put("label", "random"));
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
