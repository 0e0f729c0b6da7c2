package org.aand.detect;

import java.util.ArrayList;
import java.util.List;
import org.aand.nn.ParameterSpec;
import org.aand.nn.Parameters;
import org.aand.raa.AmplifiedTeacher;
import org.aand.student.Student;

/**
 * A network with its parameters: teacher, RAA modules if any, student.
 *
 * <p>Owns the parameters; closed by its opener.
 *
 * @param teacher backbone and modules; without modules it is RD
 * @param student bottleneck and decoder
 * @param imageSize width and height of the input in pixels, a multiple of {@value #STRIDE}
 * @param sigma deviation in pixels of the anomaly map's smoothing
 * @param parameters of all parts, by name
 */
public record Model(
    AmplifiedTeacher teacher, Student student, int imageSize, double sigma, Parameters parameters)
    implements AutoCloseable {
  /** The bottleneck sees the image reduced by this. */
  public static final int STRIDE = 32;

  /**
   * @throws IllegalArgumentException if the image size is no positive multiple of 32
   */
  public Model {
    if (imageSize < STRIDE || imageSize % STRIDE != 0) {
      throw new IllegalArgumentException(
          "image size " + imageSize + "; it has to be a multiple of " + STRIDE);
    }
  }

  /** The parameter table of such a network, teacher first. */
  public static List<ParameterSpec> table(AmplifiedTeacher teacher, Student student) {
    var table = new ArrayList<>(teacher.backbone().parameters());
    table.addAll(teacher.moduleParameters());
    table.addAll(student.parameters());
    return table;
  }

  /** Widths of the three square feature maps. */
  public int[] levelSizes() {
    return new int[] {imageSize / 4, imageSize / 8, imageSize / 16};
  }

  @Override
  public void close() {
    parameters.close();
  }
}
