package org.aand.train;

import java.util.ArrayList;
import java.util.List;
import org.aand.common.image.RgbImage;
import org.aand.common.random.RandomStreams;
import org.aand.detect.AnomalyMap;
import org.aand.model.ModelDescription;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.network.student.Student;
import org.aand.network.teacher.Backbone;
import org.aand.nn.Parameters;
import org.aand.samediff.Model;
import org.nd4j.linalg.api.buffer.DataType;

/** A model and images small enough for tests that train. */
public final class TinyModel {
  public static final int SIZE = 64;
  private static final Backbone BACKBONE = new Backbone("tiny", false, List.of(1, 1, 1), 64);

  private TinyModel() {}

  /** A model with random parameters; closed by the caller. */
  public static Model create(long seed, boolean amplified) {
    var teacher = amplified ? AmplifiedTeacher.of(BACKBONE) : AmplifiedTeacher.plain(BACKBONE);
    var student = new Student(BACKBONE, 1);
    var parameters =
        Parameters.initialise(
            ModelDescription.table(teacher, student), DataType.FLOAT, new RandomStreams(seed));
    return new Model(teacher, student, SIZE, AnomalyMap.SIGMA, parameters);
  }

  /** Grey gradients with a little noise. */
  public static TrainingImages images(int count) {
    var random = new RandomStreams(5).stream("pictures");
    var rgbImages = new ArrayList<RgbImage>();
    var foregrounds = new ArrayList<byte[]>();
    for (int i = 0; i < count; i++) {
      byte[] pixels = new byte[SIZE * SIZE * 3];
      for (int p = 0; p < pixels.length; p++) {
        pixels[p] = (byte) (60 + p / 3 % SIZE * 2 + random.nextInt(9));
      }
      rgbImages.add(new RgbImage(SIZE, SIZE, pixels));
      byte[] foreground = new byte[SIZE * SIZE];
      java.util.Arrays.fill(foreground, (byte) 1);
      foregrounds.add(foreground);
    }
    return new TrainingImages(SIZE, rgbImages, foregrounds);
  }
}
