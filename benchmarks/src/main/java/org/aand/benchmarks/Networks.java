package org.aand.benchmarks;

import java.util.ArrayList;
import java.util.List;
import org.aand.detect.AnomalyMap;
import org.aand.detect.Model;
import org.aand.io.random.RandomStreams;
import org.aand.nn.Parameters;
import org.aand.raa.AmplifiedTeacher;
import org.aand.student.Student;
import org.nd4j.linalg.api.buffer.DataType;

/** Networks of random weights and random pictures; the time does not depend on either. */
final class Networks {
  /** Width and height of the pictures. */
  static final int SIZE = 256;

  private Networks() {}

  static Model model(AmplifiedTeacher teacher) {
    var student = Student.of(teacher.backbone());
    var parameters =
        Parameters.initialise(Model.table(teacher, student), DataType.FLOAT, new RandomStreams(2));
    return new Model(teacher, student, SIZE, AnomalyMap.SIGMA, parameters);
  }

  /** Normalised pictures of noise. */
  static List<float[]> pictures(int count) {
    var random = new RandomStreams(1).stream("pictures");
    var pictures = new ArrayList<float[]>();
    for (int i = 0; i < count; i++) {
      float[] picture = new float[SIZE * SIZE * 3];
      for (int k = 0; k < picture.length; k++) {
        picture[k] = (float) random.nextGaussian();
      }
      pictures.add(picture);
    }
    return pictures;
  }
}
