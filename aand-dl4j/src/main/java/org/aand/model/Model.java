package org.aand.model;

import java.util.ArrayList;
import java.util.List;
import org.aand.common.image.Preprocessing;
import org.aand.network.ParameterSpec;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.network.student.Student;
import org.aand.nn.Parameters;

/**
 * A network with its parameters: teacher, RAA modules if any, and what scores, mostly a student.
 *
 * <p>Owns the parameters; closed by its opener.
 *
 * @param teacher backbone and modules; without modules it is RD
 * @param scoring what tells anomalous from normal locations
 * @param tiling how images are resized to the input, whose size is a multiple of {@value #STRIDE}
 * @param sigma deviation in pixels of the anomaly map's smoothing
 * @param parameters of all parts, by name
 */
public record Model(
    AmplifiedTeacher teacher, Scoring scoring, Tiling tiling, double sigma, Parameters parameters)
    implements AutoCloseable {
  /** The bottleneck sees the image reduced by this. */
  public static final int STRIDE = 32;

  /**
   * @throws IllegalArgumentException if the image size is no positive multiple of 32, or gates are
   *     to score that are not there
   */
  public Model {
    int imageSize = tiling.tileSize();
    if (imageSize < STRIDE || imageSize % STRIDE != 0) {
      throw new IllegalArgumentException(
          "image size " + imageSize + "; it has to be a multiple of " + STRIDE);
    }
    if (scoring instanceof Scoring.GateWeight && !teacher.gated()) {
      throw new IllegalArgumentException("gates are to score, but the teacher has none");
    }
  }

  /** A model for images of the network's size. */
  public Model(
      AmplifiedTeacher teacher,
      Scoring scoring,
      int imageSize,
      double sigma,
      Parameters parameters) {
    this(teacher, scoring, Tiling.whole(imageSize), sigma, parameters);
  }

  /** A model whose score is the discrepancy of teacher and student. */
  public Model(
      AmplifiedTeacher teacher,
      Student student,
      int imageSize,
      double sigma,
      Parameters parameters) {
    this(teacher, new Scoring.Discrepancy(student), imageSize, sigma, parameters);
  }

  /** S: width and height of the network's input in pixels. */
  public int imageSize() {
    return tiling.tileSize();
  }

  /** N: width and height in pixels of the images that the detector takes, and of the maps. */
  public int resolution() {
    return tiling.resolution();
  }

  /** What happens to an image before the detector sees it. */
  public Preprocessing preprocessing() {
    return new Preprocessing(resolution());
  }

  /**
   * Bottleneck and decoder.
   *
   * @throws IllegalStateException if something else than a student scores
   */
  public Student student() {
    if (scoring instanceof Scoring.Discrepancy discrepancy) {
      return discrepancy.student();
    }
    throw new IllegalStateException("this model has no student");
  }

  /** The parameter table of such a network, teacher first. */
  public static List<ParameterSpec> table(AmplifiedTeacher teacher, Scoring scoring) {
    var table = new ArrayList<>(teacher.backbone().parameters());
    table.addAll(teacher.moduleParameters());
    table.addAll(scoring.parameters());
    return table;
  }

  /** The parameter table of a network with a student. */
  public static List<ParameterSpec> table(AmplifiedTeacher teacher, Student student) {
    return table(teacher, new Scoring.Discrepancy(student));
  }

  /** Widths of the three square feature maps. */
  public int[] levelSizes() {
    return Scoring.levelSizes(tiling.tileSize());
  }

  @Override
  public void close() {
    parameters.close();
  }
}
