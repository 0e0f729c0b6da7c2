package org.aand.samediff;

import java.util.List;
import org.aand.common.image.ImageSize;
import org.aand.common.image.Preprocessing;
import org.aand.model.MapRule;
import org.aand.model.ModelDescription;
import org.aand.model.Scoring;
import org.aand.model.Tiling;
import org.aand.network.raa.AmplifiedTeacher;
import org.aand.network.student.Student;
import org.aand.nn.Parameters;

/**
 * A network with its parameters off-heap. Owns the parameters; closed by its opener.
 *
 * @param description what the network is
 * @param parameters of all parts, by name
 */
public record Model(ModelDescription description, Parameters parameters) implements AutoCloseable {
  /**
   * A model whose map and image score are the paper's.
   *
   * @throws IllegalArgumentException as {@link ModelDescription}
   */
  public Model(
      AmplifiedTeacher teacher,
      Scoring scoring,
      Tiling tiling,
      double sigma,
      Parameters parameters) {
    this(new ModelDescription(teacher, scoring, tiling, MapRule.paper(sigma)), parameters);
  }

  /** A model whose score is the discrepancy of teacher and student, for whole square images. */
  public Model(
      AmplifiedTeacher teacher,
      Student student,
      int imageSize,
      double sigma,
      Parameters parameters) {
    this(teacher, new Scoring.Discrepancy(student), Tiling.whole(imageSize), sigma, parameters);
  }

  /** Backbone and modules; without modules it is RD. */
  public AmplifiedTeacher teacher() {
    return description.teacher();
  }

  /** What tells anomalous from normal locations. */
  public Scoring scoring() {
    return description.scoring();
  }

  /** How images are resized to the input. */
  public Tiling tiling() {
    return description.tiling();
  }

  /** Of the network's input in pixels. */
  public ImageSize imageSize() {
    return description.imageSize();
  }

  /** Of the images that the detector takes, and of the maps, in pixels. */
  public ImageSize resolution() {
    return description.resolution();
  }

  /** What happens to an image before the detector sees it. */
  public Preprocessing preprocessing() {
    return description.preprocessing();
  }

  /** Of the three feature maps. */
  public List<ImageSize> levelSizes() {
    return description.levelSizes();
  }

  /**
   * Bottleneck and decoder.
   *
   * @throws IllegalStateException if something else than a student scores
   */
  public Student student() {
    if (scoring() instanceof Scoring.Discrepancy discrepancy) {
      return discrepancy.student();
    }
    throw new IllegalStateException("this model has no student");
  }

  @Override
  public void close() {
    parameters.close();
  }
}
