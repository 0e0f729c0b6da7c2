package org.aand.runtime;

import java.util.ArrayList;
import java.util.List;
import org.aand.common.random.RandomStreams;
import org.aand.detect.AnomalyMap;
import org.aand.model.ModelDescription;
import org.aand.model.Scoring;
import org.aand.model.Tiling;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.nn.HostValues;
import org.aand.nn.Parameters;
import org.aand.samediff.Model;
import org.nd4j.linalg.api.buffer.DataType;

/** Models with random parameters whose normalisations have something to normalise. */
public final class RandomModel {
  private RandomModel() {}

  /** A model; closed by the caller. */
  public static Model of(AmplifiedTeacher teacher, Scoring scoring, Tiling tiling) {
    var streams = new RandomStreams(11);
    var parameters =
        Parameters.initialise(ModelDescription.table(teacher, scoring), DataType.FLOAT, streams);
    for (var name : parameters.all().keySet()) {
      var random = streams.stream("norm " + name);
      var array = parameters.get(name);
      double[] values = HostValues.read(array);
      boolean positive = name.endsWith("gamma") || name.endsWith("moving_variance");
      boolean any =
          name.endsWith("beta")
              || name.endsWith("moving_mean")
              || name.endsWith("means")
              || name.endsWith("bank/items")
              || name.endsWith("whitening");
      for (int i = 0; i < values.length; i++) {
        if (positive) {
          values[i] = 0.5 + random.nextDouble();
        } else if (any) {
          values[i] = 0.2 * random.nextGaussian();
        }
      }
      if (positive || any) {
        HostValues.write(values, array);
      }
    }
    var rule = scoring.rule(AnomalyMap.SIGMA);
    return new Model(new ModelDescription(teacher, scoring, tiling, rule), parameters);
  }

  /** The same for the engine. */
  public static RuntimeModel inJava(Model model) {
    return RuntimeModel.of(
        model.description(), spec -> HostValues.readSingle(model.parameters().get(spec.name())));
  }

  /** Normalised images {@code [height, width, 3]}: noise over blotches. */
  public static List<float[]> images(int count, int height, int width) {
    var random = new RandomStreams(3).stream("images");
    var images = new ArrayList<float[]>();
    for (int n = 0; n < count; n++) {
      float[] image = new float[height * width * 3];
      for (int i = 0; i < image.length; i++) {
        int x = i / 3 % width;
        int y = i / 3 / width;
        double blotch = Math.sin(0.1 * x * (n + 1)) + Math.cos(0.07 * y + i % 3);
        image[i] = (float) (blotch + 0.5 * random.nextGaussian());
      }
      images.add(image);
    }
    return images;
  }
}
