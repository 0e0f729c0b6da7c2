package org.aand.network.student;

import java.util.List;
import org.aand.network.Net;
import org.aand.network.ParameterSpec;
import org.aand.network.teacher.Backbone;

/**
 * A network of the teacher's form that sees the image itself and is trained from random weights to
 * have the teacher's features, on normal images alone: student-teacher feature pyramid matching.
 *
 * <ul>
 *   <li>input: {@code [N, S, S, 3]}, the teacher's
 *   <li>outputs: of the teacher's three levels' shapes, shallowest first
 * </ul>
 *
 * <h2>References</h2>
 *
 * <ol>
 *   <li>G. Wang, S. Han, E. Ding, D. Huang. Student-teacher feature pyramid matching for anomaly
 *       detection. BMVC 2021.
 * </ol>
 *
 * @param backbone the teacher's form
 */
public record PyramidStudent(Backbone backbone) {
  private static final String PREFIX = "student_";

  /** All parameters, running statistics included, in network order. */
  public List<ParameterSpec> parameters() {
    return backbone.parameters(PREFIX);
  }

  /** Adds the student; its three feature maps. */
  public <T> List<T> build(Net<T> net, T images) {
    return backbone.build(net, images, PREFIX);
  }
}
